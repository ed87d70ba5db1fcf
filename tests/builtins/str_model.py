"""Text built and taken apart in loops, across character widths, with a reference model on lists of code
points.
"""
seed = 1


def rnd(n):
    global seed
    seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
    return (seed >> 16) % n


ALPHABETS = ["abcde", "aébü", "a日本b", "x😀y𝐱"]
for trial in range(150):
    alphabet = ALPHABETS[rnd(4)]
    points = [alphabet[rnd(len(alphabet))] for _ in range(rnd(40))]
    text = "".join(points)
    assert list(text) == points and len(text) == len(points) and [c for c in reversed(text)] == points[::-1]
    i, j = rnd(45) - 2, rnd(45) - 2
    assert text[i:j] == "".join(points[i:j]) and text[i:j:2] == "".join(points[i:j:2])
    c = alphabet[rnd(len(alphabet))]
    assert text.count(c) == points.count(c) and (c in text) == (c in points)
    assert text.find(c) == (points.index(c) if c in points else -1)
    assert text.split(c) == text.replace(c, "\0").split("\0")
    assert c.join(text.split(c)) == text and text.replace(c, c + c).count(c) == 2 * text.count(c)
    assert text.partition(c)[0] + (text.partition(c)[1]) + text.partition(c)[2] == text
    other = "".join(alphabet[rnd(len(alphabet))] for _ in range(rnd(3)))
    k = text.find(other)
    assert (k == -1) == (other not in text)
    assert (
        k == -1 or text[
            k:k + len(other)] == other and other not in text[:k + len(other) - 1] or other == "")
    assert text.rfind(other) >= k and text.startswith(text[:rnd(5)])
    assert text.endswith(text[len(text) - rnd(len(text) + 1):])
    assert text.encode("utf-8").decode("utf-8") == text and text.encode("utf-16").decode("utf-16") == text
    assert text.encode("utf-32").decode("utf-32") == text
    assert eval(repr(text)) == text and text.upper().lower().upper() == text.upper()
    assert sorted(text) == sorted(points) and max(text, default="") == max(points, default="")
    built = ""
    for p in points:
        built = p + built
    assert built == text[::-1]
    built = ""
    for p in points:
        built += p
    assert built == text and hash(built) == hash(text)
    assert text.ljust(50, c)[:len(text)] == text and len(text.center(50)) == 50
    assert text.strip(c).count(c) <= text.count(c)
    assert text * 3 == text + text + text and (text < text + "a") and not text < text
