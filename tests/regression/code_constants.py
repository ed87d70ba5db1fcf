"""code.replace(co_consts=…) with constants of other kinds than instructions rely on: refused, or the code
runs; no crash. co_firstlineno and co_flags that are no C int."""
import itertools

try:
    import _memory
except ImportError:
    _memory = None  # CPython does crash


def made(x):
    def inner():
        return x, dict(a=x, b=1)
    return inner(), f"text {x:>{5}} more", 1.5 * x, (1, x), "a b".split(), [lambda: x, lambda: 2]


def without(x=5):
    def inner():
        return None
    return inner


class Text(str):
    pass


codes = [made.__code__, without.__code__] + [c for c in made.__code__.co_consts if hasattr(c, "co_code")]
values = [5, "x", Text("x"), (), ("a",), ("a", "b"), ("a", 1), (1, 2), None, 1.5, made.__code__,
        without.__code__, codes[-1], [], b"x", frozenset("a"), object()]
tried = 0
for code in codes if _memory else []:
    for i, value in itertools.product(range(len(code.co_consts)), values):
        try:
            other = code.replace(co_consts=code.co_consts[:i] + (value,) + code.co_consts[i + 1:])
        except ValueError as e:
            assert "do not fit together" in str(e), e
            continue
        tried += 1

        def f(x):
            return x
        try:
            f.__code__ = other
            repr(f(7))
        except (AttributeError, TypeError, ValueError):
            pass
assert not _memory or tried > 10, tried


def greet():
    return "hello"


greet.__code__ = greet.__code__.replace(co_consts=tuple("bye" if c == "hello" else c
        for c in greet.__code__.co_consts))
assert greet() == "bye"

for field in "co_firstlineno", "co_flags":
    for number, error in (2 ** 31, OverflowError), (-2 ** 40, OverflowError), (2 ** 80,
            OverflowError), (-1, ValueError), (1.5, TypeError):
        try:
            greet.__code__.replace(**{field: number})
        except error:
            continue
        raise AssertionError((field, number))
last = greet.__code__.replace(co_firstlineno=2 ** 31 - 1)
assert last.co_firstlineno == 2 ** 31 - 1 and len(list(last.co_positions())) > 1 and list(last.co_lines())
