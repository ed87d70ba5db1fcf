"""Sets of numbers and of tuples of numbers iterate in one fixed order, which programs rely on."""
import hashlib


def digest(values):
    return hashlib.md5(repr(list(values)).encode()).hexdigest()[:8]


assert list({3, 1, 2}) == [1, 2, 3]
assert list({100, 5, 37, 8, 16}) == [16, 100, 5, 37, 8]
assert list({-1, -2, -3, 0}) == [0, -3, -1, -2]
assert list(set(range(20, 0, -3))) == [2, 5, 8, 11, 14, 17, 20]
assert list({1.5, 2.5, -0.5, 1e300, 3}) == [-0.5, 1.5, 2.5, 3, 1e+300]
assert list({(1, 2), (2, 1), (0, 0), (3, 4)}) == [(1, 2), (2, 1), (3, 4), (0, 0)]
squares = {i * i % 1009 for i in range(600)}
assert digest(squares) == "59f3dd55"
grid = {(x, y) for x in range(30) for y in range(30)}
assert digest(grid) == "bfab58d9"
for x in range(0, 30, 2):
    grid.discard((x, x))
grid.add((99, 99))
assert digest(grid) == "c61fc13d"
assert digest(squares | set(range(2000, 2100))) == "07ea85ed"
assert digest(squares & set(range(500))) == "ad6e5070"
assert digest(squares - set(range(100))) == "7e281645"
assert digest(squares ^ set(range(300))) == "178eaf9b"
assert digest(frozenset(squares)) == "59f3dd55"
assert digest(set(dict.fromkeys(range(1000, 0, -7)))) == "ce4a2167"
s = set(range(50))
popped = [s.pop() for _ in range(20)]
s.update(range(100, 110))
popped += [s.pop() for _ in range(20)]
assert popped == [
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27,
    28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39]
s = {i * 1024 for i in range(40)}
assert digest(s) == "2a9b37ad"
s -= {i * 1024 for i in range(0, 40, 3)}
assert digest(s) == "e11e960f"
assert digest({i * 0.1 for i in range(100)}) == "9f501481"
assert digest({frozenset({i, i + 1}) for i in range(10)}) == "b64197a8"
assert digest(s.copy()) == "0a88c77d"
# a new value takes the place of the last deleted one on its way
s = {0, 8, 16}
s.discard(0)
s.discard(8)
s.add(24)
s.add(32)
assert list(s) == [32, 24, 16]
