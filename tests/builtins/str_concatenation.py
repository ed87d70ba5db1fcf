"""str: + and * across character widths, in loops, and their errors."""
from _case import error, outcome

a, e, j, s = "abc", "é", "日本", "😀x"
for x in (a, e, j, s, ""):
    for y in (a, e, j, s, ""):
        z = x + y
        assert len(z) == len(x) + len(y) and z[:len(x)] == x and z[len(x):] == y
        assert list(z) == list(x) + list(y)
        assert hash(z) == hash("".join([x, y])) and z == f"{x}{y}" == "%s%s" % (x, y)
        assert (z == x) == (y == "")
        assert (x < y) == (list(map(ord, x)) < list(map(ord, y)))
    assert x * 3 == x + x + x and x * 0 == "" and x * -1 == "" and 2 * x == x + x
    assert x[::-1][::-1] == x and "".join(reversed(x)) == x[::-1]
    assert eval(repr(x)) == x and eval(ascii(x)) == x and ascii(x).isascii()
assert error(lambda: "a" + 5) == 'TypeError: can only concatenate str (not "int") to str'
assert error(lambda: 5 + "a") == "TypeError: unsupported operand type(s) for +: 'int' and 'str'"
t = ""
for i in range(1000):
    t += "x"
u = t
t += "y"
assert len(t) == 1001 and len(u) == 1000 and u == "x" * 1000 and t[-1] == "y"
v = t
v += "é"
w = t
w += "日"
assert v[-1] == "é" and w[-1] == "日" and len(t) == 1001 and t[-1] == "y"
assert error(lambda: "a" * 2 ** 63).startswith("OverflowError: cannot fit 'int' into an index-sized integer")
assert outcome(lambda: "a" + "b") == 'ab'
assert outcome(lambda: "a" + "\u20ac") == 'a€'
assert outcome(lambda: "\U0001f600" + "b") == '😀b'
assert outcome(lambda: "" + "a") == 'a'
assert outcome(lambda: "a" + "") == 'a'
assert outcome(lambda: "a" + 1) == 'TypeError: can only concatenate str (not "int") to str'
assert outcome(lambda: 1 + "a") == "TypeError: unsupported operand type(s) for +: 'int' and 'str'"
assert outcome(lambda: "a" + None) == 'TypeError: can only concatenate str (not "NoneType") to str'
assert outcome(lambda: "a" + b"b") == 'TypeError: can only concatenate str (not "bytes") to str'
assert outcome(lambda: "ab" * 3) == 'ababab'
assert outcome(lambda: 3 * "ab") == 'ababab'
assert outcome(lambda: "ab" * 0) == ''
assert outcome(lambda: "ab" * -1) == ''
assert outcome(lambda: "\u20ac" * 3) == '€€€'
assert outcome(lambda: "" * 100) == ''
assert outcome(lambda: "ab" * True) == 'ab'
assert outcome(lambda: "a" * 1.5) == "TypeError: can't multiply sequence by non-int of type 'float'"
assert outcome(lambda: 1.5 * "a") == "TypeError: can't multiply sequence by non-int of type 'float'"
assert outcome(lambda: "a" * "b") == "TypeError: can't multiply sequence by non-int of type 'str'"
assert outcome(lambda: "a" "b" == "ab") == True
