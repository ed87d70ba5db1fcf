"""krait --dump=KIND: every kind prints something of its own for a small program; an unknown kind is an
error.
"""
import os
import subprocess
import sys
import tempfile

PROGRAM = "def double(n):\n    return n + n\nprint(double(21))\n"
EXPECTED = {
    "tokens": "NAME",
    "ast": "FunctionDef",
    "symbols": "double",
    "bytecode": "RETURN",
    "image": "functions",
    "threaded": "double (",
    "ic": "LOAD_NAME",
    "heap": "collections"}


def dump(kind, path):
    return subprocess.run(
        [os.environ["KRAIT"], "--dump=" + kind, path], capture_output=True, text=True, timeout=60)


with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "program.py")
    with open(path, "w", encoding="utf-8") as f:
        f.write(PROGRAM)
    bad = []
    for kind, word in EXPECTED.items():
        done = dump(kind, path)
        if done.returncode != 0 or word not in done.stdout:
            bad.append(
                f"{kind}: status {done.returncode}, {word!r} not in {done.stdout[:200]!r} "
                f"{done.stderr[:200]!r}")
    if dump("nonsense", path).returncode != 2:
        bad.append("an unknown kind was accepted")
print("\n".join(bad))
sys.exit(1 if bad else 0)
