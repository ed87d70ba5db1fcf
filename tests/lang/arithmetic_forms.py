# modes: reference cold warm miss eager switch asan
"""Every form of the arithmetic operators (registers, in place, with literal operands, folded) over edge
values of all kinds.
"""
import operator

from _forms import FLOATS, INTS, NUMBERS, OTHERS, Digest, literal, made, outcome

BINARY = {"+": "add", "-": "sub", "*": "mul", "/": "truediv", "//": "floordiv", "%": "mod", "**": "pow",
          "<<": "lshift",
          ">>": "rshift", "&": "and_", "^": "xor", "|": "or_", "@": "matmul"}
INPLACE = {symbol: "i" + name.rstrip("_") for symbol, name in BINARY.items()}
UNARY = {"-": "neg", "+": "pos", "~": "invert", "not ": "not_"}
EXPECTED = {
    '+': '9894a8d4783fa7f7',
    '+=': '241adc8002643166',
    '-': '19ff3d543e772d4e',
    '-=': '63b2e534ceca9a49',
    '*': '14b8067870d02dbc',
    '*=': '43395eb7c3f41855',
    '/': '9a45935b56e2951d',
    '/=': '1ba80b1b827a9cda',
    '//': 'f35e7d70a9f51db0',
    '//=': 'a7b059849855271f',
    '%': '042fc4858c492bad',
    '%=': '5b2ca76b814f0b8b',
    '**': 'fd8cd0c122064cbc',
    '**=': 'adab555edce23fe0',
    '<<': '3bde676bfa56470d',
    '<<=': '7640c902edaabfc2',
    '>>': '0c749c2a7f9524f1',
    '>>=': 'af811e2144e90d33',
    '&': 'eb16d11a691537f8',
    '&=': '0007b60da24b0cce',
    '^': '8aa60a2c2aa29e16',
    '^=': '1480a2bdcd662aa6',
    '|': 'fd37ac88b438b673',
    '|=': '5613412d20c99935',
    '@': 'c6ac1906eea6c4f8',
    '@=': '74c94a64859e6496',
    'unary -': 'f7d21030164d2b4b',
    'unary +': '5986dca8a9ebf636',
    'unary ~': 'beb71dfb6a6f3c82',
    'unary not ': '2ba41cc5a8638d29',
}


def too_big(symbol, a, b):
    """Operations that would take all memory, or whose last digit is the C library's."""
    numbers = isinstance(a, (int, float)) and isinstance(b, (int, float))
    if symbol == "<<":
        return isinstance(b, int) and isinstance(a, int) and b > 300 and int(a) != 0
    if symbol == "**":
        return isinstance(b, int) and isinstance(a, int) and abs(b) > 300 and int(a) not in (0, 1, -1)
    if symbol == "*" and not numbers:
        return any(isinstance(n, int) and 300 < n < 2**63 for n in (a, b))
    return False


def inexact(symbol, a, b):
    return symbol == "**" and not (isinstance(a, int) and isinstance(b, int) and b >= 0)


def copy(v):
    return v[:] if isinstance(v, (list, bytearray)) else v.copy() if isinstance(v, (set, dict)) else v


