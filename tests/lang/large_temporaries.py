"""Texts and bytes of 16 KB to 1 MB made one after the other: whoever keeps one finds it whole, wherever it
is kept, however many collections came and went meanwhile. Sums that grow (s = s + x) are texts like others.
"""
# stress: 50
import threading


class Holder:
    def __init__(self):
        self.text = None


def check(text, size, mark):
    assert len(text) == size and text[0] == text[size // 2] == text[-1] == mark, (len(text), size, mark)


# ---- kept by a variable, an attribute of an old object, an item, a cell, a default, an exception
def kept_everywhere(rounds):
    old, items, table = Holder(), [None] * 4, {}
    cell = None

    def inner():
        return cell
    for i in range(rounds):
        mark = chr(97 + i % 26)
        size = 17000 + i * 1237 % 60000
        local = mark * size
        old.text = mark * (size + 1)
        items[i % 4] = (mark * (size + 2)).encode()
        table[i % 3] = {"deep": [mark * (size + 3)]}
        cell = mark * (size + 4)
        bytes(20000), "x" + local, local[1:], f"{local}!", bytearray(30000)
        try:
            raise ValueError(mark * (size + 5))
        except ValueError as e:
            check(e.args[0], size + 5, mark)
        check(local, size, mark)
        check(old.text, size + 1, mark)
        check(items[i % 4], size + 2, ord(mark))
        check(table[i % 3]["deep"][0], size + 3, mark)
        check(inner(), size + 4, mark)
    return old, items, table


# ---- kept by a generator that is suspended while others come
def pieces(count):
    for i in range(count):
        text = chr(65 + i % 26) * (20000 + i)
        yield i, text
        check(text, 20000 + i, chr(65 + i % 26))


def interleaved(count):
    ways = [pieces(count) for _ in range(3)]
    last = []
    for parts in zip(*ways):
        for i, text in parts:
            check(text, 20000 + i, chr(65 + i % 26))
        last.append(parts[1][1][:17000])
    for i, text in enumerate(last):
        check(text, 17000, chr(65 + i % 26))


# ---- of another thread's stack
def in_threads(rounds):
    failed = []

    def work(mark):
        try:
            for i in range(rounds):
                text = mark * (30000 + i)
                more = text + mark
                check(text, 30000 + i, mark)
                check(more, 30001 + i, mark)
        except BaseException as e:
            failed.append(e)
    threads = [threading.Thread(target=work, args=(m,)) for m in "pqr"]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert not failed, failed


# ---- sums
def sums():
    parts = ["abc", "é", "€uro", "\U0001F600", "z" * 700]
    for start in ("", "q" * 600, "é" * 600, "€" * 600):
        s = t = start
        seen = []
        for i in range(60):
            x = parts[i % 5]
            before = s
            s = s + x
            t = "".join([t, x])
            assert s == t and hash(s) == hash(t) and len(s) == len(t)
            other = before + "other"                   # a second sum of the same text
            assert other[:len(before)] == before == s[:len(before)] and other.endswith("other")
            assert s == t
            seen.append((s, t))
        assert all(a == b for a, b in seen)
    base = "b" * 500
    base = base + "yy"
    many = [base + str(i) for i in range(100)]
    assert all(m == "b" * 500 + "yy" + str(i) for i, m in enumerate(many)) and base == "b" * 500 + "yy"

    class Text(str):
        def __add__(self, other):
            return "mine"
    s = Text("x" * 600)
    assert s + "y" == "mine" and type(s) is Text
    s = "x" * 600
    s = s + Text("y")
    s = s + Text("y")
    assert s == "x" * 600 + "yy" and type(s) is str
    s = s + s
    s = s + s
    assert s == ("x" * 600 + "yy") * 4


# ---- copies that lie aslant: any distance, any length around the limits
def shifted():
    for size in (1000, 1023, 1024, 1025, 4000, 4096, 8191, 17000, 70000):
        body = bytes(i * 7 & 255 for i in range(size))
        text = body.decode("latin-1")
        for k in (0, 1, 2, 7, 8, 14, 15, 16, 31, 32, 63, 64):
            front = bytes(k)
            assert (front + body)[k:] == body and (front.decode() + text)[k:] == text
            assert (bytearray(front) + body)[k:] == body and (body + front)[:size] == body


kept = kept_everywhere(300)
interleaved(60)
in_threads(40)
sums()
shifted()
for text in kept[2].values():
    assert len(set(text["deep"][0])) == 1
