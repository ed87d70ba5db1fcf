"""str: items, slices, length."""
from _case import error, outcome

a, e, j, s = "abc", "é", "日本", "😀x"
assert a[0] == "a" and a[-1] == "c" and s[0] == "😀" and j[1] == "本"
assert error(lambda: a[3]) == "IndexError: string index out of range"
assert error(lambda: str()[0]) == "IndexError: string index out of range"
assert "ab".__getitem__(slice(0, 1)) == "a"
assert outcome(lambda: "abc"[0]) == 'a'
assert outcome(lambda: "abc"[-1]) == 'c'
assert outcome(lambda: "abc"[True]) == 'b'
assert outcome(lambda: "abc"[3]) == 'IndexError: string index out of range'
assert outcome(lambda: "abc"[-4]) == 'IndexError: string index out of range'
assert outcome(lambda: "abc".__getitem__("a")) == "TypeError: string indices must be integers, not 'str'"
assert outcome(lambda: "abc".__getitem__(1.0)) == "TypeError: string indices must be integers, not 'float'"
assert outcome(lambda: "abcdef"[1:3]) == 'bc'
assert outcome(lambda: "abcdef"[::2]) == 'ace'
assert outcome(lambda: "abcdef"[::-1]) == 'fedcba'
assert outcome(lambda: "abcdef"[5:1:-2]) == 'fd'
assert outcome(lambda: "abcdef"[10:]) == ''
assert outcome(lambda: "abcdef"[:-2]) == 'abcd'
assert outcome(lambda: "abcdef"[4:2]) == ''
assert outcome(lambda: "a\u20ac\U0001f600b"[1:3]) == '€😀'
assert outcome(lambda: "a\u20ac\U0001f600b"[::2]) == 'a😀'
assert outcome(lambda: "a\u20ac\U0001f600b"[0:1]) == 'a'
assert outcome(lambda: "abc"[::0]) == 'ValueError: slice step cannot be zero'
assert outcome(lambda: "abc".__getitem__(slice("a", None))) == (
    'TypeError: slice indices must be integers or None or have an __index__ method')
assert outcome(lambda: len("")) == 0
assert outcome(lambda: len("abc")) == 3
assert outcome(lambda: len("\U0001f600\u20aca")) == 3
