"""A folder with a module and a cache of its own, and runs of Krait on it."""
import os
import subprocess
import sys
import tempfile

KRAIT = os.environ.get("KRAIT") or os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                                "../../build/krait")
failures = []


def surroundings():
    """The environment of a program whose start depends on nobody."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "KRAIT", "XDG"))}
    return clean | {"KRAIT_SITE": "0"}


class Place:
    def __init__(self):
        self.folder = tempfile.mkdtemp(dir=os.environ.get("TMPDIR"))
        self.cache = os.path.join(self.folder, "kept")
        self.write("main.py", "import made\nprint(made.value())\n")

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text, mtime=None):
        with open(self.path(name), "w") as f:
            f.write(text)
        if mtime is not None:
            os.utime(self.path(name), ns=(mtime, mtime))

    def made(self, value, mtime=None):
        self.write(
            "made.py",
            f'"""Doc."""\nNAMES = ["a", 1.5, 10 ** 20, b"x"]\n\n\ndef value(x={value}):\n    return [x] '
            f'+ NAMES\n\n\nclass K:\n'
            f"    def m(self):\n        return {value}\n",
            mtime)

    def run(self, *options, env=None, name="main.py"):
        environment = surroundings()
        environment.update(KRAIT_CACHE_DIR=self.cache, **(env or {}))
        done = subprocess.run([KRAIT, *options, self.path(name)], capture_output=True, text=True,
                              env=environment, timeout=60)
        return done.returncode, done.stdout, done.stderr

    def expect(self, value, title, *options, env=None):
        got = self.run(*options, env=env)
        want = (0, f"[{value}, 'a', 1.5, 100000000000000000000, b'x']\n", "")
        if got != want:
            failures.append(title)
            print(f"{title}: expected {want}, got {got}")

    def entries(self):
        return sorted(os.path.join(d, n) for d, _, names in os.walk(self.cache) for n in names if n != "key")


def check(condition, title):
    if not condition:
        failures.append(title)
        print("not so: " + title)


def finish():
    sys.exit(1 if failures else 0)
