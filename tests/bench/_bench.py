"""For the tests beside it: krait bench as a command, and where its package is."""
import contextlib
import io
import json
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LIBRARY = os.path.join(ROOT, "src", "library")
KRAIT = os.path.abspath(os.environ.get("KRAIT") or os.path.join(ROOT, "build", "krait"))
REFERENCE = "/usr/bin/python3.11"
SIDES = ["--python", KRAIT, "-a", REFERENCE]
FEW = ["-r", "2", "--no-collections"]
STEADY = (0, 4)  # that the machine was not steady is no fault of the program

sys.dont_write_bytecode = True
sys.path.insert(0, LIBRARY)
ENVIRONMENT = dict(os.environ, PYTHONPATH=LIBRARY, PYTHONDONTWRITEBYTECODE="1")


def start(*arguments, by=REFERENCE, **more):
    return subprocess.Popen([by, "-m", "krait.bench", *arguments], env=ENVIRONMENT, stdin=subprocess.DEVNULL,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **more)


def bench(*arguments, by=REFERENCE, **more):
    """(status, what it said)"""
    process = start(*arguments, by=by, **more)
    said, _ = process.communicate(timeout=120)
    return process.returncode, said


def here(*arguments):
    """The same, without a process of its own."""
    from krait.bench.__main__ import main
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        status = main(arguments)
    return status, said.getvalue()


def measured(folder, *arguments, by=REFERENCE):
    """(status, what it said, the document)"""
    path = os.path.join(folder, "out.json")
    if os.path.exists(path):
        os.unlink(path)
    status, said = bench(*arguments, "--export-json", path, by=by)
    assert os.path.exists(path), said
    return status, said, load(path)


def load(path):
    with open(path) as file:
        return json.load(file)


def save(path, made):
    with open(path, "w") as file:
        json.dump(made, file)
    return path


def under_both(main):
    """Runs `main` here, and this file under Krait."""
    main()
    if sys.implementation.name != "krait":
        subprocess.run([KRAIT, sys.argv[0]], env=ENVIRONMENT, check=True)