digest = Digest(EXPECTED)
pairs = [(a, b) for a in NUMBERS for b in NUMBERS]
few = [0, 1, -1, 3, True, 2**61, 2**64, 2**100, 1.5, 1e100]
pairs += [(a, b) for a in OTHERS for b in few + OTHERS] + [(a, b) for a in few for b in OTHERS]
for symbol, name in BINARY.items():
    generic, generic_inplace = getattr(operator, name), getattr(operator, INPLACE[symbol])
    plain = made(f"def f(a, b): return a {symbol} b")
    inplace = made(f"def f(a, b):\n a {symbol}= b\n return a")
    with_right, with_left = {}, {}
    for a, b in pairs:
        if too_big(symbol, a, b):
            continue
        wanted = outcome(generic, a, b)
        assert outcome(plain, a, b) == wanted, (symbol, a, b, outcome(plain, a, b), wanted)
        wanted_inplace = outcome(generic_inplace, copy(a), b)
        got = outcome(inplace, copy(a), b)
        assert got == wanted_inplace, (symbol + "=", a, b, got, wanted_inplace)
        if not inexact(symbol, a, b):
            digest.add(symbol, f"{a!r} {symbol} {b!r}: {wanted}")
            digest.add(symbol + "=", f"{a!r} {symbol}= {b!r}: {wanted_inplace}")
        text = literal(b)
        if text:
            if text not in with_right:
                with_right[text] = (made(f"def f(a): return a {symbol} {text}"),
                                    made(f"def f(a):\n a {symbol}= {text}\n return a"))
            by_value, by_place = with_right[text]
            assert outcome(by_value, a) == wanted, (symbol, a, "literal", b, outcome(by_value, a), wanted)
            got = outcome(by_place, copy(a))
            assert got == wanted_inplace, (symbol + "=", a, "literal", b, got, wanted_inplace)
        text = literal(a)
        if text:
            if text not in with_left:
                with_left[text] = made(f"def f(b): return ({text}) {symbol} b")
            assert outcome(with_left[text], b) == wanted, (symbol, "literal", a, b,
                    outcome(with_left[text], b), wanted)

# folded by the compiler, where it folds at all
for symbol, name in BINARY.items():
    for a, b in ((a, b) for a in INTS[::3] + FLOATS[::3] for b in INTS[1::4] + FLOATS[1::4]):
        if literal(a) and literal(b) and not too_big(symbol, a, b):
            folded = made(f"def f(): return ({literal(a)}) {symbol} ({literal(b)})")
            assert outcome(folded) == outcome(getattr(operator, name), a, b), (symbol, "folded", a, b)

for symbol, name in UNARY.items():
    plain, generic = made(f"def f(a): return {symbol}a"), getattr(operator, name)
    for a in NUMBERS + OTHERS:
        wanted = outcome(generic, a)
        assert outcome(plain, a) == wanted, (symbol, a)
        digest.add("unary " + symbol, f"{a!r}: {wanted}")

truth = made("def f(a):\n if a: return True\n return False")
untruth = made("def f(a):\n if not a: return False\n return True")
both = made("def f(a):\n while a and True:\n  return True\n return a or False if not a else 1")
for a in NUMBERS + [v for v in OTHERS if v is not NotImplemented]:
    assert truth(a) is untruth(a) is bool(a), a
    assert bool(both(a)) is bool(a), a

# what the program did, in every form of a float's power
for text in ("z = z ** 2", "z **= 2", "z = z ** 2.0", "z = z ** two", "z **= two", "z = pow(z, 2)",
             "z = z * z if z < 1e100 else z ** 2"):
    code = made(f"def f(z, two):\n for i in range(20): {text}\n return z")
    for z, two in ((3.0, 2), (-3.0, 2.0), (1e200, 2), (1.0000001e154, True + 1)):
        try:
            code(z, two)
        except OverflowError as e:
            assert e.args == (34, "Numerical result out of range"), (text, e)
        else:
            assert z == 1.0000001e154 and False, text
for text in ("0.0 ** -1", "z ** -1", "z ** -1.0", "z ** minus"):
    try:
        eval(text, {"z": 0.0, "minus": -1})
    except ZeroDivisionError as e:
        assert str(e) == "0.0 cannot be raised to a negative power"
    else:
        assert False, text
square = made("def f(x): return x ** 2")
two = 2.0
x = 0.0123
for i in range(40000):
    x = x * 1.0175 + 1e-7 if x < 1e70 else 1.7e-70
    assert square(x) == x ** two == square(-x), x.hex()
assert isinstance((-8.0) ** 0.5, complex) and (-8.0) ** 3 == -512.0
digest.check()
