#!/usr/bin/python3.11
"""Numbers: operators, conversions, formats, math, on edge values; the answer must be the reference's."""
import random
import sys

import _fuzz

INTS = ["0", "1", "-1", "2", "3", "7", "10", "-10", "255", "256", "2**31", "2**32-1", "-2**31", "2**53", "2**53+1", "2**60", "2**61-1",
        "2**61", "-2**61", "-2**61-1", "2**62", "2**63-1", "2**63", "-2**63", "2**64", "2**64-1", "10**18", "10**19", "2**127", "-2**127",
        "2**128+1", "10**40", "-10**50", "3**200", "-7**150", "2**1000", "2**1024", "10**400", "True", "False", "I(5)", "I(2**70)"]
FLOATS = ["0.0", "-0.0", "1.0", "-1.0", "0.5", "1.5", "2.5", "-2.5", "0.1", "1e-5", "1e16", "1e17", "123456789.125", "1e22", "1e23", "1e100", "1e-100",
          "5e-324", "2.2250738585072014e-308", "1.7976931348623157e308", "inf", "-inf", "nan", "2.0**53", "2.0**62", "-2.0**62", "2.0**63",
          "2.0**257", "2.0**-256", "2.0**-768", "2.0**769", "4503599627370495.5", "9007199254740993.0", "0.30000000000000004", "F(2.5)", "F(0.0)"]
COMPLEX = ["1j", "-1j", "(1+2j)", "(0.5-0.25j)", "complex(inf, 1)", "complex(nan, -0.0)", "complex(-0.0, 0.0)", "(1e200+1e200j)"]
BINARY = ["+", "-", "*", "/", "//", "%", "**", "<<", ">>", "&", "|", "^", "<", "<=", "==", "!=", ">", ">="]
UNARY = ["-", "+", "~", "not ", "abs", "int", "float", "bool", "repr", "str", "round", "complex", "bin", "hex", "oct"]
MATH1 = """acos acosh asin asinh atan atanh cbrt ceil cos cosh degrees exp exp2 expm1 fabs floor frexp fsum isfinite isinf
isnan isqrt log log10 log1p log2 modf radians sin sinh sqrt tan tanh trunc ulp factorial""".split()
MATH2 = "atan2 comb copysign dist fmod gcd hypot isclose lcm ldexp log nextafter perm pow remainder".split()
SPECS = ["", "d", "5d", "+d", " d", "05d", ",d", "_d", "x", "#x", "#010x", "_x", "b", "#b", "_b", "o", "c", "n", "e", ".3e", "E", "f", ".0f", ".10f", "g", ".17g",
         "G", "%", ".1%", "10.3f", "<10", ">10", "^10", "=10", "*^20", "+.2f", "-.2f", " .2f", "010.2f", ",.2f", "_.2f", "#.0f", "#g", ".0e", "z.1f", ".20f", ".300f",
         "s", "q", ".3d", ",x", "10,", "1_000"]
PERCENT = ["%d", "%5d", "%-5d|", "%05d", "%+d", "% d", "%x", "%#x", "%o", "%e", "%.3f", "%g", "%.17g", "%G", "%r", "%s", "%c", "%i", "%u", "%10.4f", "%-10.2e|", "%.0f", "%#.0f", "%*d"]
TEXTS = ["'12'", "' 12 '", "'-0'", "'1_000'", "'1__0'", "'0x10'", "'0b11'", "'1e5'", "'.5'", "'5.'", "'1e'", "'nan'", "'-inf'", "'Infinity'", "'1e400'", "'1e-400'",
         "'0.1e1'", "'\\u0663'", "'1_0.0_1'", "''", "'+'", "'9'*30", "'1'*400+'.5'", "'0'*50+'1'", "b'12'", "'1+2j'", "'(1-j)'", "'nanj'", "'1 + 2j'", "'4.9e-324'",
         "'2.4703282292062327e-324'", "'2.4703282292062328e-324'", "'1.7976931348623158e308'", "'1.7976931348623159e308'", "'0x1.8p3'"]


