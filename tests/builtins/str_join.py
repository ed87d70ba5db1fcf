"""str.join: iterables of every kind, characters of every width, errors."""
from _case import error, outcome

assert ",".join(["a", "b"]) == "a,b" and "".join([]) == "" and ",".join(["a"]) == "a"
assert "-".join("abc") == "a-b-c" and "é".join(["日", "b"]) == "日éb" and ",".join(x for x in "ab") == "a,b"
assert ",".join({"k": 1}) == "k"
assert error(",".join, [1]) == "TypeError: sequence item 0: expected str instance, int found"
assert error(",".join, ["a", None]) == "TypeError: sequence item 1: expected str instance, NoneType found"
assert error(",".join, 5) == "TypeError: can only join an iterable"
assert outcome(lambda: ",".join(["a", "b", "c"])) == 'a,b,c'
assert outcome(lambda: ",".join("abc")) == 'a,b,c'
assert outcome(lambda: "".join([])) == ''
assert outcome(lambda: ", ".join(["one"])) == 'one'
assert outcome(lambda: "\u20ac".join(["a", "b"])) == 'a€b'
assert outcome(lambda: "".join(["a", "\u20ac", "\U0001f600"])) == 'a€😀'
assert outcome(lambda: ",".join(["a", 1])) == 'TypeError: sequence item 1: expected str instance, int found'
assert outcome(lambda: ",".join(1)) == 'TypeError: can only join an iterable'
assert outcome(lambda: ",".join({"k": 1})) == 'k'
assert outcome(lambda: "-".join(x for x in ("a", "b"))) == 'a-b'
assert outcome(lambda: ",".join([b"a"])) == 'TypeError: sequence item 0: expected str instance, bytes found'
