"""Lines joined by brackets and by backslashes."""
total = 1 + \
    2 + \
    3
assert total == 6
listing = [
    1,   # comment

    2,
    ]
assert listing == [1, 2]
if (total == 6 and
        listing):
    ok = True
assert ok
x = (
    yield_ := 5
)
assert yield_ == 5
s = "a" if 0 else \
    "b"
assert s == "b"