class Numbers(_fuzz.Fuzzer):
    """Numbers against the reference."""
    ROUND = 1600
    PRELUDE = ("import math, cmath, struct\nfrom math import inf, nan\nclass I(int): pass\nclass F(float): pass\n"
               "def again(f, x, y):\n    for _ in range(12): r = f(x, y)\n    return r\n")

    def number(self, g, depth=0):
        if depth < 2 and g.random() < 0.25:
            return f"({self.number(g, depth + 1)} {g.choice(['+', '-', '*', '//', '%', '/', '&'])} {self.number(g, depth + 1)})"
        kind = g.random()
        if kind < 0.1:
            return str(g.randrange(-2 ** g.randrange(1, 200), 2 ** g.randrange(1, 200)))
        if kind < 0.2:
            return repr(g.uniform(-1, 1) * 10.0 ** g.randrange(-320, 308))
        return g.choice(INTS if kind < 0.6 else FLOATS if kind < 0.93 else COMPLEX)

    def line(self, g):
        n, m = self.number(g), self.number(g)
        match g.randrange(14):
            case 0 | 1 | 2:
                op = g.choice(BINARY)
                if op == "**":
                    m = g.choice(["2", "3", "-1", "-2", "0", "0.5", "-0.5", "1/3", "10", "64", "nan", "1j", "1000"])
                if op == "<<":
                    m = g.choice(["0", "1", "3", "61", "62", "63", "64", "200", "-1"])
                return f"attempt(again, lambda x, y: x {op} y, {n}, {m})"
            case 3:
                op = g.choice(BINARY[:6])
                return f"def f(z):\n    for i in range({g.choice([3, 9, 20])}): z {op}= {m}\n    return z\nattempt(lambda: f({n}))"
            case 4:
                op = g.choice(UNARY)
                return f"attempt(lambda: {op}({n}))"
            case 5:
                name = g.choice(["pow", "fmod"]) if g.random() < .3 else g.choice(MATH2)
                if name in ("comb", "perm"):  # the others would never end
                    m = g.choice(["0", "1", "5", "40", "-1", "2.0", "True", "2**70"])
                return f"attempt(lambda: math.{name}({n}, {m}))"
            case 6:
                name = g.choice(MATH1)
                return f"attempt(lambda: math.{name}({g.choice(['0', '1', '5', '20', '170', '-1', '2.0', 'True', '2.5']) if name == 'factorial' else n}))"
            case 7: return f"attempt(format, {n}, {g.choice(SPECS)!r})"
            case 8: return f"attempt(lambda: {g.choice(PERCENT)!r} % ({n},))"
            case 9: return f"attempt({g.choice(['int', 'float', 'complex'])}, {g.choice(TEXTS)})"
            case 10: return f"attempt(divmod, {n}, {m})"
            case 11: return f"attempt(pow, {n}, {g.choice(['0', '1', '2', '5', '-1', '2**65', '10**20'])}, {m})"
            case 12: return f"attempt(round, {n}, {g.choice(['0', '1', '2', '-1', '-2', '5', '15', '16', '17', '22', '-20', '300', '400', 'None'])})"
            case 13:
                how = g.choice([f"int({g.choice(TEXTS)}, {g.randrange(0, 38)})", f"float.hex(float({n}))", f"float.fromhex({g.choice(TEXTS)})", f"({n}).as_integer_ratio()",
                                f"({n}).is_integer()", f"({n}).bit_length()", f"({n}).bit_count()", f"({n}).to_bytes({g.randrange(0, 40)}, 'little', signed={g.random() < .5})",
                                f"int.from_bytes(struct.pack('<d', {n}), 'big', signed=True)", f"struct.pack({g.choice('bBhHiIqQefd')!r}, {n})",
                                f"sum([{n}, {m}, 1, 2.5])", f"max({n}, {m})", f"sorted([{n}, {m}, 0])", f"[1, 2, 3][{n}:{m}]", f"range({n}, {m}, {g.choice(['1', '-1', '2**40', '3'])})[:3]",
                                f"len(range({n}, {m}))", f"int({n}) in range({m})", f"{{{n}: 1}} == {{{m}: 1}}", f"({n}, {m}) == ({m}, {n})", f"cmath.{g.choice(['sqrt', 'exp', 'log', 'phase', 'polar', 'isnan'])}({n})",
                                f"math.fsum([{n}, {m}, 1e-30])", f"math.prod([{n}, {m}])", f"f'{{{n}:{g.choice(SPECS[:40])}}}'"])
                return f"attempt(lambda: {how})"

    def case(self, g):
        return "\n".join(self.line(g) for _ in range(8))


if __name__ == "__main__":
    sys.exit(Numbers().main())
