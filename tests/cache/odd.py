"""Anything but a regular file in the place of an entry, a pack or the folder is as nothing: no waiting, no
error. Scripts may be pipes.
"""
import os
import shutil
import socket
import subprocess
import threading

from _krait import KRAIT, Place, check, finish, surroundings

LIMIT = 20


def make_fifo(path):
    os.mkfifo(path)


def make_socket(path):
    here = os.getcwd()
    os.chdir(os.path.dirname(path))  # names of sockets are short
    try:
        with socket.socket(socket.AF_UNIX) as s:
            s.bind(os.path.basename(path))
    finally:
        os.chdir(here)


def link_to(target):
    return lambda path: os.symlink(target, path)


ODD = {"a pipe": make_fifo, "a folder": os.mkdir, "a socket": make_socket,
       "a link to a terminal": link_to("/dev/tty"), "a link to nothing": link_to("/nowhere/at/all"),
       "a link to endless zeros": link_to("/dev/zero"),
       "a link to itself": lambda path: os.symlink(os.path.basename(path), path)}


def remove(path):
    if os.path.isdir(path) and not os.path.islink(path):
        shutil.rmtree(path)
    else:
        os.remove(path)


# ---- entries
p = Place()
p.made(1)
p.expect(1, "cold")
entries = p.entries()
for title, make in ODD.items():
    for entry in entries:
        os.remove(entry)
        make(entry)
    p.expect(1, f"{title} in the place of every entry")
    p.expect(1, f"{title} in the place of every entry, without writing", "-B")
    for command in ("stats", "verify", "prune"):
        done = subprocess.run([KRAIT, "cache", command], capture_output=True, text=True,
                              env=dict(os.environ, KRAIT_CACHE_DIR=p.cache), timeout=LIMIT)
        check(done.returncode in (0, 1) and not done.stderr, f"{title}: cache {command}: {done}")
    for entry in p.entries() + entries:
        if os.path.lexists(entry):
            remove(entry)
    p.expect(1, "cold again")
# a link to a sound entry is not one
elsewhere = p.path("elsewhere")
os.rename(entries[0], elsewhere)
os.symlink(elsewhere, entries[0])
before = os.stat(elsewhere).st_mtime_ns
p.expect(1, "a link to a sound entry")

# ---- the folder
for title, make in ODD.items():
    if title == "a folder":
        continue
    place = Place()
    place.made(1)
    make(place.cache)
    place.expect(1, f"{title} in the folder's place")
    place.expect(1, f"{title} in the folder's place, again")

# ---- the pack
for title, make in ODD.items():
    pack = p.path("pack")
    make(pack)
    p.expect(1, f"{title} as the pack", env={"KRAIT_PACK": pack})
    remove(pack)
p.expect(1, "a terminal as the pack", env={"KRAIT_PACK": "/dev/tty"})
subprocess.run([KRAIT, "cache", "bake", p.folder], capture_output=True, timeout=LIMIT, check=True)
os.symlink(p.path(".krait-pack"), p.path("pack"))
status, out, err = p.run("-X", "importtime", env={"KRAIT_PACK": p.path("pack")})
check(status == 0 and "in the pack" not in err, "a link to a sound pack is not one")

# ---- scripts that are pipes: run once, kept nowhere
p = Place()
environment = surroundings()


def piped(arguments, text, mode, **how):
    for cache_mode in ("checked", "hash", "unchecked", "off"):
        done = subprocess.run([KRAIT] + arguments, input=text, capture_output=True, text=True, timeout=LIMIT,
                              env=dict(environment, KRAIT_CACHE_DIR=p.cache, KRAIT_CACHE=cache_mode), **how)
        yield cache_mode, (done.returncode, done.stdout, done.stderr)


for i in range(3):
    for name in ("/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"):
        for mode, got in piped([name], f"print({i}, __name__)\n", "checked"):
            check(got == (0, f"{i} __main__\n", ""), f"{name}, {mode}: {got}")
for mode, got in piped(["/dev/null"], "", "checked"):
    check(got == (0, "", ""), f"/dev/null, {mode}: {got}")
