"""krait cache stats, verify, prune, warm, bake; a file named cache goes first."""
import os
import subprocess

from _krait import KRAIT, Place, check, finish, surroundings

p = Place()
p.made(1)
environment = surroundings()
environment["KRAIT_CACHE_DIR"] = p.cache


def cache(*arguments, cwd=None):
    done = subprocess.run([KRAIT, "cache", *arguments], capture_output=True, text=True, env=environment,
                          cwd=cwd or p.folder, timeout=60)
    return done.returncode, done.stdout + done.stderr


p.expect(1, "cold")
status, text = cache("stats")
check(status == 0 and "sources  2" in text, f"stats: {status} {text}")
status, text = cache("verify")
check(status == 0, f"verify of sound entries: {status} {text}")
for e in p.entries()[:1]:
    with open(e, "r+b") as f:
        f.seek(100)
        f.write(b"damage")
status, text = cache("verify")
check(text != "", f"verify of a damaged entry says so: {status} {text}")
p.expect(1, "after verify")
status, text = cache("prune")
check(status == 0, f"prune: {status} {text}")
os.mkdir(p.path("lib"))
for i in range(5):
    p.write(f"lib/m{i}.py", f"x = {i}\n")
p.write("lib/bad.py", "x = (\n")
before = len(p.entries())
status, text = cache("warm", p.path("lib"))
check(len(p.entries()) > before, f"warm: {status} {text}")
status, text = cache("bake", p.path("lib"))
check(status in (0, 1), f"bake: {status} {text}")
status, text = cache("nonsense")
check(status == 2 and text, f"an unknown command: {status} {text}")
p.write("cache", "print('a file named cache')\n")
status, text = cache()
check((status, text) == (0, "a file named cache\n"), f"a file named cache goes first: {status} {text}")
finish()
