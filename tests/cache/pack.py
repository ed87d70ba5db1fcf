"""krait cache bake: one file that serves a whole folder; stale, moved, damaged and foreign packs are as
none.
"""
import os
import shutil
import subprocess

from _krait import KRAIT, Place, check, finish

p = Place()
p.made(1, mtime=10**18)
p.run()
pack = p.path(".krait-pack")


def bake(folder=p.folder):
    done = subprocess.run([KRAIT, "cache", "bake", folder], capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout + done.stderr


def outcome(place=p, **more):
    """What -X importtime says of the module `made`."""
    status, out, err = place.run("-X", "importtime",
                                 env=dict({"KRAIT_PACK": pack, "KRAIT_CACHE": "checked"}, **more))
    check(status == 0, f"it runs: {err[-300:]}")
    lines = [line for line in err.splitlines() if " made " in line]
    check(lines, f"the table names the module: {status} {out} {err[-1500:]}")
    line = lines[0] if lines else ""
    return line.split("  [")[-1].rstrip("]"), out


status, text = bake()
check(status == 0 and pack in text, f"bake: {status} {text}")
check(os.listdir(p.folder).count(".krait-pack") == 1 and os.path.isfile(pack), "one file")
check(not [n for n in os.listdir(p.folder) if ".tmp" in n], "no temporary file is left")
p.cache = p.path("unused")
one = "[1, 'a', 1.5, 100000000000000000000, b'x']\n"
check(outcome() == ("hit in the pack", one), f"a hit: {outcome()}")
check(not [e for e in p.entries() if "main" in e], "nothing is written for what the pack holds")
os.utime(p.path("made.py"))
check(outcome() == ("hit by content in the pack", one), f"touched: {outcome()}")
p.made(2)
check(outcome()[1] == one.replace("1,", "2,", 1), "an edited source is compiled")
check(outcome()[0] in ("hit", "hit by content"), f"and kept in the cache folder: {outcome()[0]}")
p.made(2)
check(bake()[0] == 0 and outcome()[0] == "hit by content in the pack",
      "baked again: a source written a moment ago has no time to trust")
p.made(2, mtime=11 * 10**17)
check(bake()[0] == 0 and outcome()[0] == "hit in the pack", "baked again, with an old source")

moved = Place()
moved.folder = p.folder + "-moved"
shutil.copytree(p.folder, moved.folder)
moved.cache = moved.path("unused2")
check(outcome(moved)[0] == "hit by content in the pack", "another place, the same content")

saved = open(pack, "rb").read()
for title, data in [("empty", b""), ("short", saved[:100]), ("half", saved[:len(saved) // 2]),
                    ("noise", os.urandom(len(saved))), ("zeros", bytes(len(saved))),
                    ("longer", saved + b"x")] + [(f"bit {i} flipped",
                                                  saved[:i] + bytes([saved[i] ^ 16]) + saved[i + 1:])
                                                  for i in range(0, len(saved), 97)]:
    with open(pack, "wb") as f:
        f.write(data)
    got = outcome()
    check(got[1] == one.replace("1,", "2,", 1), f"a pack that is damaged ({title}): {got}")
with open(pack, "wb") as f:
    f.write(saved)
os.chmod(pack, 0o666)
check("pack" not in outcome()[0], "a pack that anybody may write is not used")
os.chmod(pack, 0o644)
check(outcome()[0] == "hit in the pack", "used again")
check(outcome(KRAIT_CACHE="hash")[0] == "hit by content in the pack", "by content alone")
check(outcome(KRAIT_CACHE="unchecked")[0] == "hit in the pack", "unchecked")
p.write("bad.py", "x = (\n")
status, text = bake()
check(status == 1 and "bad.py:1" in text, f"a source with a fault: {status} {text}")
check(outcome()[0] == "hit in the pack", "the others are there all the same")
check(bake(p.path("nowhere"))[0] == 2, "a missing folder")
environment = dict(os.environ, KRAIT_PACK=pack, KRAIT_CACHE_DIR=p.cache)
done = subprocess.run([KRAIT, "cache", "verify"], capture_output=True, text=True, env=environment)
check(done.returncode == 0 and "pack: 2 sound, 0 damaged" in done.stdout,
      f"verify: {done.stdout}{done.stderr}")
finish()
