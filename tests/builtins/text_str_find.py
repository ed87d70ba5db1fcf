"""str.find, rfind, index, rindex, count, in: bounds, kinds, messages."""

def outcome(f):
    """The result, or the exception as text."""
    try:
        return f()
    except Exception as e:
        return f"{type(e).__name__}: {e}"


assert outcome(lambda: "hello".find("l")) == 2
assert outcome(lambda: "hello".rfind("l")) == 3
assert outcome(lambda: "hello".find("l", 3)) == 3
assert outcome(lambda: "hello".find("l", -2)) == 3
assert outcome(lambda: "hello".find("l", 0, 2)) == -1
assert outcome(lambda: "hello".find("", 5)) == 5
assert outcome(lambda: "hello".find("", 6)) == -1
assert outcome(lambda: "hello".rfind("", 2, 4)) == 4
assert outcome(lambda: "hello".find("")) == 0
assert outcome(lambda: "hello".rfind("")) == 5
assert outcome(lambda: "".find("")) == 0
assert outcome(lambda: "h\u20acllo\U0001f600".find("\U0001f600")) == 5
assert outcome(lambda: "h\u20acllo\U0001f600".find("\u20acl")) == 1
assert outcome(lambda: "abc".find("\u20ac")) == -1
assert outcome(lambda: "\u20ac\u20ac\u20ac".count("\u20ac")) == 3
assert outcome(lambda: "aaaa".count("aa")) == 2
assert outcome(lambda: "aaaa".count("")) == 5
assert outcome(lambda: "aaaa".count("", 2)) == 3
assert outcome(lambda: "aaaa".count("a", 1, 3)) == 2
assert outcome(lambda: "aaaa".count("", 10)) == 0
assert outcome(lambda: "abc".index("c")) == 2
assert outcome(lambda: "abc".index("d")) == 'ValueError: substring not found'
assert outcome(lambda: "abc".rindex("d")) == 'ValueError: substring not found'
assert outcome(lambda: "abcabc".rindex("bc")) == 4
assert outcome(lambda: "abcabc".rindex("bc", 0, 5)) == 1
assert outcome(lambda: "abc".find(1)) == 'TypeError: must be str, not int'
assert outcome(lambda: "abc".find("a", "b")) == (
    'TypeError: slice indices must be integers or None or have an __index__ method')
assert outcome(lambda: "abc".find("a", 0.5)) == (
    'TypeError: slice indices must be integers or None or have an __index__ method')
assert outcome(lambda: "b" in "abc") == True
assert outcome(lambda: "" in "abc") == True
assert outcome(lambda: "abcd" in "abc") == False
assert outcome(lambda: 1 in "abc") == "TypeError: 'in <string>' requires string as left operand, not int"
assert outcome(lambda: "abc".find("c", None, None)) == 2
assert outcome(lambda: "abc".find("c", -100, 100)) == 2
assert outcome(lambda: ("ab" * 1000 + "c").find("abc")) == 1998
assert outcome(lambda: ("ab" * 1000 + "c").rfind("ba")) == 1997
assert outcome(lambda: ("x" * 10000 + "yx").find("xy" + "x")) == 9999
assert outcome(lambda: "\x00a\x00b".find("\x00b")) == 2
assert outcome(lambda: "\u0141\u0142".find("A")) == -1
assert outcome(lambda: "\u4141x".find("AA")) == -1
