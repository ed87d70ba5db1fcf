"""Runs `krait profile report …` under the interpreter under test and under the reference, from
src/library."""
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
LIBRARY = os.path.join(os.path.dirname(os.path.dirname(HERE)), "src/library")
KRAIT = os.environ.get("KRAIT") or os.path.join(HERE, "../../build/krait")
REFERENCE = "/usr/bin/python3.11"
sys.path.insert(0, LIBRARY)
failures = []
FOLDER = tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR"))


def path(name):
    return os.path.join(FOLDER.name, name)


def recording(name, data):
    with open(path(name), "wb") as f:
        f.write(data)
    return path(name)


def run(*arguments, program=KRAIT, env=None, stdout=subprocess.PIPE):
    """(status, output, errors) of krait profile …"""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON") and k != "NO_COLOR"}
    environment.update(PYTHONPATH=LIBRARY, KRAIT_LIBRARY=LIBRARY, **(env or {}))
    done = subprocess.run([program, "-m", "krait.profile", *arguments], stdout=stdout, stderr=subprocess.PIPE,
                          env=environment,
                          cwd=FOLDER.name, timeout=120)
    return done.returncode, done.stdout, done.stderr.decode("utf-8", "replace")


def both(*arguments, env=None):
    """The same of both interpreters; that of Krait"""
    got, want = run(*arguments, env=env), run(*arguments, program=REFERENCE, env=env)
    expect(got == want, f"{arguments}: Krait and the reference write the same", got, want)
    return got


def expect(condition, text, *what):
    if not condition:
        failures.append(text)
        print("not so:", text, *(repr(w)[-600:] for w in what), sep="\n   ")
    return condition


def finish():
    sys.exit(1 if failures else 0)
