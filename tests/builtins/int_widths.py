# stress: 1000
"""Operators on ints around the limits of one, two and three machine words: laws, and a checksum over all
results.
"""

edges = sorted({sign * ((1 << bits) + d)
                for bits in (0, 1, 30, 31, 32, 60, 61, 62, 63, 64, 65, 126, 127, 128, 129, 190, 192, 200)
                for d in (-2, -1, 0, 1, 3) for sign in (1, -1)})

checksum = 0


def note(n):
    global checksum
    checksum = (checksum * 1000003 + n % 0xFFFFFFFFFFFFFFC5) % 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF61


for a in edges:
    for b in edges:
        note(a + b)
        note(a - b)
        note(a * b)
        note(a & b)
        note(a | b)
        note(a ^ b)
        assert (a & b) + (a | b) == a + b
        assert (a ^ b) == (a | b) - (a & b)
        assert a - b == -(b - a)
        if b:
            q, r = a // b, a % b
            assert q * b + r == a and 0 <= r * (1 if b > 0 else -1) < abs(b) and divmod(a, b) == (q, r)
            note(q)
            note(r)
    for n in (0, 1, 2, 30, 60, 61, 62, 63, 64, 65, 100, 126, 127, 128, 129, 200):
        assert a << n == a * 2 ** n
        assert a >> n == a // 2 ** n
        note(a << n)
        note(a >> n)
    for wrong in (lambda: a << -1, lambda: a >> -1):
        try:
            wrong()
        except ValueError as error:
            assert str(error) == "negative shift count"
        else:
            assert False
    for wrong in (lambda: a // 0, lambda: a % 0):
        try:
            wrong()
        except ZeroDivisionError:
            pass
        else:
            assert False

# Results that fit again give their memory back: what lives beside them stays whole.
kept = []
big = (1 << 90) + 12345
for i in range(3000):
    kept.append((big + i) * (big - i))
    small = (big + i) - big
    assert small == i
    assert (big * 3 + i) % (big * 3) == i and (big * big + i) // (big * big) == 1
assert all(n == big * big - i * i for i, n in enumerate(kept))
assert checksum == 222918615681724323460958083179825796177, checksum
