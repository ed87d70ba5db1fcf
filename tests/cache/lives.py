"""Killed at any moment, pruned while others read, folders of other users, any permission bits, no home:
the program runs, nothing unsound stays.
"""
import os
import random
import shutil
import signal
import subprocess
import tempfile
import threading
import time

from _krait import KRAIT, Place, check, finish, surroundings

source = random.Random(3)
clean = surroundings()


def cache_command(place, *arguments):
    done = subprocess.run([KRAIT, "cache", *arguments], capture_output=True, text=True,
                          env=dict(clean, KRAIT_CACHE_DIR=place.cache), timeout=60)
    return done.returncode, done.stdout + done.stderr


# ---- kill -9 at any moment of a cold run that writes a hundred entries
p = Place()
for i in range(100):
    p.write(f"m{i}.py", f"def f(x):\n    return x + {i}\n" * 20)
p.write(
    "many.py",
    "".join(f"import m{i}\n" for i in range(100))
    + "print(sum(m.f(0) for n, m in sorted(globals().items()) if n[0] == 'm' and n[1:].isdigit()))\n")
right = (0, f"{sum(range(100))}\n", "")
began = time.time()
check(p.run(name="many.py") == right, "cold")
whole = time.time() - began
for i in range(25):
    p.cache = p.path(f"killed{i % 5}")  # a part of what was written is there already
    process = subprocess.Popen([KRAIT, p.path("many.py")], env=dict(clean, KRAIT_CACHE_DIR=p.cache),
                               stdout=subprocess.DEVNULL)
    time.sleep(source.random() * whole)
    process.send_signal(signal.SIGKILL)
    process.wait()
    check(p.run(name="many.py") == right, f"after a kill ({i})")
    check(", 0 damaged" in cache_command(p, "verify")[1], f"all sound after a kill ({i})")
for e in p.entries():
    if os.path.basename(e).startswith("tmp-"):
        os.utime(e, (0, 0))
cache_command(p, "prune")
check(not [e for e in p.entries() if os.path.basename(e).startswith("tmp-")],
      "what a killed process left behind goes with the next prune")

# ---- entries vanish, folders vanish, while others read and write
p.cache = p.path("contested")
stop = threading.Event()
results = []


def destroy():
    while not stop.is_set():
        for e in p.entries():
            try:
                os.remove(e)
            except OSError:
                pass
        try:
            os.rmdir(p.cache)
        except OSError:
            pass
        cache_command(p, "prune")


def work():
    for _ in range(12):
        results.append(p.run(name="many.py"))


threads = [threading.Thread(target=work) for _ in range(3)]
destroyer = threading.Thread(target=destroy)
for t in threads + [destroyer]:
    t.start()
for t in threads:
    t.join()
stop.set()
destroyer.join()
check(all(r == right for r in results), f"while entries vanish: {[r for r in results if r != right][:2]}")

# ---- permission bits: nobody else may be able to write the folder; entries that cannot be read are no
# entries
p = Place()
p.made(1)
p.expect(1, "cold")
for mode in (0o000, 0o100, 0o200, 0o300, 0o400, 0o500, 0o600, 0o711, 0o755, 0o770, 0o707, 0o777, 0o1777):
    os.chmod(p.cache, mode)
    p.expect(1, f"folder of mode {mode:o}")
    outcome = p.run("-X", "importtime")[2]
    if mode & 0o022:
        check("[hit" not in outcome, f"folder of mode {mode:o} is not trusted")
    elif mode == 0o755:
        check("[hit" in outcome, "others may read")
os.chmod(p.cache, 0o700)
for mode in (0o000, 0o200, 0o444, 0o666):
    for e in p.entries():
        os.chmod(e, mode)
    p.expect(1, f"entries of mode {mode:o}")

# ---- no home, a home that is not there, is a file, is empty, is relative
for home in (None, "", "/proc/nowhere/at/all", p.path("main.py"), "."):
    environment = dict(clean)
    environment.pop("HOME", None)
    if home is not None:
        environment["HOME"] = home
    environment["XDG_CACHE_HOME"] = "relative/is/ignored"
    done = subprocess.run([KRAIT, p.path("main.py")], capture_output=True, text=True, env=environment,
                          timeout=60, cwd=p.folder)
    check(done.returncode == 0 and done.stdout.startswith("[1,") and not done.stderr,
          f"HOME={home!r}: {done}")
check(not os.path.exists(p.path("relative")), "a relative XDG_CACHE_HOME is ignored")

# ---- other users' folders, as root or as another user: neither reads or writes what belongs to the other
if os.geteuid() == 0:
    with tempfile.TemporaryDirectory(dir="/tmp") as top:
        os.chmod(top, 0o755)
        program = shutil.copy(KRAIT, os.path.join(top, "krait"))  # where it was built, others may not look
        place = Place()
        place.folder, place.cache = top, top + "/kept"
        place.write("main.py", "import made\nprint(made.value())\n")
        place.made(1)
        for owner, reader in ((65534, 0), (0, 65534), (65534, 65533)):
            def run_as(user):
                return subprocess.run([program, "-X", "importtime", place.path("main.py")],
                                      capture_output=True, text=True, user=user, group=user, extra_groups=[],
                                      env=dict(clean, KRAIT_CACHE_DIR=place.cache), timeout=60)
            os.mkdir(place.cache, 0o700)
            os.chown(place.cache, owner, owner)
            done = run_as(owner)
            check(done.returncode == 0, f"its owner {owner} runs: {done.stderr[-300:]}")
            filled = {e: open(e, "rb").read() for e in place.entries()}
            check(len(filled) >= 2, f"its owner {owner} fills it")
            os.chmod(place.cache, 0o755)
            for e in filled:
                os.chmod(e, 0o644)
            done = run_as(reader)
            check(done.returncode == 0 and done.stdout.startswith("[1,") and "[hit" not in done.stderr,
                  f"user {reader} does not read what {owner} wrote: {done.stderr[-300:]}")
            check({e: open(e, "rb").read() for e in place.entries()} == filled,
                  f"user {reader} writes nothing in the folder of {owner}")
            shutil.rmtree(place.cache)
finish()
