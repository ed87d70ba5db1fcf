"""complex: parsing, repr, arithmetic, comparison, hash."""
from _case import error

assert complex() == 0 and complex(1, 2) == 1 + 2j and complex("1+2j") == 1 + 2j
assert complex(" -1.5e2-3j ") == -150 - 3j and complex("j") == 1j and complex("(1-j)") == 1 - 1j
assert complex("nan+infj").imag == float("inf") and complex("5") == 5 and complex(1j, 2j) == -2 + 1j
assert complex(real=1, imag=2) == 1 + 2j and complex("1e5j") == 1e5j
for bad in ("", "1+", "1+2", "1 + 2j", "j1", "(1", "1+2jj", "abc"):
    assert error(complex, bad) == "ValueError: complex() arg is a malformed string", bad
assert error(complex, "1", 2) == "TypeError: complex() can't take second arg if first is a string"
assert error(complex, 1, "2") == "TypeError: complex() second arg can't be a string"
assert error(complex, []) == "TypeError: complex() first argument must be a string or a number, not 'list'"
for z, want in [
        (1 + 2j, "(1+2j)"),
        (1j, "1j"),
        (-1j, "(-0-1j)"),
        (0j, "0j"),
        (1.5 - 2.5j, "(1.5-2.5j)"),
        (complex(-0.0, 1), "(-0+1j)"),
        (complex(0, -0.0), "-0j"),
        (complex("inf"), "(inf+0j)"),
        (complex(0, float("nan")), "nanj"),
        (1e100 + 1e-100j, "(1e+100+1e-100j)"),
        (100000000000000000j, "1e+17j")]:
    assert repr(z) == want == str(z), (z, want)
a, b = 3 + 4j, 1 - 2j
assert a + b == 4 + 2j and a - b == 2 + 6j and a * b == 11 - 2j and a / b == -1 + 2j and -a == -3 - 4j
assert abs(a) == 5.0 and a.conjugate() == 3 - 4j and a.real == 3.0 and a.imag == 4.0 and a ** 2 == -7 + 24j
assert a ** 0 == 1 and +a == a
assert a + 1 == 4 + 4j and 2 * a == 6 + 8j and 1.5 + 1j == complex(1.5, 1) and 10 / (1 + 1j) == 5 - 5j
assert a == 3 + 4j and a != 3 and 3 + 0j == 3 and hash(3 + 0j) == hash(3) and 1j ** 2 == -1
assert (1 + 1j) ** 3 == -2 + 2j
assert hash(1 + 2j) == hash(complex(1, 2)) and {1 + 0j: "x"}[1] == "x" and (0j or 5) == 5 and bool(1j)
assert not 0j
assert error(lambda: a / 0) == "ZeroDivisionError: complex division by zero"
assert error(lambda: 0j ** -1) == "ZeroDivisionError: 0.0 to a negative or complex power"
assert error(lambda: a // 1) == "TypeError: unsupported operand type(s) for //: 'complex' and 'int'"
assert error(lambda: a % 1) == "TypeError: unsupported operand type(s) for %: 'complex' and 'int'"
assert error(lambda: a < b) == "TypeError: '<' not supported between instances of 'complex' and 'complex'"
assert error(int, a) == (
    "TypeError: int() argument must be a string, a bytes-like object or a real number, not 'complex'")
assert error(float, a) == "TypeError: float() argument must be a string or a real number, not 'complex'"
assert error(lambda: pow(a, 1, 2)) == "ValueError: complex modulo" and a.__getnewargs__() == (3.0, 4.0)
assert sum([1j, 2, 3.5]) == 5.5 + 1j
assert (1j) ** 1j == (0.20787957635076193 + 0j)


class C(complex):
    pass


assert C(1, 2) == 1 + 2j and type(C(1) + 1) is complex and repr(C(1, 1)) == "(1+1j)"


class HasComplex:
    def __complex__(self):
        return 5j


class HasFloat:
    def __float__(self):
        return 2.5


assert complex(HasComplex()) == 5j and complex(HasFloat()) == 2.5
assert complex(HasFloat(), HasFloat()) == 2.5 + 2.5j
