"""List, set and dict comprehensions run in the frame of the function around them: no <listcomp> in
tracebacks, no call event.

Cause: a comprehension is compiled in place (src/compile/gen_comp.c); the call of a hidden function would
cost several times the loop over a short list. CPython does the same from 3.12 on (PEP 709). Generator
expressions still have a frame of their own. A hidden entry is not made up for tracebacks, because it would
have no frame whose locals, f_back or code could be looked at. Workaround: none needed; the line and the
carets of the failing expression are the same.
"""
import sys
import traceback

IS_CPYTHON = sys.implementation.name == "cpython"


def reciprocals(numbers):
    return [1 / n for n in numbers]


try:
    reciprocals([1, 0])
except ZeroDivisionError as e:
    entries = traceback.extract_tb(e.__traceback__)
names = [entry.name for entry in entries]
assert names == (
    ["<module>", "reciprocals", "<listcomp>"] if IS_CPYTHON else ["<module>", "reciprocals"]), names
last = entries[-1]
assert last.line == "return [1 / n for n in numbers]" and (last.colno, last.end_colno) == (
    12, 17), (last.line, last.colno, last.end_colno)

calls = []


def tracer(frame, event, arg):
    if event == "call":
        calls.append(frame.f_code.co_name)


sys.settrace(tracer)
reciprocals([1, 2])
sum(n for n in [1])
sys.settrace(None)
assert ("<listcomp>" in calls) == IS_CPYTHON, calls
assert "reciprocals" in calls and "<genexpr>" in calls, calls

frame_depth = [sys._getframe().f_code.co_name for _ in range(1)]
assert frame_depth == (["<listcomp>"] if IS_CPYTHON else ["<module>"]), frame_depth
