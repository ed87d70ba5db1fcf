"""str.expandtabs: columns count from the last line break."""
from _case import outcome

assert "a\tb\tc".expandtabs() == "a       b       c" and "a\tb".expandtabs(4) == "a   b"
assert "ab\tc\nd\te".expandtabs(4) == "ab  c\nd   e" and "a\tb".expandtabs(0) == "ab"
assert "\t".expandtabs(tabsize=2) == "  "
assert outcome(lambda: "a\tb\tc".expandtabs()) == 'a       b       c'
assert outcome(lambda: "a\tb".expandtabs(4)) == 'a   b'
assert outcome(lambda: "a\nb\tc".expandtabs(4)) == 'a\nb   c'
assert outcome(lambda: "\t".expandtabs(0)) == ''
assert outcome(lambda: "ab\tc".expandtabs(tabsize=2)) == 'ab  c'