fifo = p.path("fifo.py")
os.mkfifo(fifo)


def feed(text):
    with open(fifo, "w") as f:
        f.write(text)


for text, want in [("print(7)\n", (0, "7\n", "")),
                   ("x = '" + "a" * 200000 + "'\nprint(len(x))\n", (0, "200000\n", "")), ("", (0, "", ""))]:
    for _ in range(2):
        thread = threading.Thread(target=feed, args=(text,), daemon=True)
        thread.start()
        try:
            done = subprocess.run([KRAIT, fifo], capture_output=True, text=True, timeout=LIMIT,
                                  env=dict(environment, KRAIT_CACHE_DIR=p.cache))
            check((done.returncode, done.stdout, done.stderr) == want, f"a named pipe as the script: {done}")
        except subprocess.TimeoutExpired:
            check(False, "a named pipe as the script: no end")
        thread.join(LIMIT)
# its lines cannot be read again: tracebacks and syntax errors go without them
for text, word in [("def f():\n    1 / 0\nf()\n", "ZeroDivisionError"),
                   ("x = 1\ny = (\n", "SyntaxError"), ("x = 1\nreturn 5\n", "SyntaxError"),
                   ("x = 1\n\tprint(2)\n", "IndentationError")]:
    thread = threading.Thread(target=feed, args=(text,), daemon=True)
    thread.start()
    try:
        done = subprocess.run([KRAIT, fifo], capture_output=True, text=True, timeout=LIMIT,
                              env=dict(environment, KRAIT_CACHE_DIR=p.cache))
        check(done.returncode == 1 and word in done.stderr, f"a fault in a named pipe: {done}")
    except subprocess.TimeoutExpired:
        check(False, f"a fault in a named pipe: no end ({word})")
    thread.join(LIMIT)
check(not p.entries(), f"nothing of a pipe is kept: {p.entries()}")

# ---- modules that are no regular files are not found
for title, make in ODD.items():
    path = p.path("oddly.py")
    make(path)
    for hooks in (
            "",
            "import sys; sys.path_hooks[:] = sys.path_hooks[:]; sys.meta_path.append(None); "
            "sys.meta_path.pop(); "):
        done = subprocess.run([KRAIT, "-c", hooks + "import oddly"], capture_output=True, text=True,
                              timeout=LIMIT, cwd=p.folder, env=environment)
        check("ModuleNotFoundError" in done.stderr, f"{title} as a module: {done}")
    remove(path)

# ---- sources that are not what stat says
sparse = p.path("sparse.py")
with open(sparse, "wb") as f:
    f.truncate(1 << 42)
for code in ([sparse], ["-c", "import sparse"], ["-c", "compile(open('sparse.py').read(10), 'x', 'exec')"]):
    done = subprocess.run([KRAIT] + code, capture_output=True, text=True, timeout=LIMIT, cwd=p.folder,
                          env=environment)
    check(done.returncode == 1 and ("MemoryError" in done.stderr or "null bytes" in done.stderr),
          f"a sparse source of 4 TB: {done.returncode} {done.stderr[-300:]}")
grown = p.path("grown.py")
stop = threading.Event()


def keep_changing():
    for i in range(10**9):
        if stop.is_set():
            return
        with open(grown, "w" if i % 3 else "a") as f:
            f.write("x = 1\n" * (i % 50 * 400))


thread = threading.Thread(target=keep_changing, daemon=True)
thread.start()
p.cache = p.path("kept-of-changing")
p.write("uses.py", "import grown\nprint('fine')\n")
for i in range(60):
    status, out, err = p.run(name="uses.py")
    check((status == 0 and out == "fine\n") or "SyntaxError" in err or "NameError" in err,
          f"a source that changes while it is read: {status} {err[-300:]}")
stop.set()
thread.join()
with open(grown, "w") as f:
    f.write("x = 2\n")
p.write("uses.py", "import grown\nprint(grown.x)\n")
check(p.run(name="uses.py")[1] == "2\n", "and what it is at last counts")
finish()
