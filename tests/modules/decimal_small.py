# stress: 1009
"""_decimal against the library's _pydecimal: operators, powers, conversions, formats of numbers of up to 36
digits, in usual contexts and in ones whose precision or exponents end near the results."""
import decimal as C
import itertools
import sys

sys.modules["_decimal"], native = None, sys.modules.get("_decimal")
import _pydecimal as P
sys.modules["_decimal"] = native

NUMBERS = ["0", "-0.00", "1", "-1.00", "1.05", "0.5", "-3", "7", "123.45", "67.891", "-2E+3", "1E-7", "1E+17",
           "999999999999999999", "1000000000000000001", "-0.999999999999999999999999999999",
           "9" * 36, "3.14159265358979323846264338327950288", "5E-19", "12345678901234567890.5"]
CONTEXTS = [dict(prec=28, rounding="ROUND_HALF_EVEN"), dict(prec=28, rounding="ROUND_FLOOR"),
            dict(prec=34, rounding="ROUND_UP"), dict(prec=18, rounding="ROUND_05UP"),
            dict(prec=20, rounding="ROUND_HALF_UP", Emin=0, Emax=30),
            dict(prec=17, rounding="ROUND_DOWN", Emin=-9, Emax=9, clamp=1)]
POWERS = [1, 2, 3, 5, 12, 30, 64, 360, 1000, -1, -2, -7, -30]
UNARY = {"-": lambda x: -x, "+": lambda x: +x, "abs": abs, "int": int, "hash": hash, "round": round,
         "round 1": lambda x: round(x, 1), "ratio": lambda x: x.as_integer_ratio(), "str": str,
         "floor": lambda x: x.__floor__(), "ceil": lambda x: x.__ceil__(),
         "integral": lambda x: x.to_integral_value()}
BINARY = {"%": lambda x, y: x % y, "//": lambda x, y: x // y, "divmod": divmod, "*": lambda x, y: x * y,
          "/": lambda x, y: x / y, "<": lambda x, y: x < y}
SPECS = [".2f", ",.2f", ">12.1f", "+.3e", ".1%", "012,.2f", " .0f", "^20,", "<9", "E", ".40f", "x=+15.3f",
         "-.1f"]


def answer_of(module, settings, function, *texts):
    context = module.Context(traps=[], flags=[], **settings)
    module.setcontext(context)
    operands = [module.Decimal(t) if isinstance(t, str) else t for t in texts]
    context.clear_flags()
    try:
        value = function(*operands)
    except Exception as e:
        value = type(e).__name__
    value = tuple(map(str, value)) if isinstance(value, tuple) else str(value)
    return value, sorted(s.__name__ for s, is_set in context.flags.items() if is_set)


def check(name, settings, function, *texts):
    c, p = (answer_of(module, settings, function, *texts) for module in (C, P))
    assert c == p, (name, settings, texts, c, p)


for settings in CONTEXTS:
    for text in NUMBERS:
        for name, function in UNARY.items():
            check(name, settings, function, text)
        for spec in SPECS:
            check(spec, settings, lambda x: format(x, spec), text)
    for texts in itertools.product(NUMBERS, NUMBERS[::2]):
        for name, function in BINARY.items():
            if name in ("//", "divmod") and "Emax" in settings:
                continue # _pydecimal does not finish quotients
            check(name, settings, function, *texts)

# powers: _pydecimal rounds correctly, _decimal sometimes to the other neighbour
for settings in CONTEXTS[:4]:
    for text, n in itertools.product(NUMBERS, POWERS):
        (c, c_flags), (p, p_flags) = (answer_of(module, settings, pow, text, n) for module in (C, P))
        if c != p:
            unit = C.Decimal((0, (1,), C.Decimal(p).as_tuple().exponent))
            C.setcontext(C.Context(prec=60))
            assert abs(C.Decimal(c) - C.Decimal(p)) <= unit, (settings, text, n, c, p)
