#!/usr/bin/python3.11
"""Decimal operations on random operands in random contexts, by two interpreters: do results, flags and
exceptions agree?

    compare_decimal.py [--krait PATH] [--count N] [--seed N] [--only NAME,…] [--wide]

Each interpreter runs this file with --worker and writes a line a case; the lines are compared.
--wide: more digits, so that the ways for long coefficients are taken.
"""
import argparse
import os
import random
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ROUNDINGS = ["ROUND_UP", "ROUND_DOWN", "ROUND_CEILING", "ROUND_FLOOR", "ROUND_HALF_UP", "ROUND_HALF_DOWN",
             "ROUND_HALF_EVEN", "ROUND_05UP"]
UNARY = """abs exp ln log10 logb logical_invert minus next_minus next_plus normalize plus sqrt
    to_integral_exact
    to_integral_value
    copy_abs copy_negate is_normal is_subnormal number_class to_sci_string
    to_eng_string create_decimal _apply""".split()
BINARY = """add compare compare_signal compare_total compare_total_mag copy_sign divide divide_int divmod
    logical_and
    logical_or logical_xor max max_mag min min_mag multiply next_toward power quantize remainder
    remainder_near
    rotate same_quantum scaleb shift subtract""".split()
TERNARY = ["fma", "powmod"]
OTHER = """hash int float tuple ratio order floor ceil round trunc format text ints floats
    fractions""".split()
ALL = UNARY + BINARY + TERNARY + OTHER
SLOW = {"exp", "ln", "log10", "power"}
FILLS = ["", "", "", "*", "\u00e9", "\u20ac", "0", "<"]


def digits_of(r, most):
    n = r.choice([1, 1, 2, 3, 5, 9, 17, 18, 19, 28, 29, 35, 36, 37, r.randrange(1, most), most])
    kind = r.randrange(6)
    if kind == 0:
        return "9" * n
    if kind == 1:
        return "1" + "0" * (n - 1)
    if kind == 2:
        return "5" + "0" * (n - 1)
    if kind == 3:
        return "".join(r.choice("01") for _ in range(n))
    return str(r.randrange(10 ** n))


def number_text(r, most, spread):
    kind = r.randrange(40)
    sign = r.choice(["", "", "-"])
    if kind == 0:
        return sign + r.choice(["NaN", "sNaN", "Inf", "NaN123", "sNaN99", "NaN" + "7" * 40])
    if kind == 1:
        return sign + "0E%d" % r.randrange(-spread, spread)
    if kind == 2:
        exponent = r.choice([999999, -999999, 10 ** 17, -10 ** 17, 400, -400])
    else:
        exponent = r.choice([0, 0, -2, -r.randrange(1, 40), r.randrange(-spread, spread)])
    return sign + digits_of(r, most) + "E%d" % exponent


def small_text(r):
    """An operand that powers and shifts can do something with."""
    hundredths = "%d.%02d" % (r.randrange(30), r.randrange(100))
    whole = str(r.randrange(10 ** r.randrange(1, 6)))
    return r.choice(["", "-"]) + r.choice([str(r.randrange(40)), "0.5", hundredths, whole])


def near_text(r, text, most):
    """A number of about the size of another."""
    head, mark, exponent = text.partition("E")
    if not mark:
        return text
    return r.choice(["", "-"]) + digits_of(r, most) + "E%d" % (int(exponent) + r.randrange(-4, 5))


def context_of(r, decimal, wide):
    prec = r.choice([1, 2, 3, 5, 9, 16, 17, 18, 19, 28, 28, 34, 36, 37, r.randrange(1, 60)])
    if wide:
        prec = r.choice([28, 100, 200, 400, r.randrange(1, 1000)])
    most = r.choice([prec, 9, 50, 999, 999999, 10 ** 15])
    return decimal.Context(prec=prec, rounding=r.choice(ROUNDINGS), Emin=-most, Emax=most,
                           clamp=r.randrange(4) == 0, capitals=r.randrange(2), flags=[], traps=[])


def spec_of(r):
    fill = r.choice(FILLS)
    align = r.choice("<>=^") if fill else r.choice(["", "", "<", ">", "=", "^"])
    zero = r.choice(["", "", "0"])
    return (fill + align + r.choice(["", "", "+", " ", "-"]) + r.choice(["", "", "z"]) + zero +
            r.choice(["", str(r.randrange(40))]) + r.choice(["", ","]) +
            r.choice(["", ".%d" % r.randrange(8), ".%d" % r.randrange(40)]) +
            r.choice(["", "e", "E", "f", "F", "g", "G", "%", "n", "q"]))


