"""math: exact functions, rounding, special values, errors."""
import math

from _case import error

inf, nan = math.inf, math.nan
assert math.pi == 3.141592653589793 and math.e == 2.718281828459045 and math.tau == 2 * math.pi
assert math.isnan(nan)
assert math.sqrt(16) == 4.0 and math.sqrt(2) == 1.4142135623730951 and math.isqrt(10 ** 40) == 10 ** 20
assert math.isqrt(99) == 9 and math.cbrt(8) == 2.0 and math.hypot(3, 4) == 5.0
assert math.hypot(1, 2, 2) == 3.0 and math.dist((0, 0), (3, 4)) == 5.0
assert math.floor(-1.5) == -2 and math.ceil(-1.5) == -1 and math.trunc(-1.5) == -1
assert math.floor(1e300) == int(1e300) and math.fabs(-3) == 3.0 and math.copysign(1, -0.0) == -1.0
assert math.fmod(-7, 3) == -1.0 and math.remainder(7, 4) == -1.0 and math.modf(-1.5) == (-0.5, -1.0)
assert math.frexp(8) == (0.5, 4) and math.ldexp(0.5, 4) == 8.0
assert math.factorial(20) == 2432902008176640000 and math.factorial(0) == 1 and math.gcd(12, 18, 27) == 3
assert math.gcd() == 0 and math.lcm(4, 6) == 12 and math.comb(10, 3) == 120 and math.perm(5, 2) == 20
assert math.perm(5) == 120 and math.comb(100, 50) == 100891344545564193334812497256
assert math.gcd(2 ** 70, 6 ** 40) == 2 ** 40 and math.comb(3, 5) == 0
assert math.exp(0) == 1.0 and math.log(math.e) == 1.0 and math.log(8, 2) == 3.0
assert math.log2(2 ** 100) == 100.0 and math.log10(10 ** 50) == 50.0 and math.log1p(0) == 0.0
assert math.expm1(0) == 0.0 and math.exp2(10) == 1024.0 and math.pow(2, 0.5) == 2 ** 0.5
assert abs(math.log(10 ** 1000) - 2302.585092994046) < 1e-9
assert math.sin(0) == 0.0 and math.cos(0) == 1.0 and math.atan2(1, 1) == math.pi / 4
assert math.degrees(math.pi) == 180.0 and math.radians(180) == math.pi and math.asin(1) == math.pi / 2
assert math.tanh(0) == 0 and math.acosh(1) == 0.0
assert math.erf(0) == 0.0 and math.gamma(5) == 24.0 and math.lgamma(1) == 0.0 and math.erfc(0) == 1.0
assert math.fsum([0.1] * 10) == 1.0 and math.prod([1, 2, 3]) == 6 and math.prod([], start=5) == 5
assert math.prod([1.5, 2]) == 3.0 and math.fsum([1e308, 1, -1e308]) == 1.0
assert math.isfinite(1) and not math.isfinite(inf) and math.isinf(-inf) and math.isclose(0.1 + 0.2, 0.3)
assert not math.isclose(1, 1.1) and math.isclose(1, 1.1, rel_tol=0.2)
assert math.isclose(0, 1e-10, abs_tol=1e-9) and math.nextafter(1, 2) == 1.0000000000000002
assert math.ulp(1.0) == 2.220446049250313e-16
assert error(math.sqrt, -1) == "ValueError: math domain error"
assert error(math.log, 0) == "ValueError: math domain error"
assert error(math.exp, 1000) == "OverflowError: math range error"
assert error(math.factorial, -1) == "ValueError: factorial() not defined for negative values"
assert error(math.factorial, 1.5) == "TypeError: 'float' object cannot be interpreted as an integer"
assert error(math.sqrt, "a") == "TypeError: must be real number, not str"
assert error(math.floor, inf) == "OverflowError: cannot convert float infinity to integer"
assert error(math.isqrt, -1) == "ValueError: isqrt() argument must be nonnegative"
assert error(math.gcd, 1.5) == "TypeError: 'float' object cannot be interpreted as an integer"
assert error(math.comb, -1, 2) == "ValueError: n must be a non-negative integer"
assert error(math.sin, inf) == "ValueError: math domain error"
assert error(math.pow, 0, -1) == "ValueError: math domain error"
assert error(math.sqrt) == "TypeError: math.sqrt() takes exactly one argument (0 given)"


class F:
    def __floor__(self):
        return "floor"

    def __float__(self):
        return 4.0


assert math.floor(F()) == "floor" and math.sqrt(F()) == 2.0
