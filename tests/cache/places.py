"""Where the cache lives: missing, read-only, unwritable, a file in its place, a symlink, modes; two
writers at once.
"""
import os
import subprocess
import threading

from _krait import KRAIT, Place, check, failures, finish, surroundings

p = Place()
p.made(1)
p.cache = p.path("deep/er/cache")
p.expect(1, "a missing folder is made")
check(os.path.isdir(p.cache) and os.stat(p.cache).st_mode & 0o077 == 0, "the folder is private")
p.cache = "/proc/nowhere"
p.expect(1, "an impossible folder")
p.cache = p.path("file")
p.write("file", "not a folder")
p.expect(1, "a file in its place")
os.mkdir(p.path("target"))
os.symlink(p.path("target"), p.path("link"))
p.cache = p.path("link")
p.expect(1, "a symlink in its place")
p.cache = p.path("readonly")
p.expect(1, "filled, then read-only")
os.chmod(p.cache, 0o500)
p.expect(1, "read-only, warm")
p.made(2)
p.expect(2, "read-only, stale")
os.chmod(p.cache, 0o700)
p.cache = p.path("two")
results = []


def one():
    for _ in range(10):
        results.append(p.run())


for _ in range(3):
    threads = [threading.Thread(target=one) for _ in range(4)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    for e in p.entries():
        os.remove(e)
check(all(r[0] == 0 and r[1].startswith("[2,") and r[2] == "" for r in results),
      f"two writers at once: {[r for r in results if r[0]][:2]}")
check(not [e for e in p.entries() if "tmp" in os.path.basename(e)], "no temporary files stay")
p.made(3)
home = p.path("home")
os.mkdir(home)
environment = surroundings()
environment["HOME"] = home
done = subprocess.run([KRAIT, p.path("main.py")], capture_output=True, text=True, env=environment)
check(done.returncode == 0 and os.path.isdir(home + "/.cache/krait"), "without settings: ~/.cache/krait")
environment["XDG_CACHE_HOME"] = p.path("xdg")
done = subprocess.run([KRAIT, p.path("main.py")], capture_output=True, text=True, env=environment)
check(done.returncode == 0 and os.path.isdir(p.path("xdg/krait")), "XDG_CACHE_HOME is honoured")
environment = dict(environment, KRAIT_CACHE_DIR=p.path("never"))
subprocess.run([KRAIT, "-B", p.path("main.py")], capture_output=True, env=environment)
check(not os.path.exists(p.path("never")) or not os.listdir(p.path("never")), "-B writes nothing")
finish()
