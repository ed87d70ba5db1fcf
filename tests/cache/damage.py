"""Truncated at every 64th byte, 1,000 random bit flips, foreign bytes: never a crash, never wrong code."""
import os
import random

from _krait import Place, check, finish

p = Place()
p.made(1)
p.expect(1, "cold")
saved = {e: open(e, "rb").read() for e in p.entries()}
check(saved, "entries were written")


def restore():
    for e in p.entries():
        if e not in saved:
            os.chmod(e, 0o600)
            os.remove(e)
    for e, data in saved.items():
        if os.path.exists(e):
            os.chmod(e, 0o600)
        with open(e, "wb") as f:
            f.write(data)


def damaged(entry, data, title):
    restore()
    os.chmod(entry, 0o600)
    with open(entry, "wb") as f:
        f.write(data)
    p.expect(1, title)


for entry, data in saved.items():
    name = os.path.basename(entry)[:12]
    for size in range(0, len(data), 64):
        damaged(entry, data[:size], f"{name} truncated to {size} of {len(data)}")
    damaged(entry, b"", name + " empty")
    damaged(entry, b"\0" * len(data), name + " zeros")
    damaged(entry, b"\xff" * len(data), name + " ones")
    damaged(entry, data + b"more", name + " longer")
    damaged(entry, data[:8] + os.urandom(len(data) - 8) if len(data) > 8 else b"x",
            name + " noise behind the magic")
    others = [d for e, d in saved.items() if e != entry]
    if others:
        damaged(entry, others[0], name + " another entry's bytes")
source = random.Random(1)
entries = list(saved)
for i in range(1000):
    entry = source.choice(entries)
    data = bytearray(saved[entry])
    bit = source.randrange(len(data) * 8)
    data[bit // 8] ^= 1 << bit % 8
    damaged(entry, bytes(data), f"bit {bit} of {os.path.basename(entry)[:12]} flipped")
finish()
