"""str.split, rsplit, splitlines, partition, join."""

def outcome(f):
    """The result, or the exception as text."""
    try:
        return f()
    except Exception as e:
        return f"{type(e).__name__}: {e}"


assert outcome(lambda: " a  b c ".split()) == ['a', 'b', 'c']
assert outcome(lambda: " a  b c ".split(" ")) == ['', 'a', '', 'b', 'c', '']
assert outcome(lambda: "a,b,c".split(",", 1)) == ['a', 'b,c']
assert outcome(lambda: "a,b,c".rsplit(",", 1)) == ['a,b', 'c']
assert outcome(lambda: "a,b,c".split(",", 0)) == ['a,b,c']
assert outcome(lambda: " a b  c ".split(None, 1)) == ['a', 'b  c ']
assert outcome(lambda: " a b  c ".rsplit(None, 1)) == [' a b', 'c']
assert outcome(lambda: " a b c ".split(maxsplit=2)) == ['a', 'b', 'c ']
assert outcome(lambda: " a b c ".split(None, 0)) == ['a b c ']
assert outcome(lambda: " a b c ".rsplit(None, 0)) == [' a b c']
assert outcome(lambda: "".split()) == []
assert outcome(lambda: "".split(",")) == ['']
assert outcome(lambda: "   ".split()) == []
assert outcome(lambda: "a\u2003b\u00a0c".split()) == ['a', 'b', 'c']
assert outcome(lambda: "abc".split("")) == 'ValueError: empty separator'
assert outcome(lambda: "abc".split(1)) == 'TypeError: must be str or None, not int'
assert outcome(lambda: "abc".rsplit("")) == 'ValueError: empty separator'
assert outcome(lambda: "aXXbXXc".split("XX")) == ['a', 'b', 'c']
assert outcome(lambda: "aXXXb".split("XX")) == ['a', 'Xb']
assert outcome(lambda: "aXXXb".rsplit("XX")) == ['aX', 'b']
assert outcome(lambda: "a\u20acb\u20acc".split("\u20ac")) == ['a', 'b', 'c']
assert outcome(lambda: "abc".split("\u20ac")) == ['abc']
assert outcome(lambda: "a\nb\r\nc\rd\x0be\x0cf\x1cg\x85h\u2028i\u2029j".splitlines()) == (
    ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'])
assert outcome(lambda: "a\nb\r\nc\n".splitlines(True)) == ['a\n', 'b\r\n', 'c\n']
assert outcome(lambda: "a\nb\n\n".splitlines()) == ['a', 'b', '']
assert outcome(lambda: "".splitlines()) == []
assert outcome(lambda: "\n".splitlines(keepends=True)) == ['\n']
assert outcome(lambda: "a\r".splitlines(True)) == ['a\r']
assert outcome(lambda: "key=value=x".partition("=")) == ('key', '=', 'value=x')
assert outcome(lambda: "key=value=x".rpartition("=")) == ('key=value', '=', 'x')
assert outcome(lambda: "key".partition("=")) == ('key', '', '')
assert outcome(lambda: "key".rpartition("=")) == ('', '', 'key')
assert outcome(lambda: "key".partition("")) == 'ValueError: empty separator'
assert outcome(lambda: "key".partition(1)) == 'TypeError: must be str, not int'
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
