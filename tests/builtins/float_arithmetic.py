"""Floats in sum, min, max, divmod, pow, and their special methods called by name."""
assert (1.5).real == 1.5 and (1.5).imag == 0.0 and (1.5).conjugate() == 1.5 and (-1.5).__abs__() == 1.5
assert (-2.7).__int__() == -2
assert float.__getformat__("double") == "IEEE, little-endian" and (1.5).__getnewargs__() == (1.5,)
assert max(1.5, 2) == 2 and min(0.0, -0.0) == 0 and sum([0.1] * 10) == 0.9999999999999999
assert sum([1, 2.5]) == 3.5 and sum([1e308, 1e308]) == float("inf") and divmod(7.5, 2) == (3.0, 1.5)
assert abs(-0.0) == 0 and pow(2.0, 3) == 8.0
assert 1.0.__eq__(1) is True and 1.0.__lt__("a") is NotImplemented and (1.5).__divmod__(1) == (1.0, 0.5)
assert 5 .__truediv__(2) == 2.5 and (2.5).__rsub__(1) == -1.5
