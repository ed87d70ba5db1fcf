"""str: partition and rpartition."""
from _case import error, outcome

s = "key = value = more"
k, _, v = s.partition(" = ")
assert (k, v) == ("key", "value = more")
assert outcome(lambda: "key=value=x".partition("=")) == ('key', '=', 'value=x')
assert outcome(lambda: "key=value=x".rpartition("=")) == ('key=value', '=', 'x')
assert outcome(lambda: "key".partition("=")) == ('key', '', '')
assert outcome(lambda: "key".rpartition("=")) == ('', '', 'key')
assert outcome(lambda: "key".partition("")) == 'ValueError: empty separator'
assert outcome(lambda: "key".partition(1)) == 'TypeError: must be str, not int'
assert "aXb".partition("X") == ("a", "X", "b") and "ab".partition("X") == ("ab", "", "")
assert "aXbXc".rpartition("X") == ("aXb", "X", "c") and "ab".rpartition("X") == ("", "", "ab")
assert error("a".partition, "") == "ValueError: empty separator"
