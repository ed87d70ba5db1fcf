"""The special methods of str, called by their names."""
from _case import outcome

assert "abc".__contains__("b") and "abc".__len__() == 3 and "a".__add__("b") == "ab"
assert "a".__mul__(2) == "aa" and "a".__eq__(1) is NotImplemented and str.__len__("ab") == 2
assert outcome(lambda: "abc".__getnewargs__()) == ('abc',)
assert outcome(lambda: "a".__add__("b")) == 'ab'
assert outcome(lambda: "a".__mul__(2)) == 'aa'
assert outcome(lambda: "a".__contains__("a")) == True
assert outcome(lambda: "a".__len__()) == 1
assert outcome(lambda: "a".__eq__(1)) == NotImplemented
assert outcome(lambda: "a".__lt__("b")) == True