def other(name, r, decimal, context, x, y):
    from fractions import Fraction
    if name == "hash":
        return hash(x) if not x.is_nan() else "nan"
    if name == "int":
        return int(x) if abs(x.adjusted()) < 5000 else "far"
    if name == "float":
        return repr(float(x))
    if name == "tuple":
        return x.as_tuple(), decimal.Decimal(x.as_tuple())
    if name == "ratio":
        return x.as_integer_ratio() if abs(x.adjusted()) < 5000 and len(str(x)) < 3000 else "far"
    if name == "order":
        return x < y, x <= y, x == y, x != y, x > y, x >= y
    if name in ("floor", "ceil", "trunc"):
        return getattr(x, f"__{name}__")() if abs(x.adjusted()) < 5000 else "far"
    if name == "round":
        return round(x, r.randrange(-5, 6)), round(x) if abs(x.adjusted()) < 5000 else "far"
    if name == "format":
        return format(x, spec_of(r)) if abs(x.adjusted()) < 5000 else "far"
    if name == "text":
        return str(x), repr(x), x.to_eng_string(), decimal.Decimal(str(x))
    if name == "ints":
        n = r.choice([1, -1]) * r.randrange(10 ** r.choice([1, 5, 18, 19, 30, 50, 300]))
        return x + n, n - x, x * n, x == n, x < n, decimal.Decimal(n), context.create_decimal(n)
    if name == "floats":
        f = r.choice([r.random(), r.random() * 10 ** r.randrange(-300, 300), float(r.randrange(1000)),
                      -0.0, float("inf")])
        return (decimal.Decimal(f), context.create_decimal_from_float(f), decimal.Decimal(f) == f, x < f,
                x == f)
    f = Fraction(r.randrange(-1000, 1000), r.randrange(1, 1000))
    return x < f, x == f, x >= f, x == Fraction(*x.as_integer_ratio()) if abs(x.adjusted()) < 500 else "far"


def run_case(number, seed, decimal, names, wide):
    r = random.Random(seed * 1000003 + number)
    name = r.choice(names)
    context = context_of(r, decimal, wide)
    most, spread = (3000, 4000) if wide else (r.choice([10, 40, 80]), r.choice([4, 30, 400]))
    if wide and name in SLOW:
        most = 300
    texts = [number_text(r, most, spread) for _ in range(3)]
    if r.randrange(2):
        texts[1] = near_text(r, texts[0], most)
    if name in ("power", "powmod", "rotate", "shift", "scaleb", "exp"):
        texts[1] = small_text(r)
        if r.randrange(2) or name == "powmod":
            texts[0], texts[2] = small_text(r), small_text(r)
    if name == "quantize" and r.randrange(3):
        texts[1] = "1E%d" % r.randrange(-20, 5)
    if name.startswith("logical") and r.randrange(4):
        texts = ["".join(r.choice("01") for _ in range(r.randrange(1, 60))) for _ in range(3)]
    x, y, z = (decimal.Decimal(t) for t in texts)
    decimal.setcontext(context)
    try:
        if name in OTHER:
            result = other(name, r, decimal, context, x, y)
        elif name in UNARY:
            result = getattr(context, name)(x)
        elif name in BINARY:
            result = getattr(context, name)(x, y)
        else:
            result = context.fma(x, y, z) if name == "fma" else context.power(x, y, z)
    except Exception as e:
        result = f"{type(e).__name__}: {e}"
    return f"{number} {name} {texts} {context!r} -> {result!r}"


def worker(options):
    import decimal
    names = options.only.split(",") if options.only else ALL
    assert decimal.Decimal.__init__ is object.__init__, "this is the library's decimal in Python"
    out = sys.stdout
    sys.set_int_max_str_digits(0)
    for number in range(options.first, options.first + options.count):
        out.write(run_case(number, options.seed, decimal, names, options.wide) + "\n")


def compare_block(options, first, count):
    """The number of cases that differ."""
    arguments = [__file__, "--worker", "--first", str(first), "--count", str(count),
                 "--seed", str(options.seed)]
    if options.only:
        arguments += ["--only", options.only]
    if options.wide:
        arguments += ["--wide"]
    workers = [subprocess.Popen([program, *arguments], stdout=subprocess.PIPE, text=True)
               for program in (sys.executable, options.krait)]
    texts = [w.communicate()[0].splitlines() for w in workers]
    if any(w.returncode for w in workers):
        sys.exit(f"a worker ended with {[w.returncode for w in workers]}, from {first} on")
    wrong = [(a, b) for a, b in zip(*texts) if a != b]
    for a, b in wrong[:options.show]:
        print(f"reference {a}\nkrait     {b}")
    if len(texts[0]) != len(texts[1]):
        print(f"{len(texts[0])} cases against {len(texts[1])}, from {first} on")
        return len(wrong) + 1
    return len(wrong)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--krait", default=os.path.join(ROOT, "build", "krait"))
    parser.add_argument("--count", type=int, default=20000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=20)
    parser.add_argument("--only", default="")
    parser.add_argument("--wide", action="store_true")
    parser.add_argument("--worker", action="store_true")
    options = parser.parse_args()
    if options.worker:
        worker(options)
        return
    block, wrong = 20000, 0
    for first in range(options.first, options.first + options.count, block):
        wrong += compare_block(options, first, min(block, options.first + options.count - first))
    print(f"{options.count} cases, {wrong} differ")
    sys.exit(wrong != 0)


if __name__ == "__main__":
    main()
