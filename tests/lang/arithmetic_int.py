# stress: 500
"""Integer arithmetic around the edges of every representation."""
from _case import error

edges = []
for bits in (0, 1, 7, 8, 29, 30, 31, 32, 60, 61, 62, 63, 64, 65, 127, 128, 200):
    for d in (-2, -1, 0, 1, 2):
        edges.append((1 << bits) + d)
        edges.append(-(1 << bits) + d)

for a in edges:
    assert a + 0 == a and a - 0 == a and a * 1 == a
    assert -(-a) == a and ~~a == a and ~a == -a - 1 and +a == a
    assert abs(a) >= 0 and (abs(a) == a or abs(a) == -a)
    for b in edges:
        assert a + b == b + a
        assert (a + b) - b == a
        assert a * b == b * a
        assert a - b == -(b - a)
        if b:
            q, r = divmod(a, b)
            assert q * b + r == a, (a, b)
            assert q == a // b and r == a % b
            assert r == 0 or (r > 0) == (b > 0)
            assert abs(r) < abs(b)
            assert (a * b) // b == a
        assert (a & b) + (a | b) == a + b
        assert (a ^ b) == (a | b) - (a & b)
        assert (a < b) == (b > a) and (a <= b) == (b >= a) and (a == b) == (not a != b)
        assert (a < b) + (a == b) + (a > b) == 1

assert 4611686018427387904 - 1 == 4611686018427387903
assert 2305843009213693951 + 1 == 2305843009213693952
assert -2305843009213693952 - 1 == -2305843009213693953
assert 3037000500 * 3037000500 == 9223372037000250000
assert 1518500250 * 1518500250 == 2305843009250062500
assert -7 // 2 == -4 and -7 % 2 == 1 and 7 // -2 == -4 and 7 % -2 == -1
assert 7 / 2 == 3.5 and 6 / 3 == 2.0 and type(6 / 3) is float
assert 10 ** 30 // 10 ** 28 == 100
assert (10 ** 30) % 7 == 1 and -(10 ** 30) % 7 == 6
assert 2 ** 0 == 1 and 0 ** 0 == 1 and 2 ** -1 == 0.5 and (-2) ** 3 == -8 and -2 ** 2 == -4
assert pow(3, 200, 13) == 3 ** 200 % 13 and pow(3, -1, 7) == 5
assert (10 ** 400) / (10 ** 399) == 10.0
assert error(lambda: 1 // 0) == "ZeroDivisionError: integer division or modulo by zero"
assert error(lambda: 1 % 0) == "ZeroDivisionError: integer modulo by zero", error(lambda: 1 % 0)
assert error(lambda: 1 / 0) == "ZeroDivisionError: division by zero"
assert error(lambda: divmod(1, 0)) == "ZeroDivisionError: integer division or modulo by zero"
assert error(lambda: 10 ** 400 / 1) == "OverflowError: integer division result too large for a float"
assert error(lambda: 0 ** -1) == "ZeroDivisionError: 0.0 cannot be raised to a negative power"
assert error(lambda: pow(2, -1, 4)) == "ValueError: base is not invertible for the given modulus"
assert error(lambda: pow(2, 3, 0)) == "ValueError: pow() 3rd argument cannot be 0"
