"""str: iteration, reversed, sorted, and the types of its iterators."""
from _case import outcome

assert sorted("hello") == ["e", "h", "l", "l", "o"] and max("hello") == "o"
assert list(enumerate("ab")) == [(0, "a"), (1, "b")] and set("aab") == {"a", "b"}
assert tuple("ab") == ("a", "b")
assert outcome(lambda: [c for c in "a\u20ac\U0001f600"]) == ['a', '€', '😀']
assert outcome(lambda: list(reversed("abc"))) == ['c', 'b', 'a']
assert outcome(lambda: sorted("bca")) == ['a', 'b', 'c']
assert outcome(lambda: max("abc")) == 'c'
assert outcome(lambda: min("abc")) == 'a'
assert outcome(lambda: list(enumerate("ab"))) == [(0, 'a'), (1, 'b')]
assert outcome(lambda: type(iter("abc")).__name__) == 'str_ascii_iterator'
assert outcome(lambda: type(iter("\xe9")).__name__) == 'str_iterator'
assert outcome(lambda: iter("abc").__length_hint__()) == 3
