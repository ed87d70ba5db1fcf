"""Out of memory is an exception: under limits of address space programs start, raise MemoryError, run
their handlers and end well.
"""
import os
import resource
import subprocess

from _both import KRAIT, REFERENCE, expect, finish, folder

d = folder()
MB = 1 << 20


def limited(program, text, megabytes, which=resource.RLIMIT_AS, timeout=120, flags=("-I",)):
    """(status, stdout, stderr) of a program under a limit."""
    path = os.path.join(d, "case.py")
    with open(path, "w") as f:
        f.write(text)
    size = int(megabytes * MB)
    done = subprocess.run([program, *flags, path], capture_output=True, text=True, timeout=timeout, cwd=d,
                          preexec_fn=lambda: resource.setrlimit(which, (size, size)))
    return done.returncode, done.stdout, done.stderr


# ---- it starts with 14 MB and every larger limit, as CPython does, and says why where it does not
# (big libraries are opened when a module needs them: perf-notes/0061). -I reads the .pth files of the
# machine, too; one of setuptools' imports importlib, which CPython has in its image, and which the first
# start compiles: 20 then.
START, START_WITH_PTH = 14, 20
for megabytes in [
        14, 15, 16, 20, 24, 32, 48, 64, 100, 150, 200, 300, 500, 700, 1000, 1400, 1800, 2000, 2400, 2600,
        2800, 3200, 4000, 4400, 4600, 4800, 6000, 8000, 12000, 16000, 17000, 17500, 20000, 24000, 32000]:
    for which in (resource.RLIMIT_AS, resource.RLIMIT_DATA):
        flags = ("-I", "-S") if megabytes < START_WITH_PTH else ("-I",)
        got = limited(KRAIT, "print('ok')\n", megabytes, which, flags=flags)
        expect(got == (0, "ok\n", ""), f"start with {megabytes} MB, limit {which}: {got}")
for megabytes in range(9, 201):
    size = megabytes * MB
    done = subprocess.run([KRAIT, "-c", "print(1)"], capture_output=True, text=True, timeout=120,
                          preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (size, size)))
    got = done.returncode, done.stdout, done.stderr
    refused = done.returncode > 0 and done.stderr.count("\n") == 1
    unloaded = megabytes < 13 and done.returncode < 0 and not done.stdout  # by the system, before it runs
    expect(got == (0, "1\n", "") or (megabytes < START and (refused or unloaded)),
           f"-c with {megabytes} MB: {got}")
for megabytes in (1, 2, 4, 6, 8, 10, 12):
    status, out, err = limited(KRAIT, "print('ok')\n", megabytes)
    expect((status, out) == (0, "ok\n") or (status > 0 and err.count("\n") == 1) or (status != 0 and not out),
           f"no start with {megabytes} MB: {status} {out!r} {err!r}")

# ---- small objects: handlers, finally and files
FOREVER = """
import sys
f = open("written.txt", "w")
L = []
try:
    try:
        while True: %s
    finally:
        f.write("finally ran\\n")
except MemoryError:
    f.write("caught\\n")
    L.clear()
    L = [0] * 10000
    print("went on", len(L))
f.write("end\\n")
"""
UNCAUGHT = """
f = open("written.txt", "w")
L = []
try:
    while True: %s
finally:
    f.write("finally ran\\n")
"""
GROWTHS = [
    "L.append([1, 2, 3])", "L.append({})", "L.append((len(L),))", "L.append(object())",
    "L.append(str(len(L)))", "L = [L]", "L.append(b'%d' % len(L))", "L.append(lambda: 0)",
    "L.append(1.5 * len(L))", "L.append(2 ** 70 + len(L))", "L.append('x' * 100000)",
    "L.append([0] * 5000)", "L.append({len(L): L})", "L.append(type('T', (), {}))",
    "L.extend(map(str, range(100)))", "L.append(iter(L))", "L.append(set(range(9)))"]
for growth in GROWTHS:
    if growth == "L = [L]":
        continue  # CPython itself overflows its C stack when such a list dies
    for megabytes in (32, 100):
        path = os.path.join(d, "written.txt")
        status, out, err = limited(KRAIT, FOREVER % growth, megabytes)
        with open(path) as f:
            written = f.read()
        expect(status == 0 and out == "went on 10000\n" and written == "finally ran\ncaught\nend\n",
               f"{growth} with {megabytes} MB: {status} {out!r} {err[-300:]!r} {written!r}")
        status, out, err = limited(KRAIT, UNCAUGHT % growth, megabytes)
        with open(path) as f:
            written = f.read()
        expect(
            status == 1 and err.endswith(
                "MemoryError\n") and err.startswith("Traceback") and written == "finally ran\n",
            f"{growth} uncaught with {megabytes} MB: {status} {err[-300:]!r} {written!r}")

