"""A disk that fills up, or a limit on the size of files: the program runs, nothing partial stays, no
signal ends it.
"""
import os
import resource
import subprocess

from _krait import KRAIT, Place, check, finish, surroundings


def clean_environment(cache):
    return dict(surroundings(),
                KRAIT_CACHE_DIR=cache)


def no_rest(place, title):
    rest = [e for e in place.entries() if os.path.basename(e).startswith("tmp-")]
    check(not rest, f"{title}: no temporary file stays: {rest}")
    done = subprocess.run([KRAIT, "cache", "verify"], capture_output=True, text=True,
                          env=clean_environment(place.cache), timeout=60)
    check(done.returncode == 0 and ", 0 damaged" in done.stdout,
          f"{title}: verify: {done.stdout}{done.stderr}")


def limited(size, arguments, place):
    """Run with RLIMIT_FSIZE and SIGXFSZ as the system has it."""
    done = subprocess.run([KRAIT] + arguments, capture_output=True, text=True,
                          env=clean_environment(place.cache), timeout=60,
                          preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)))
    return done.returncode, done.stdout, done.stderr


# ---- a limit on the size of files: as any user
for size in (0, 1, 128, 1000, 2000, 4096, 100000):
    p = Place()
    p.made(1)
    p.write("big.py", "".join(f"def f{i}(x):\n    return x + {i} if x else [x, {i}, 'text {i}']\n"
                              for i in range(500)))
    p.write("main.py", "import made, big\nprint(made.value()[0], big.f7(1))\n")
    for title in ("cold", "again"):
        got = limited(size, [p.path("main.py")], p)
        check(got == (0, "1 8\n", ""), f"files of at most {size} bytes, {title}: {got}")
    no_rest(p, f"files of at most {size} bytes")
    got = limited(size, ["cache", "warm", p.folder], p)
    check(got[0] in (0, 1), f"warm with files of at most {size} bytes: {got}")
    no_rest(p, f"warm, {size}")
    got = limited(size, ["cache", "bake", p.folder], p)
    check(got[0] == (0 if size >= 100000 else 2), f"bake with files of at most {size} bytes: {got}")
    check(not [n for n in os.listdir(p.folder) if ".tmp" in n], f"bake, {size}: no temporary file stays")

# ---- a program that has the signal end it is not ended by the cache
p = Place()
p.made(1)
p.write(
    "main.py",
    "import signal\nsignal.signal(signal.SIGXFSZ, signal.SIG_DFL)\nimport made\nprint(made.value()[0])\n")
got = limited(600, [p.path("main.py")], p)
check(got == (0, "1\n", ""), f"SIGXFSZ set to end the program: {got}")

# ---- a real full disk: where a file system of 64 KB can be mounted (as root, or as root of a user namespace)
p = Place()
p.made(1)
p.write("big.py", "".join(f"def f{i}(x):\n    return x + {i} if x else [x, {i}, 'text {i}']\n"
                          for i in range(2000)))
p.write("main.py", "import made, big\nprint(made.value()[0], big.f7(1))\n")
os.mkdir(p.path("disk"))
script = ('mount -t tmpfs -o size=64k,mode=700 tmpfs "$1" || exit 77\n'
          'export KRAIT_CACHE_DIR="$1/kept"\n'
          'for i in 1 2 3; do "$2" "$3" || exit 1; done\n'
          'find "$1" -name "tmp-*" | grep . && exit 2\n'
          '"$2" cache verify | grep ", 0 damaged" || exit 3\n'
          '"$2" cache warm "$4"; [ $? = 1 ] || exit 4\n'
          'find "$1" -name "tmp-*" | grep . && exit 5\n'
          'exit 0\n')
for prefix in (["unshare", "-m"], ["unshare", "-rm"]):
    try:
        done = subprocess.run(prefix + ["sh", "-c", script, "sh", p.path("disk"), KRAIT,
                                        p.path("main.py"), p.folder], capture_output=True,
                              text=True, env=clean_environment("/proc/nowhere"), timeout=60)
    except OSError:
        continue
    if done.returncode == 77 or "unshare" in done.stderr:
        continue
    check(done.returncode == 0 and done.stdout.startswith("1 8\n1 8\n1 8\n"),
          f"a full disk: {done.returncode} {done.stdout} {done.stderr}")
    break
finish()
