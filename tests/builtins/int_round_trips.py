"""Numbers of every width: text of every base, bytes, and the attributes that give the number itself."""
for n in (
        0, 1, -1, 255, -256, 2 ** 61, -2 ** 61, 2 ** 62, 2 ** 63 - 1, 2 ** 64, 12345678901234567890123,
        -10 ** 40):
    assert int(str(n)) == n and int(hex(n), 16) == n and int(bin(n), 2) == n and int(oct(n), 8) == n
    assert int(repr(n)) == n and eval(hex(n)) == n
    assert int.from_bytes(n.to_bytes(20, "big", signed=True), "big", signed=True) == n
    assert int.from_bytes(n.to_bytes(20, "little", signed=True), "little", signed=True) == n
    assert n.__index__() == n and n.real == n and n.imag == 0 and n.numerator == n and n.denominator == 1
    assert n.conjugate() == n and n.as_integer_ratio() == (n, 1)
    assert round(n) == n and round(n, 2) == n and n.__trunc__() == n and n.__floor__() == n
    assert n.__ceil__() == n and f"{n}" == "%d" % n == str(n)
