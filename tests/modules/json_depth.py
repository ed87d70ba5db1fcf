"""json.dumps of deeply nested containers: as deep as the recursion limit lets it, RecursionError at once
beyond, circles found.
"""
# modes: reference cold warm miss eager switch
import json
import sys
import time


def nested(depth, wrap=lambda x: [x]):
    value = 1
    for _ in range(depth):
        value = wrap(value)
    return value


assert json.dumps(nested(900)) == "[" * 900 + "1" + "]" * 900
assert json.dumps(nested(900, lambda x: {"a": x})).count("{") == 900
for wrap in (lambda x: [x], lambda x: (x,), lambda x: {"a": x}, lambda x: [{"b": (x,)}]):
    before = time.process_time()
    try:
        json.dumps(nested(100000, wrap))
    except RecursionError as error:
        assert "maximum recursion depth exceeded" in str(error)
    else:
        raise AssertionError("no RecursionError")
    assert time.process_time() - before < 5
try:
    json.dumps(object(), default=lambda thing: [object()])
except RecursionError:
    pass
else:
    raise AssertionError("no RecursionError")
for depth in (0, 1, 5, 500):
    circle = []
    circle.append(nested(depth, lambda x: [x] if x != 1 else [circle]) if depth else circle)
    try:
        json.dumps(circle)
    except ValueError as error:
        assert str(error) == "Circular reference detected", error
    else:
        raise AssertionError(depth)
assert json.dumps([[1]] * 3) == "[[1], [1], [1]]"
if sys.implementation.name != "cpython":  # whose C stack ends first
    sys.setrecursionlimit(10**6)
    assert json.dumps(nested(3000)).count("[") == 3000
    circle = []
    circle.append(nested(3000, lambda x: [x] if x != 1 else [circle]))
    try:
        json.dumps(circle)
    except ValueError as error:
        assert str(error) == "Circular reference detected", error

for text in '"\\u00e9', '"\\u00e', '"\\ud83d\\ude00':
    try:
        json.loads(text)
    except json.JSONDecodeError as e:
        assert e.msg in ("Invalid \\uXXXX escape",) if text != '"\\ud83d\\ude00' else True, (text, e)
assert json.loads('"\\ud83d\\ude00"') == "\U0001f600"
