"""decimal where a context's exponents are nearest to its results: Emin or Emax of 0, clamp, exponents of a
text that are beyond every limit."""
from decimal import Context, Decimal, ROUND_DOWN, ROUND_HALF_EVEN


def show(context, result):
    raised = sorted(s.__name__ for s, is_set in context.flags.items() if is_set)
    context.clear_flags()
    return f"{result} {' '.join(raised)}".rstrip()


# an exponent of nineteen digits and more
c = Context(prec=5, Emin=-999999999999999999, Emax=999999999999999999, traps=[])
for digits in ("1999999999999999999", "9999999999999199997", "9" * 19, "9" * 20, "9" * 40):
    assert show(c, c.create_decimal("49E-" + digits)) == \
        "0E-1000000000000000003 Clamped Inexact Rounded Subnormal Underflow", digits
    assert show(c, c.create_decimal("49E+" + digits)) == "Infinity Inexact Overflow Rounded", digits

# what is rounded to zero is clamped as other zeros are
for rounding in ROUND_DOWN, ROUND_HALF_EVEN:
    c = Context(prec=2, rounding=rounding, Emin=-2, Emax=2, clamp=1, traps=[])
    assert show(c, Decimal("4.2E-9").quantize(Decimal("0E+2"), context=c)) == "0E+1 Clamped Inexact Rounded"
    assert show(c, c.quantize(Decimal("-4.2E-9"), Decimal("0E+2"))) == "-0E+1 Clamped Inexact Rounded"
    c = Context(prec=27, rounding=rounding, Emin=0, Emax=0, clamp=1, traps=[])
    assert show(c, Decimal("6.47E-10").quantize(Decimal(3), rounding, c)) == "0E-26 Clamped Inexact Rounded"

# e^x just below 1, where 1 is the smallest normal number
for prec in 1, 5, 16:
    c = Context(prec=prec, Emin=0, Emax=999, traps=[])
    one = "1." + "0" * (prec - 1) if prec > 1 else "1"
    for digits, below in (("9E", ""), ("9.000E", ""), ("8.999E", ""), ("9.01E", " Subnormal Underflow"),
                          ("1E1E", " Subnormal Underflow")):
        text = "-" + digits.replace("1E1E", "10E") + f"-{prec + 4}"
        assert show(c, c.exp(Decimal(text))) == f"{one} Inexact Rounded{below}", (prec, text)
        assert show(c, c.exp(-Decimal(text))) == f"{one} Inexact Rounded", (prec, text)

# the zeros of 1.00 ** n are counted in the context
c = Context(prec=19, Emin=0, Emax=0, traps=[])
assert show(c, c.power(Decimal("1.0"), 9)) == "1.000000000"
assert show(c, c.power(Decimal("1.0"), 13)) == "1.000000000000000000 Rounded"
c = Context(prec=19, traps=[])
assert show(c, c.power(Decimal("1.0"), 13)) == "1.0000000000000"
assert show(c, c.power(Decimal("-1.00"), 9)) == "-1.000000000000000000"
assert show(c, c.power(Decimal("1.00"), 10)) == "1.000000000000000000 Rounded"

# a square that is below the range until it is rounded
c = Context(prec=28, Emin=0, Emax=0, traps=[])
one = "1." + "0" * 27
assert show(c, c.power(Decimal("0." + "9" * 35), 26)) == one + " Inexact Rounded Subnormal Underflow"

# results that are rounded where they are subnormal, next to the middle there
c = Context(prec=28, Emin=0, Emax=9, traps=[])
flags = " Inexact Rounded Subnormal Underflow"
assert show(c, c.exp(Decimal("-8.950E-26"))) == "0." + "9" * 25 + "11" + flags
assert show(c, c.exp(Decimal("-8.949E-26"))) == "0." + "9" * 25 + "11" + flags
assert show(c, c.exp(Decimal("-8.951E-26"))) == "0." + "9" * 25 + "10" + flags
assert show(c, c.ln(Decimal("1." + "0" * 25 + "105"))) == "1.0E-26" + flags
assert show(c, c.ln(Decimal("1." + "0" * 25 + "115"))) == "1.1E-26" + flags
c = Context(prec=7, Emin=0, Emax=384, traps=[])
assert show(c, c.log10(Decimal("9." + "9" * 34))) == "1.000000 Inexact Rounded"
assert show(c, c.log10(Decimal("9." + "9" * 8))) == "1.000000" + flags
for prec, x, wanted in (
        (1, "9.999", "1" + flags), (2, "9.9999", "1.0" + flags), (2, "9.99999995", "1.0" + flags),
        (2, "9.99999997", "1.0 Inexact Rounded"), (9, "10.000000000000001", "1.00000000" + flags),
        (20, "0.0" + "9" * 36, "-1." + "0" * 19 + flags), (6, "9.999999999948", "1.00000 Inexact Rounded"),
        (5, "10.00000000006", "1.0000 Inexact Rounded")):
    c = Context(prec=prec, Emin=0, Emax=9, traps=[])
    assert show(c, c.log10(Decimal(x))) == wanted, (prec, x)
