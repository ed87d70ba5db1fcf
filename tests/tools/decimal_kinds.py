"""For compare_decimal_digests.py: kinds of decimal operations, and operands for them.

A kind is a name, the lists of operands that it takes, and functions of (decimal, context) that make what is
called with one of each: chunks take turns among them, so that operators, methods of contexts and methods of
Decimals all get their share.
"""
import operator
from fractions import Fraction

from compare_decimal import number_text, small_text, spec_of

FAR = 3000


def operators(function):
    return lambda decimal, context: function


def of_context(name):
    return lambda decimal, context: getattr(context, name)


def of_decimal(name):
    """The method of Decimals, with the context given."""
    def make(decimal, context):
        method = getattr(decimal.Decimal, name)
        return lambda *operands: method(*operands, context=context)
    return make


def alone(name):
    """A method of Decimals that takes no context."""
    return lambda decimal, context: getattr(decimal.Decimal, name)


def near(function):
    """Not for exponents that would make millions of digits."""
    def call(x, *operands):
        return function(x, *operands) if abs(x.adjusted()) < FAR else "far"
    return lambda decimal, context: call


def with_rounding(decimal, context):
    """quantize whose rounding is an argument."""
    rounding = context.rounding
    return lambda x, y: x.quantize(y, rounding=rounding, context=context)


def orders(x, y):
    return (x < y) + 2 * (x <= y) + 4 * (x == y) + 8 * (x != y) + 16 * (x > y) + 32 * (x >= y)


def order_to_float(x, y):
    return x == y, x < y, x >= y


def order_to_fraction(x, n):
    f = Fraction(n, 37)
    return x == f, x < f, x >= f


def properties(x):
    return (x.is_canonical(), x.is_finite(), x.is_infinite(), x.is_nan(), x.is_qnan(), x.is_signed(),
            x.is_snan(), x.is_zero(), x.adjusted(), bool(x), x.real, x.imag, x.conjugate())


def all_texts(x):
    return f"{x!r} {x} {x.to_eng_string()}"


def texts_of_context(decimal, context):
    return lambda x: f"{context.to_sci_string(x)} {context.to_eng_string(x)} {x.to_eng_string(context)}"


def exact(decimal, context):
    """Constructors that do not round, of the class and of a class that inherits."""
    class Inherited(decimal.Decimal):
        pass
    return lambda source: f"{decimal.Decimal(source)!r} {Inherited(source)!r}"


def exact_float(decimal, context):
    of_class = decimal.Decimal
    return lambda f: f"{of_class.from_float(f)} {of_class(f)} {context.create_decimal_from_float(f)}"


def rounded(decimal, context):
    return context.create_decimal


def both_ways(function):
    return lambda decimal, context: lambda x, n: f"{function(x, n)} {function(n, x)}"


