"""json: dumps and loads, options, errors with positions."""
import json

from _case import error

for v in [
        None, True, False, 0, -1, 1.5, 1e100, "", "é日😀\n\"\\\x01/", [], [1, [2]], {}, {"a": {"b": [None]}},
        10 ** 30, -0.0]:
    assert json.loads(json.dumps(v)) == v and json.loads(json.dumps(v, ensure_ascii=False)) == v
    assert json.loads(json.dumps(v, indent=2)) == v
assert json.dumps({"b": 1, "a": [1, 2.0, "x"]}) == '{"b": 1, "a": [1, 2.0, "x"]}'
assert json.dumps({"b": 1, "a": 2}, sort_keys=True) == '{"a": 2, "b": 1}'
assert json.dumps([1, {"a": 2}], indent=2) == '[\n  1,\n  {\n    "a": 2\n  }\n]'
assert json.dumps([1, 2], separators=(",", ":")) == "[1,2]" and json.dumps("é") == '"\\u00e9"'
assert json.dumps("😀") == '"\\ud83d\\ude00"' and json.dumps("é", ensure_ascii=False) == '"é"'
assert json.dumps({2: 2, None: 3, True: 4, 1.5: 5}) == '{"2": 2, "null": 3, "true": 4, "1.5": 5}'
assert json.dumps(float("nan")) == "NaN" and json.dumps((1, 2)) == "[1, 2]"
assert json.dumps("\x7f</") == '"\\u007f</"' and json.dumps([], indent=1) == "[]"
assert json.loads('{"a": [1, 2.5, -3e2, true, null, "\\u00e9\\n"]}') == {
    "a": [1, 2.5, -300.0, True, None, "é\n"]}
assert json.loads(" [1 , 2 ] ") == [1, 2] and json.loads('"\\ud83d\\ude00"') == "😀"
assert json.loads(b'{"a": 1}') == {"a": 1} and json.loads("1E400") == float("inf")
assert json.loads('{"a": 1, "a": 2}') == {"a": 2} and json.loads("NaN") != 0 and json.loads("-0") == 0
assert json.loads("[1.0]", parse_float=str) == ["1.0"] and json.loads("[12]", parse_int=float) == [12.0]
assert json.loads('{"a": 1}', object_hook=lambda d: sorted(d)) == ["a"]
assert json.loads('{"b": 1, "a": 2}', object_pairs_hook=list) == [("b", 1), ("a", 2)]
for text, message in [
        ("", "Expecting value: line 1 column 1 (char 0)"),
        ("{", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
        ("[1,]", "Expecting value: line 1 column 4 (char 3)"),
        ('{"a" 1}', "Expecting ':' delimiter: line 1 column 6 (char 5)"),
        ("[1 2]", "Expecting ',' delimiter: line 1 column 4 (char 3)"),
        ('"abc', "Unterminated string starting at: line 1 column 1 (char 0)"),
        ("1 2", "Extra data: line 1 column 3 (char 2)"),
        ('"\\q"', "Invalid \\escape: line 1 column 2 (char 1)"),
        ("nul", "Expecting value: line 1 column 1 (char 0)"),
        ('{"a":1,}', "Expecting property name enclosed in double quotes: line 1 column 8 (char 7)"),
        ('"a\nb"', "Invalid control character at: line 1 column 3 (char 2)"),
        ("[\n1,\n x]", "Expecting value: line 3 column 2 (char 6)"),
        ('"\\u12"', "Invalid \\uXXXX escape: line 1 column 3 (char 2)")]:
    assert error(json.loads, text) == "JSONDecodeError: " + message, (text, error(json.loads, text))
assert error(json.dumps, {1, 2}) == "TypeError: Object of type set is not JSON serializable"
assert error(json.dumps, {(1,): 2}) == "TypeError: keys must be str, int, float, bool or None, not tuple"
assert json.dumps({(1,): 2, "a": 1}, skipkeys=True) == '{"a": 1}'
assert error(json.dumps, float("nan"), allow_nan=False).startswith(
    "ValueError: Out of range float values are not JSON compliant")
assert json.dumps({1, 2}, default=sorted) == "[1, 2]"
loop = []
loop.append(loop)
assert error(json.dumps, loop) == "ValueError: Circular reference detected"


class E(json.JSONEncoder):
    def default(self, o):
        return repr(o)


assert json.dumps([1j], cls=E) == '["1j"]' and "".join(E().iterencode([1, {"a": 2}])) == '[1, {"a": 2}]'
import io
f = io.StringIO()
json.dump({"x": [1]}, f)
f.seek(0)
assert json.load(f) == {"x": [1]}
deep = json.loads("[" * 500 + "]" * 500)
n = 0
while deep:
    deep = deep[0]
    n += 1
assert n == 499
