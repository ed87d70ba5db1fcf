"""An operator or comparison with a constant on either side does what it does with two variables: results,
types, the methods that are asked and their order, errors."""
import operator

asked = []


class Loud:
    """Says which of its methods was asked, with what."""

    def __repr__(self):
        return "Loud"


def loud(name):
    def method(self, other):
        asked.append((name, type(other), other))
        return NotImplemented if silent else name
    return method


silent = False
for operation in ("add", "sub", "mul", "mod", "and", "floordiv", "truediv"):
    for prefix in ("__", "__r"):
        setattr(Loud, f"{prefix}{operation}__", loud(f"{prefix}{operation}__"))
for comparison in ("lt", "le", "eq", "ne", "gt", "ge"):
    setattr(Loud, f"__{comparison}__", loud(f"__{comparison}__"))
Loud.__hash__ = object.__hash__


class Int(int):
    __rmul__ = loud("Int.__rmul__")
    __eq__ = loud("Int.__eq__")
    __hash__ = int.__hash__


class Text(str):
    def __eq__(self, other):
        asked.append(("Text.__eq__", type(other), other))
        return str.__eq__(self, other)
    __hash__ = str.__hash__


BIG = 1 << 70
values = [0, 1, -1, 3, 70000, -70000, (1 << 61) - 1, -(1 << 61), 1 << 62, BIG, -BIG, 0.0, -0.0, 0.5, 2.5,
          -1e300, 1e308, float("inf"), float("-inf"), float("nan"), 5e-324, float(1 << 53), True, False,
          None, "", "a", "ab", "b", "\xe9", "\u4e2d", b"a", [1], (1, 2), 1j, 2 + 3j,
          Loud(), Int(7), Text("ab"), {}]
constants = ["2", "-2", "0", "32767", "70000", "0xFFFFFFFF", "1000003", str((1 << 61) - 1), str(1 << 61),
             str(BIG), "0.5", "2.0", "-1.5", "0.0", "1e308", "1e400", "'a'", "'ab'", "''", "'\\u4e2d'",
             "b'a'", "(1, 2)", "1j"]
operators = {"+": operator.add, "-": operator.sub, "*": operator.mul, "%": operator.mod, "&": operator.and_,
             "//": operator.floordiv, "/": operator.truediv, "<": operator.lt, "<=": operator.le,
             "==": operator.eq, "!=": operator.ne, ">": operator.gt, ">=": operator.ge}


def answer(function, *arguments):
    asked.clear()
    try:
        result = function(*arguments)
        if isinstance(result, (float, complex)):
            result = repr(result)
        return type(result), result, asked[:]
    except Exception as e:
        return type(e), str(e), asked[:]


def branch(comparison, constant, space):
    """The comparison as the test of an if, of a while, negated and not."""
    exec(f"def f(x):\n if x {comparison} {constant}: return 'true'\n return 'false'\n"
         f"def g(x):\n if not x {comparison} {constant}: return 'false'\n return 'true'\n"
         f"def h(x):\n n = 0\n while x {comparison} {constant}:\n  n += 1\n  if n > 2: return 'true'\n"
         " return 'false'\n", space)
    return space["f"], space["g"], space["h"]


def too_long(*sides):
    """A sequence times a large number."""
    sequences = [s for s in sides if isinstance(s, (str, bytes, list, tuple))]
    return sequences and any(type(s) is int and abs(s) > 99 for s in sides)


def truth(comparison, x, constant):
    return "true" if comparison(x, constant) else "false"


checks = 0
for quiet in (False, True):
    silent = quiet
    for symbol, function in operators.items():
        for text in constants:
            constant, space = eval(text), {}
            exec(f"def right(x): return x {symbol} {text}\ndef left(x): return {text} {symbol} x", space)
            for x in values:
                if symbol == "*" and too_long(x, constant):
                    continue
                expected = answer(function, x, constant)
                assert answer(space["right"], x) == expected, (x, symbol, text, expected)
                expected = answer(function, constant, x)
                assert answer(space["left"], x) == expected, (text, symbol, x, expected)
                checks += 2
            if function.__name__ not in ("lt", "le", "eq", "ne", "gt", "ge"):
                continue
            first, second, third = branch(symbol, text, {})
            for x in values:
                expected = answer(truth, function, x, constant)
                assert answer(first, x) == expected, (x, symbol, text, expected)
                assert answer(second, x) == expected, (x, symbol, text)
                again = answer(third, x)
                assert again[:2] == expected[:2], (x, symbol, text)
                assert again[2][:len(expected[2])] == expected[2], (x, symbol, text)
                checks += 3
assert checks > 20000, checks


# errors stand at the operator's place, whatever side the constant has
def place_of(source):
    """Columns of what failed in its line."""
    try:
        exec(compile(source, "place", "exec"), {"x": None})
    except TypeError as e:
        at = e.__traceback__.tb_next
        return list(at.tb_frame.f_code.co_positions())[at.tb_lasti // 2][2:]


for source, failing in (("2 * x", "2 * x"), ("y = 2.5 * (x)", "2.5 * (x)"), ("if x < 2.5: pass", "x < 2.5"),
                        ("while x >= 'a': pass", "x >= 'a'"), ("x & 0xFFFFFFFF", "x & 0xFFFFFFFF"),
                        ("y = x % 1000003", "x % 1000003"), ("y = [70000 * x]", "70000 * x")):
    start = source.index(failing)
    assert place_of(source) == (start, start + len(failing)), (source, place_of(source))
