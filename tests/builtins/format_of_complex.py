"""The format mini-language on complex numbers."""
from _case import outcome

assert outcome(lambda: format(1 + 2j)) == '(1+2j)'
assert outcome(lambda: format(1 + 2j, "")) == '(1+2j)'
assert outcome(lambda: format(1.5 - 2.5j, ".1f")) == '1.5-2.5j'
assert outcome(lambda: format(2j, "")) == '2j'
assert outcome(lambda: format(-2j, "")) == '(-0-2j)'
assert outcome(lambda: format(complex(-0.0, 2), "")) == '(-0+2j)'
assert outcome(lambda: format(1 + 2j, "e")) == '1.000000e+00+2.000000e+00j'
assert outcome(lambda: format(1 + 2j, "20")) == '              (1+2j)'
assert outcome(lambda: format(1 + 2j, "<20") + "|") == '(1+2j)              |'
assert outcome(lambda: format(1 + 2j, "^20.2f")) == '     1.00+2.00j     '
assert outcome(lambda: format(1234 + 5678j, ",.0f")) == '1,234+5,678j'
assert outcome(lambda: format(1 + 2j, "+")) == '(+1+2j)'
assert outcome(lambda: format(1 + 2j, ".3")) == '(1+2j)'
assert outcome(lambda: format(1 + 2j, "g")) == '1+2j'
assert outcome(lambda: format(3j, "g")) == '0+3j'
assert outcome(lambda: format(1 + 2j, "*>12")) == '******(1+2j)'
assert outcome(lambda: format(1j, "d")) == "ValueError: Unknown format code 'd' for object of type 'complex'"
assert outcome(lambda: format(1j, "05")) == (
    'ValueError: Zero padding is not allowed in complex format specifier')
assert outcome(lambda: format(1j, "=5")) == (
    "ValueError: '=' alignment flag is not allowed in complex format specifier")
assert outcome(lambda: format(1j, "%")) == "ValueError: Unknown format code '%' for object of type 'complex'"
