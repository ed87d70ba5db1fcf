"""round of floats: half to even, digits before and after the point, what has no integer."""
from _case import error

assert round(2.5) == 2 and round(3.5) == 4 and round(-2.5) == -2 and round(2.675, 2) == 2.67
assert round(1.005, 2) == 1.0 and round(1234.567, -2) == 1200.0 and round(0.5) == 0 and round(1.5) == 2
assert type(round(1.5)) is int and type(round(1.5, 0)) is float and round(1e22) == 10 ** 22
assert round(5e15 + 0.5) == 5000000000000000 and round(1.25, 1) == 1.2 and round(1e300, 2) == 1e300
assert round(12.5, -1) == 10.0 and round(-0.4) == 0 and str(round(-0.4, 0)) == "-0.0"
assert error(round, float("nan")) == "ValueError: cannot convert float NaN to integer"
assert error(round, float("inf")) == "OverflowError: cannot convert float infinity to integer"
assert round(float("inf"), 2) == float("inf") and round(1.7, None) == 2
assert (2.7).__trunc__() == 2 and (2.7).__floor__() == 2 and (2.2).__ceil__() == 3
