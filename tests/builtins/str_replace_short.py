"""str.replace of one character in short and long texts of every width, against splitting and joining."""
import random

g = random.Random(1)
LETTERS = "ab<é&я"
NEW = ("", "&lt;", "é", "яя", "<", "<<", "x" * 8, "x" * 40, "a", "🐍")

for size in (*range(12), 62, 63, 64, 65, 66, 200):
    for _ in range(60):
        text = "".join(g.choice(LETTERS[:g.choice((3, 5, 6))]) for _ in range(size))
        old, new = g.choice(("<", "a", "é", "я", "ab", "🐍")), g.choice(NEW)
        count = g.choice((-1, 0, 1, 2, 5, 99))
        parts = text.split(old, count) if count >= 0 else text.split(old)
        found = text.replace(old, new, count)
        assert found == new.join(parts), (text, old, new, count)
        assert found.isascii() == all(ord(c) < 128 for c in found)
        assert hash(found) == hash("".join(list(found))) and found.encode().decode() == found


class Text(str):
    pass


for old, new in (("x", "yy"), ("a", "yy"), ("a", "b"), ("a", "")):
    assert type(Text("abc").replace(old, new)) is str
same = "abc" * 3
assert same.replace("x", "yy") is same