def kind_table():
    kinds = {}

    def add(names, operands, *makers):
        for name in names.split():
            kinds[name] = (operands.split(), makers or (of_context(name), of_decimal(name)))

    for name, function, method in (
            ("add", operator.add, "add"), ("subtract", operator.sub, "subtract"),
            ("multiply", operator.mul, "multiply"), ("divide", operator.truediv, "divide"),
            ("floordiv", operator.floordiv, "divide_int"), ("modulo", operator.mod, "remainder"),
            ("divmod", divmod, "divmod")):
        add(name, "x y", operators(function), of_context(method))
        add(name + "_int", "x n", both_ways(function))
    add("power", "p q", operators(pow), of_context("power"))
    add("power_int", "x m", operators(pow), of_context("power"))
    add("powmod", "i j k", operators(pow), of_context("power"))
    add("minus", "x", operators(operator.neg), of_context("minus"))
    add("plus", "x", operators(operator.pos), of_context("plus"))
    add("abs", "x", operators(abs), of_context("abs"))
    add("fma", "x y z")
    add("quantize", "x e", of_context("quantize"), with_rounding)
    add("quantize_any", "x y", of_context("quantize"), with_rounding)
    add("sqrt exp ln log10 logb normalize next_minus next_plus to_integral_exact to_integral_value", "x")
    add("is_normal is_subnormal number_class", "x")
    add("compare compare_signal compare_total compare_total_mag", "x y")
    add("max max_mag min min_mag next_toward remainder_near same_quantum copy_sign", "x y")
    add("copy_abs", "x", alone("copy_abs"), of_context("copy_abs"))
    add("copy_negate", "x", alone("copy_negate"), of_context("copy_negate"))
    add("scaleb shift rotate", "x s")
    add("logical_and logical_or logical_xor", "b c")
    add("logical_invert", "b")
    add("order", "x y", operators(orders))
    add("order_int", "x n", operators(orders))
    add("order_float", "x f", operators(order_to_float))
    add("order_fraction", "x n", near(order_to_fraction))
    add("properties", "x", operators(properties))
    add("texts", "x", operators(all_texts), texts_of_context)
    add("format", "x t", near(format))
    add("from_text", "w", exact, rounded)
    add("from_int", "n", exact, rounded)
    add("from_float", "f", exact_float)
    add("from_tuple", "u", exact, rounded)
    add("as_tuple", "x", alone("as_tuple"))
    add("hash", "x", operators(lambda x: "by identity" if x.is_qnan() else hash(x)))
    add("int", "x", near(int))
    add("float", "x", operators(float))
    add("round", "x", near(round))
    add("round_places", "x d", near(round))
    add("floor_ceil_trunc", "x", near(lambda x: (x.__floor__(), x.__ceil__(), x.__trunc__())))
    add("ratio", "x", near(lambda x: x.as_integer_ratio()))
    return kinds


KINDS = kind_table()
# kinds of which only one in so many operands is computed
COSTLY = {"power": 8, "exp": 8, "ln": 8, "log10": 8}


# ---- operands

def context_of(r, decimal):
    prec = r.choice([1, 2, 3, 5, 7, 9, 16, 17, 18, 19, 20, 27, 28, 28, 28, 29, 34, 35, 36, 37, 38,
                     r.randrange(1, 39)])
    if r.randrange(25) == 0:
        prec = r.randrange(50, 501)
    most = r.choice([0, prec, 9, 50, 384, 999, 6144, 999999, 999999, 10 ** 15, 999999999999999999])
    least = r.choice([most, most, 0, 30])
    d = decimal
    signals = [d.Inexact, d.Rounded, d.Clamped, d.Subnormal, d.Overflow, d.Underflow, d.InvalidOperation,
               d.DivisionByZero, d.FloatOperation]
    traps = r.choice([[], [], [], signals[6:8], signals[4:8], r.sample(signals, 3)])
    return decimal.Context(prec=prec, Emin=-least, Emax=most, clamp=r.randrange(4) == 0,
                           capitals=r.randrange(2), flags=[], traps=traps)


