"""The folder's key: entries that it seals are believed, all others are compiled anew."""
import os
import stat
import struct

from _forge import keyed_seal, seal_image, seal_trailer, split
from _krait import Place, check, finish

p = Place()
key_path = os.path.join(p.cache, "key")
p.write("made.py", "def value(x=1):\n    return [x, 'a', 1.5, 100000000000000000000, b'x']\n", 10**18)


def read(path):
    with open(path, "rb") as f:
        return f.read()


def write(path, data, mode=0o600):
    if os.path.lexists(path):
        os.chmod(path, 0o600)
        os.remove(path)
    with open(path, "wb") as f:
        f.write(data)
    os.chmod(path, mode)


def outcome():
    """What the cache says of made.py."""
    done = p.run("-X", "importtime")
    line = [s for s in done[2].splitlines() if "| made" in s]
    return line[0][line[0].find("["):] if line else done[2]


# ---- it is made with the first entry, for us alone, and stays
p.expect(1, "cold")
check(os.path.isfile(key_path), "the folder has a key")
status = os.stat(key_path)
check(stat.S_IMODE(status.st_mode) == 0o600 and status.st_size == 192, f"it is ours: {status}")
key = read(key_path)
check(len(set(key)) > 50, "and random")
entries = {e: read(e) for e in p.entries()}
for entry, data in entries.items():
    seal = struct.unpack_from("<Q", split(data)[1], 120)[0]
    check(seal == keyed_seal(split(data)[1], key), f"{os.path.basename(entry)} is sealed with it")
p.expect(1, "warm")
check(outcome().startswith("[hit"), f"the entry is used: {outcome()}")
check(read(key_path) == key, "it is not made again")

# ---- code of somebody's own, under right checksums: no key, no belief
both = [e for e, d in entries.items() if b"made.py" in d]  # its names
image, trailer = split(entries[both[0]])
at = image.index(b"value\0")
for way, change in [("unsealed", lambda t: t), ("sealed with no key", lambda t: t[:120] + bytes(8) + t[128:]),
                    ("sealed with another key", lambda t: t[:120] + struct.pack(
                        "<Q", keyed_seal(t, bytes(reversed(key)))) + t[128:])]:
    changed = bytearray(image)
    changed[at:at + 5] = b"VALUE"
    seal_image(changed)
    for e in both:
        t = seal_trailer(change(seal_trailer(trailer[:], changed)))
        write(e, changed + t)
    p.expect(1, f"forged, {way}")
    check(outcome().startswith("[hit"), f"forged, {way}: there is a right one again: {outcome()}")
changed = bytearray(image)
changed[at:at + 5] = b"VALUE"
seal_image(changed)
t = seal_trailer(trailer[:], changed)
t = seal_trailer(t[:120] + struct.pack("<Q", keyed_seal(t, key)) + t[128:])
for e in both:
    write(e, changed + t)
check("has no attribute 'value'" in p.run()[2], "with the key: it is what the entry says")

# ---- the key is lost, replaced, or open to others: all is compiled anew, and sealed with the key of now
for title, change in [
        ("lost", lambda: os.remove(key_path)), ("of another size", lambda: write(key_path, key[:-1])),
        ("another", lambda: write(key_path, bytes(reversed(key)))),
        ("for all to read", lambda: write(key_path, key, 0o644)),
        ("a folder", lambda: (os.remove(key_path), os.mkdir(key_path)))]:
    for e, data in entries.items():
        write(e, data)
    if os.path.isdir(key_path):
        os.rmdir(key_path)
    write(key_path, key)
    p.expect(1, "before")
    change()
    p.expect(1, f"key {title}")
    if title != "a folder":
        check(outcome().startswith("[hit"), f"key {title}: there are entries again: {outcome()}")
    p.write("new.py", f"x = {title!r}\n")
    p.write("uses_new.py", "import new\nprint(new.x)\n")
    done = p.run(name="uses_new.py")
    check(done == (0, title + "\n", ""), f"key {title}: new entries: {done}")
    p.expect(1, f"key {title}, then a new entry")
    if title in ("lost", "of another size", "for all to read"):
        check(os.stat(key_path).st_size == 192 and stat.S_IMODE(os.stat(key_path).st_mode) == 0o600,
              f"key {title}: there is a new one")
finish()