# ---- loops in C that ask for nothing large
LOOPS = [
    "list(map(str, itertools.count(10**6)))", "set(map(str, itertools.count(10**6)))",
    "tuple(map(float, itertools.count()))", "dict.fromkeys(map(str, itertools.count()))",
    "collections.deque(map(str, itertools.count(10**6)))", "[*zip(itertools.count(), itertools.count(5))]",
    "sorted(map(str, itertools.count()))",
    "max(map(lambda n: L.append([n]), itertools.count()), key=lambda n: 0)",
    "b''.join(map(bytes, itertools.repeat(1000)))", "''.join(map(str, itertools.count()))",
    "list(itertools.product(range(10**4), repeat=3))", "list(enumerate(itertools.count()))",
    "collections.Counter(map(str, itertools.count()))", "list(itertools.permutations(range(12)))",
    "('ab ' * 10**7).split()", "(b'ab ' * 10**7).split()", "re.findall('..', 'abc ' * 10**7)",
    "re.split(' ', 'abc ' * 10**7)", "json.loads('[' + '[],' * 10**7 + '0]')",
    "pickle.loads(b'(' + b'](K\\x01e' * 10**7 + b'l.')", "('abc\\n' * 10**7).splitlines()",
    "eval('[' + '[],' * 10**6 + ']')", "list(csv.reader(['a,b,c'] * 10**7))", "'%1000000000d' % 0",
    "'\\t'.expandtabs(2**31 - 1)", "repr(L * 10**8)", "json.dumps(['x' * 10**6] * 1000)",
    "re.sub('x', 'y' * 1000, 'x' * 10**6)", "'x'.center(10**9)", "'x'.zfill(10**9)", "'x' * 10**9",
    "b'x' * 10**9", "bytearray(10**9)", "[0] * 10**9", "(0,) * 10**9", "str(10 ** 4000) * 10**6",
    "format(0, '1000000000')", "f'{0:1000000000}'", "b'%1000000000d' % 0", "1 << 10**10", "10 ** 10**9",
    "math.factorial(10**8)", "'x'.join(['y' * 10**6] * 1000)", "b'x'.join([b'y' * 10**6] * 1000)",
    "'{:>1000000000}'.format(0)", "bytes(10**9)", "range(10**9)[::-1] and list(range(10**9))",
    "array.array('q', range(10**9))", "io.StringIO().write('x' * 10**9)",
    "io.BytesIO().write(bytes(10**9))", "('x' * 10**8).encode('utf-32')",
    "('x' * 10**8).replace('x', 'yyyy')", "str(b'x' * 10**8, 'latin-1').upper()[::-1] * 4",
    "compile('x = 1\\n' * 10**7, 'f', 'exec')", "struct.pack('1000000000s', b'')"]
for loop in LOOPS:
    text = f"""
import array, collections, csv, io, itertools, json, math, pickle, re, struct
L = [1]
try:
    {loop}
except MemoryError:
    print("MemoryError")
except OverflowError as e:
    print("OverflowError")
print("end")
"""
    status, out, err = limited(KRAIT, text, 200)
    expect(
        status == 0 and out in ("MemoryError\nend\n", "OverflowError\nend\n"),
        f"{loop}: {status} {out!r} {err[-400:]!r}")

# ---- a limit that the program sets itself, threads without stacks, and how far a program gets
got = limited(KRAIT, """
import resource
resource.setrlimit(resource.RLIMIT_AS, (150 << 20, 150 << 20))
def fill():
    L = []
    try:
        while True: L.append([1, 2, 3])
    except MemoryError:
        return len(L)
n = fill()
fill()
print(n > 500000, len(str([0] * 500000)))
""", 100000)
expect(got == (0, "True 1500000\n", ""), f"a limit set later: {got}")
got = limited(KRAIT, """
import threading
started = []
event = threading.Event()
try:
    for i in range(10000):
        t = threading.Thread(target=event.wait)
        t.start()
        started.append(t)
except RuntimeError as e:
    print(e)
event.set()
for t in started: t.join()
print(len(started) > 5)
""", 250)
expect(got == (0, "can't start new thread\nTrue\n", ""), f"threads: {got}")
HOW_FAR = (
    "L = []\ntry:\n  while True: L.append([len(L)])\nexcept MemoryError:\n  n = len(L)\n  L.clear()\n  "
    "print(n)\n")
for megabytes in (64, 500):
    mine, reference = [int(limited(program, HOW_FAR, megabytes)[1] or 0) for program in (KRAIT, REFERENCE)]
    expect(mine > 0.7 * reference, f"with {megabytes} MB: {mine} lists, the reference {reference}")
finish()
