"""repr of floats: the shortest digits that read back."""
from _case import outcome

assert outcome(lambda: repr(0.1)) == '0.1'
assert outcome(lambda: repr(1e22)) == '1e+22'
assert outcome(lambda: repr(1e23)) == '1e+23'
assert outcome(lambda: repr(123456789012345680.0)) == '1.2345678901234568e+17'
assert outcome(lambda: repr(1e16)) == '1e+16'
assert outcome(lambda: repr(9999999999999998.0)) == '9999999999999998.0'
assert outcome(lambda: repr(1e-4)) == '0.0001'
assert outcome(lambda: repr(0.00001)) == '1e-05'
assert outcome(lambda: repr(1/3)) == '0.3333333333333333'
assert outcome(lambda: repr(5e-324)) == '5e-324'
assert outcome(lambda: repr(2.2250738585072014e-308)) == '2.2250738585072014e-308'
assert outcome(lambda: repr(-0.0)) == '-0.0'
assert outcome(lambda: repr(100.0)) == '100.0'
assert outcome(lambda: repr(1e100)) == '1e+100'
assert outcome(lambda: repr(float("inf"))) == 'inf'
assert outcome(lambda: repr(-float("inf"))) == '-inf'
assert outcome(lambda: repr(float("nan"))) == 'nan'
assert outcome(lambda: repr(2.0**70)) == '1.1805916207174113e+21'
assert outcome(lambda: repr(4.35)) == '4.35'
assert outcome(lambda: repr(0.30000000000000004)) == '0.30000000000000004'
for x, want in [
        (0.1, "0.1"),
        (1.0, "1.0"),
        (1e16, "1e+16"),
        (1e15, "1000000000000000.0"),
        (123456789012345680.0, "1.2345678901234568e+17"),
        (0.0001, "0.0001"),
        (0.00001, "1e-05"),
        (1 / 3, "0.3333333333333333"),
        (2 / 3, "0.6666666666666666"),
        (1e22, "1e+22"),
        (1e23, "1e+23"),
        (5e-324, "5e-324"),
        (1.7976931348623157e308, "1.7976931348623157e+308"),
        (2.2250738585072014e-308, "2.2250738585072014e-308"),
        (9007199254740993.0, "9007199254740992.0"),
        (0.1 + 0.2, "0.30000000000000004"),
        (100.0, "100.0"),
        (-0.0, "-0.0"),
        (1e100, "1e+100"),
        (3.0e-7, "3e-07"),
        (4.35, "4.35"),
        (2.5e-5, "2.5e-05"),
        (1.1e15, "1100000000000000.0"),
        (9999999999999998.0, "9999999999999998.0")]:
    assert repr(x) == want and str(x) == want and float(want) == x, (x, want, repr(x))
values = [x * 0.1 for x in range(-50, 50)]
assert all(float(repr(v)) == v and float(str(v)) == v and float.fromhex(v.hex()) == v for v in values)
v = 1.0
for _ in range(300):
    v = v * 1.37 - 0.1
    assert float(repr(v)) == v
