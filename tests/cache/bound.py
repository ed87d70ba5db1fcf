"""An entry is one piece: an image beside another's trailer, another source's image, another level's,
another version's, each with right checksums, is compiled anew. Whatever stands in an entry's tables or
anywhere in a pack under right checksums, nothing crashes."""
import os
import random
import struct
import subprocess

from _forge import (
    HEADER, image_checksum, pack_places, seal_image, seal_pack, seal_trailer, split)
from _krait import KRAIT, Place, check, finish

p = Place()
p.made(1, 10**18)
p.write("other.py", open(p.path("made.py")).read().replace("1):", "2):"),
        10**18)  # the same but for one digit
p.write("pair.py", "import other, made\nprint(other.value()[0], made.value()[0])\n", 10**18)
right = (0, "2 1\n", "")


def run(title, *options, env=None, may_differ=False):
    status, out, err = p.run(*options, name="pair.py", env=env)
    if may_differ:
        check(status in (0, 1) and "Fatal" not in err and "Sanitizer" not in err,
              f"{title}: {status} {out} {err[-300:]}")
    else:
        check((status, out, err) == right, f"{title}: {status} {out} {err[-300:]}")


run("cold")
run("warm")
saved = {e: open(e, "rb").read() for e in p.entries()}
check(len(saved) >= 6, f"two names for each of three sources: {len(saved)}")


def restore():
    for e in p.entries():
        if e not in saved:
            os.remove(e)
    for e, data in saved.items():
        with open(e, "wb") as f:
            f.write(data)


def replaced(entry, image, trailer, title, **how):
    restore()
    with open(entry, "wb") as f:
        f.write(image + trailer)
    run(title, **how)


# ---- spliced: every image beside every trailer, and with the trailer made to fit
for entry, data in saved.items():
    image, trailer = split(data)
    for other, other_data in saved.items():
        other_image, other_trailer = split(other_data)
        if other_image == image:
            continue
        title = f"{os.path.basename(entry)[:8]} with the image of {os.path.basename(other)[:8]}"
        replaced(entry, other_image, trailer, title)
        replaced(entry, other_image, seal_trailer(trailer[:], other_image), title + ", trailer made to fit")
        replaced(entry, image, other_trailer, title + ", the other way round")

# ---- another level of optimisation, another version
for entry, data in saved.items():
    image, trailer = split(data)
    for level in (1, 2, 1 << 40):
        replaced(entry, image, seal_trailer(trailer[:104] + struct.pack("<Q", level) + trailer[112:]),
                 f"level {level}")
    for at in (8, 16):  # the program's version, the image's size
        changed = bytearray(trailer)
        changed[at] ^= 1
        replaced(entry, image, seal_trailer(changed), f"trailer with another number at {at}")
    changed = bytearray(image)
    changed[8] ^= 1
    replaced(entry, changed, seal_trailer(trailer[:], changed), "an image of another version")
    for size in (0, 1, HEADER - 1, HEADER, len(image) // 2, len(image) - 1):
        if size < HEADER:
            part = image[:size]
            replaced(entry, part, seal_trailer(trailer[:16] + struct.pack("<Q", size) + trailer[24:]),
                     f"an image of {size} bytes")
        else:
            part = image[:size]
            replaced(entry, part, seal_trailer(trailer[:], part), f"an image cut to {size} bytes")
            struct.pack_into("<I", part, 4, size)
            seal_image(part)
            replaced(entry, part, seal_trailer(trailer[:], part),
                     f"an image cut to {size} bytes and sealed")

# ---- every byte of every image and trailer changed, without sealing: compiled
for at in range(max(map(len, saved.values()))):
    restore()
    for entry, data in saved.items():
        changed = bytearray(data)
        changed[at % len(data)] ^= 1 << at % 8
        with open(entry, "wb") as f:
            f.write(changed)
    run(f"byte {at} of every entry changed")

# ---- tables that lead elsewhere and other code, with right checksums, but without the folder's key: compiled
source = random.Random(5)
entry = max((e for e in saved if e.endswith(".path")), key=lambda e: len(saved[e]))
image, trailer = split(saved[entry])
places = range(HEADER, len(image))
for i in range(500):
    changed = bytearray(image)
    for _ in range(source.choice((1, 1, 2, 5))):
        at = source.randrange(24, HEADER) if i % 6 == 0 else source.choice(places)
        changed[at] = source.choice((0, 1, 0x7F, 0x80, 0xFF, source.randrange(256),
                                     changed[at] ^ 1 << source.randrange(8)))
    changed[56:HEADER] = image[56:HEADER] if i % 6 else changed[56:HEADER]
    seal_image(changed)
    replaced(entry, changed, seal_trailer(trailer[:], changed), f"forged image {i}")
restore()

# ---- packs: the table's entries made to name each other's images
subprocess.run([KRAIT, "cache", "bake", p.folder], capture_output=True, timeout=60, check=True)
pack_path = p.path(".krait-pack")
pack = open(pack_path, "rb").read()
environment = {"KRAIT_PACK": pack_path, "KRAIT_CACHE": "unchecked"}
p.cache = p.path("unused")
run("from the pack", env=environment)
check(not p.entries(), f"the pack serves all three: {p.entries()}")


def with_pack(data, title, **how):
    with open(pack_path, "wb") as f:
        f.write(data)
    p.cache = p.path("unused%d" % source.randrange(10**9))
    run(title, env=environment, **how)


places = list(pack_places(pack))
for i, (at, offset, size) in enumerate(places):
    for j, (other_at, other_offset, other_size) in enumerate(places):
        if i == j:
            continue
        changed = bytearray(pack)
        struct.pack_into("<QQ", changed, at + 56, other_offset, other_size)
        with_pack(seal_pack(changed), f"pack entry {i} with the image of {j}")
        struct.pack_into("<Q", changed, at + 72, image_checksum(pack[other_offset:]))
        with_pack(seal_pack(changed), f"pack entry {i} with the image of {j} and its checksum")
    for value in (0, 8, len(pack), len(pack) - 8, 2**63, 2**64 - 8):
        for field in (56, 64):
            changed = bytearray(pack)
            struct.pack_into("<Q", changed, at + field, value)
            with_pack(seal_pack(changed), f"pack entry {i}, field {field} = {value}")
for value in (0, 1, 2**32, 2**61, 2**64 - 1):
    changed = bytearray(pack)
    struct.pack_into("<Q", changed, 24, value)
    with_pack(changed, f"a pack of {value} entries")
for i in range(400):
    changed = bytearray(pack)
    at, offset, size = source.choice(places)
    place = offset + source.randrange(24, size)
    changed[place] = source.choice((0, 0xFF, source.randrange(256),
                                    changed[place] ^ 1 << source.randrange(8)))
    image = seal_image(changed[offset:offset + size])
    changed[offset:offset + size] = image
    struct.pack_into("<Q", changed, at + 72, image_checksum(image))
    with_pack(seal_pack(changed), f"forged pack {i}", may_differ=True)
finish()
