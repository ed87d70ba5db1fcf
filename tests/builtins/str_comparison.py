"""str: order by code points, equality, hash."""
from _case import outcome

assert "a" < "b" < "ba" < "é" < "日" < "😀" and "Z" < "a" and not "a" < "a" and "a" <= "a"
assert hash("abc") == hash("ab" + "c") and {"abc": 1}["a" + "bc"] == 1 and "abc" == "".join("abc")
assert "a" != 97 and "1" != 1
assert outcome(lambda: "a" < "b") == True
assert outcome(lambda: "a" < "aa") == True
assert outcome(lambda: "b" > "abc") == True
assert outcome(lambda: "\xe9" > "z") == True
assert outcome(lambda: "\U0001f600" > "\uffff") == True
assert outcome(lambda: "" < "a") == True
assert outcome(lambda: "abc" == "abc") == True
assert outcome(lambda: "abc" != "abd") == True
assert outcome(lambda: "a" < 1) == "TypeError: '<' not supported between instances of 'str' and 'int'"
assert outcome(lambda: "a" == 1) == False
assert outcome(lambda: "a" != 1) == True
assert outcome(lambda: hash("abc") == hash("ab" + "c")) == True
assert outcome(lambda: hash("\u20ac") == hash("\u20ac")) == True
