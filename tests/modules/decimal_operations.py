"""_decimal against the library's _pydecimal: operations on edge values; results, flags, exceptions."""
import decimal as C
import itertools
import sys

sys.modules["_decimal"], native = None, sys.modules.get("_decimal")
import _pydecimal as P
sys.modules["_decimal"] = native

VALUES = ["0", "-0", "1", "-1", "2.5", "-3", "1E+3", "1E-7", "99", "0.5", "123456789012345678",
          "1234567890123456789", "9.999999999999999999999999999", "1E+999999", "-1E-999999",
          "NaN", "-NaN12", "sNaN", "Infinity", "-Infinity", "0E+20", "110101", "1" * 40, "7" * 37 + "E-30"]
UNARY = """abs logical_invert logb minus next_minus next_plus normalize plus sqrt to_integral_exact
    to_integral_value copy_abs copy_negate is_normal is_subnormal number_class to_sci_string to_eng_string
    create_decimal""".split()
BINARY = """add compare compare_signal compare_total compare_total_mag copy_sign divide divide_int divmod
    logical_and logical_or logical_xor max max_mag min min_mag multiply next_toward quantize remainder
    remainder_near rotate same_quantum scaleb shift subtract""".split()
CONTEXTS = [dict(prec=28, rounding="ROUND_HALF_EVEN"),
            dict(prec=3, rounding="ROUND_CEILING", Emin=-9, Emax=9, clamp=1),
            dict(prec=18, rounding="ROUND_05UP", Emin=-99, Emax=99)]


def result(module, name, settings, texts):
    context = module.Context(traps=[], flags=[], **settings)
    try:
        value = getattr(context, name)(*map(module.Decimal, texts))
    except Exception as e:
        value = type(e).__name__
    return str(value), sorted(s.__name__ for s, is_set in context.flags.items() if is_set)


for settings in CONTEXTS:
    for name in UNARY:
        for text in VALUES:
            c, p = result(C, name, settings, [text]), result(P, name, settings, [text])
            assert c == p, (name, settings, text, c, p)
    for name in BINARY:
        for texts in itertools.product(VALUES[::2], VALUES[1::3]):
            c, p = result(C, name, settings, texts), result(P, name, settings, texts)
            assert c == p, (name, settings, texts, c, p)