def coefficient(r, most):
    digits = r.choice([1, 2, 3, most, most, min(most, 18), r.randrange(1, most + 1), most + 1, most + 2])
    kind = r.randrange(12)
    if kind == 0:
        return "9" * digits
    if kind == 1:
        return "1" + "0" * (digits - 1)
    if kind == 2:
        return str(r.randrange(10 ** (digits // 2 + 1))) + "5" + "0" * r.randrange(digits // 2 + 1)
    if kind == 3:
        return str(r.randrange(10 ** (digits // 2 + 1))) + r.choice("049") * (digits // 2)
    if kind == 4:
        return "0"
    return str(r.randrange(10 ** digits))


def general(r, context, most, spread):
    kind = r.randrange(60)
    if kind < 3:
        return number_text(r, 40, 40)
    if kind == 3:
        exponent = context.Etiny() + r.randrange(-3, 2 * context.prec)
    elif kind == 4:
        exponent = context.Etop() + r.randrange(-context.prec, 4)
    elif kind < 30:
        exponent = -r.randrange(5)
    else:
        exponent = r.randrange(-spread, spread)
    return r.choice(["", "", "-"]) + coefficient(r, most) + "E%d" % exponent


def binary_text(r):
    text = "".join(r.choice("01") for _ in range(r.randrange(1, 45)))
    return text if r.randrange(12) else text + r.choice(["2", "E1", "E-1"])


def shift_text(r, prec):
    text = str(r.randrange(-prec - 2, prec + 3))
    odd = r.choice(["1.5", "NaN", "Inf", "-0", "1E2", "sNaN3", text + "0", "99999"])
    return text if r.randrange(15) else odd


def odd_text(r, text):
    """A text that may be no number."""
    kind = r.randrange(16)
    if kind == 0:
        at = r.randrange(len(text) + 1)
        piece = r.choice(["_", ".", " ", "e", "E+", "\u0661", "\x00", "x", "-", "\u2003"])
        return text[:at] + piece + text[at:]
    if kind == 1:
        return r.choice([" ", "\n", "\t"]) + text.lower() + " "
    return text


def whole_number(r):
    return r.choice([1, -1]) * r.randrange(10 ** r.choice([1, 1, 2, 5, 17, 18, 19, 20, 36, 37, 60]))


def some_float(r):
    kind = r.randrange(8)
    if kind == 0:
        return r.choice([0.0, -0.0, float("inf"), -float("inf"), float("nan"), 5e-324, 0.5, 1e22])
    if kind == 1:
        return r.random() * 10.0 ** r.randrange(-300, 300)
    size = r.choice([r.random() * 100, r.randrange(1000) / 8, float(r.randrange(10 ** 6))])
    return r.choice([1, -1]) * size


def some_tuple(r):
    digits = tuple(r.randrange(10) for _ in range(r.randrange(40)))
    exponent = r.choice([0, -2, r.randrange(-60, 60)] * 6 + ["F", "n", "N", "x", 10 ** 19])
    return r.choice([0, 0, 1, 1, 0, 1, 0, 1, 2]), digits, exponent


def operands_of(r, decimal, context, count):
    """Lists of `count` operands, by the letters that kind_table uses."""
    d = decimal.Decimal
    prec = context.prec
    most, spread = max(1, r.choice([prec, prec, 9, 18, 36, 3])), r.choice([4, 12, 40, 400])

    def many(make):
        return [make() for _ in range(count)]

    xs = many(lambda: general(r, context, most, spread))
    return {
        "x": [d(x) for x in xs],
        "y": many(lambda: d(general(r, context, most, spread))),
        "z": many(lambda: d(general(r, context, most, spread))),
        "p": many(lambda: d(r.choice([small_text(r), coefficient(r, 9) + "E-%d" % r.randrange(12)]))),
        "q": many(lambda: d(small_text(r) if r.randrange(20) else number_text(r, 9, 9))),
        "m": many(lambda: d(r.randrange(-3, 40))),
        "i": many(lambda: whole_number(r) * d(1)),
        "j": many(lambda: d(r.randrange(-1, 300))),
        "k": many(lambda: d(r.randrange(10 ** r.randrange(1, 12)))),
        "e": many(lambda: d("%dE%d" % (r.randrange(9), r.randrange(-prec - 2, 6)))),
        "s": many(lambda: d(shift_text(r, prec))),
        "b": many(lambda: d(binary_text(r))),
        "c": many(lambda: d(binary_text(r))),
        "n": many(lambda: whole_number(r)),
        "f": many(lambda: some_float(r)),
        "t": many(lambda: spec_of(r)),
        "w": [odd_text(r, x) for x in xs],
        "u": many(lambda: some_tuple(r)),
        "d": many(lambda: r.randrange(-8, 12)),
    }
