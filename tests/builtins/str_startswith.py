"""str: startswith and endswith."""
from _case import error, outcome

s = "hello world hello"
assert s.startswith("hell") and s.startswith("world", 6) and not s.startswith("x")
assert s.startswith(("x", "h")) and s.startswith("") and s.startswith("", 17) and not s.startswith("", 18)
assert s.endswith("llo") and s.endswith("world", 0, 11) and s.endswith(("a", "o")) and not s.endswith(())
assert s.endswith("")
assert error(s.startswith, 5) == "TypeError: startswith first arg must be str or a tuple of str, not int"
assert error(s.startswith, (5,)) == "TypeError: tuple for startswith must only contain str, not int"
assert error(s.endswith, [""]) == "TypeError: endswith first arg must be str or a tuple of str, not list"
assert outcome(lambda: "hello".startswith("he")) == True
assert outcome(lambda: "hello".startswith(("x", "h"))) == True
assert outcome(lambda: "hello".startswith("e", 1)) == True
assert outcome(lambda: "hello".startswith("", 5)) == True
assert outcome(lambda: "hello".startswith("", 6)) == False
assert outcome(lambda: "hello".endswith("lo")) == True
assert outcome(lambda: "hello".endswith(("x", "o"))) == True
assert outcome(lambda: "hello".endswith("l", 0, 4)) == True
assert outcome(lambda: "hello".endswith("")) == True
assert outcome(lambda: "hello".startswith(1)) == (
    'TypeError: startswith first arg must be str or a tuple of str, not int')
assert outcome(lambda: "hello".endswith(("a", 1))) == (
    'TypeError: tuple for endswith must only contain str, not int')
