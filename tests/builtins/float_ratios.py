"""as_integer_ratio and is_integer of floats."""
from _case import error

assert (0.5).as_integer_ratio() == (1, 2)
assert (0.1).as_integer_ratio() == (3602879701896397, 36028797018963968)
assert (-3.0).as_integer_ratio() == (-3, 1)
assert error(float("inf").as_integer_ratio) == "OverflowError: cannot convert Infinity to integer ratio"
assert error(float("nan").as_integer_ratio) == "ValueError: cannot convert NaN to integer ratio"
assert (2.0).is_integer() and not (2.5).is_integer() and not float("inf").is_integer()
assert (1e300).is_integer()
