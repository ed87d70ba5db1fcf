"""An entry that is cut, overwritten or replaced while a program runs from it: the program goes on with the
code it has read.
"""
import os
import subprocess

from _krait import KRAIT, Place, check, finish, surroundings

p = Place()
FUNCTIONS = 1500
p.write("large.py", "".join(f"def f{i}(x):\n    return [x + {i}, 'text {i}', {i}.5]\n"
        for i in range(FUNCTIONS)), 10**18)
p.write("during.py", f"""import glob, os, sys
import large
kept = os.path.join(os.environ['KRAIT_CACHE_DIR'], '*')
for name in glob.glob(kept):
    size = os.path.getsize(name)
    how = sys.argv[1]
    if how == 'cut': os.truncate(name, int(sys.argv[2]))
    elif how == 'filled':
        with open(name, 'r+b') as f: f.write(bytes([int(sys.argv[2])]) * size)
    elif how == 'removed': os.remove(name)
print(sum(getattr(large, f'f{{i}}')(1)[0] for i in range({FUNCTIONS})))
import importlib
importlib.reload(large)
print(large.f7(1))
""")
want = (0, f"{sum(i + 1 for i in range(FUNCTIONS))}\n[8, 'text 7', 7.5]\n", "")
for arguments in (("none",), ("cut", "0"), ("cut", "4096"), ("cut", "70000"), ("filled", "0"), ("filled",
        "255"), ("removed",)):
    environment = surroundings()
    environment["KRAIT_CACHE_DIR"] = p.cache
    for _ in range(2):  # the entries are sound; then they are changed under the running program
        done = subprocess.run([KRAIT, p.path("during.py"), *(arguments if _ else ("none",))],
                capture_output=True, text=True, env=environment, timeout=60)
        check((done.returncode, done.stdout, done.stderr) == want,
                f"{arguments}: {done.returncode} {done.stdout[-200:]} {done.stderr[-300:]}")
check(max(map(os.path.getsize, p.entries()), default=0) > 1 << 16, "the entry is a large one")
finish()
