"""krait bench as a command: its statuses, what it does with runs that end badly or differ, or with Ctrl-C."""
import os
import signal
import tempfile
import time

from _bench import FEW, KRAIT, REFERENCE, SIDES, STEADY, bench, here, load, measured, start
from krait.bench import interpreters

FAKE = """#!/bin/sh
case "$1" in
  -VV) echo "Python 3.11.2 (Krait 0.1.0, {build} build)";;
  *) exec {program} "$@";;
esac
"""


def usage():
    for words, message in (
            ([], "nothing to measure"), (["--nonsense"], "nonsense"),
            (["no-such.py"], "no program no-such.py"),
            (["-c", "1", "--metric", "vm"], "krait profile"), (["-c", "1", "--pin", "100000"], "--pin"),
            (["-c", "1", "-a", "/no/such/python"], "cannot run /no/such/python"),
            (["-c", "1", "-r", "0"], "invalid"),
            (["-c", "1", "-a", "/bin/echo"], "no Python interpreter"),
            (["--cmd", "true", "--inner", "3"], "--inner"),
            (["-c", "1", "-n", "a", "-n", "b"], "2 names"), (["gate", "a", "b", "c"], "one file or two")):
        status, said = here(*words)
        assert status == 2 and message in said, (words, status, said)
    status, said = bench("--help", by=KRAIT)
    assert status == 0 and "--check-output" in said, said


def bad_runs(folder):
    """A failure or another output is a row, and status 1; there is no time of it."""
    status, said, made = measured(folder, "-c", "import sys; print(sys.implementation.name)", *SIDES, *FEW)
    assert status == 1 and "output differs: krait 'krait', python3.11 'cpython'" in said, said
    assert made["targets"][0]["results"] == [] and made["targets"][0]["sides"][1]["runs"] == []
    lines = "import sys; print(*sorted('ab', reverse=sys.implementation.name == 'krait'), sep='\\n')"
    status, said, made = measured(folder, "-c", lines, *SIDES, *FEW, "--check-output", "sorted")
    assert status in STEADY and len(made["targets"][0]["results"]) == 1, said
    words = ["-c", "import sys; print(sys.implementation)", *SIDES, *FEW, "--check-output", "none"]
    assert bench(*words)[0] in STEADY
    for code, message in (("import os; os.kill(os.getpid(), 11)", "died of SIGSEGV"),
                          ("import sys; sys.exit('so it is')", "exit status 1: so it is"),
                          ("import os; os._exit(3)", "exit status 3"),
                          ("1/0", "exit status 1: ZeroDivisionError")):
        status, said, made = measured(folder, "-c", code, *SIDES, *FEW, "-w", "0", "-c", "pass")
        assert status == 1 and "FAILED: " + message in said, said
        assert len(made["targets"][1]["results"]) == 1, "the others are measured all the same"
    assert bench("-c", "import sys; sys.exit(3)", *SIDES, *FEW, "-i")[0] in STEADY


def hang(folder):
    began = time.monotonic()
    few = [*FEW, "--timeout", "0.2"]
    status, said, made = measured(folder, "-c", "import time; time.sleep(30)", *SIDES, *few)
    assert status == 1 and "no end after 0.2 s" in said and time.monotonic() - began < 15, said
    status, said, made = measured(folder, "--cmd", "sh -c 'sleep 30 & sleep 30'", *few)
    assert status == 1 and time.monotonic() - began < 20, said


def interrupted(folder):
    for by in (REFERENCE, KRAIT):
        path = os.path.join(folder, "interrupted.json")
        process = start("-c", "import time; time.sleep(0.03)", *SIDES, "-r", "4000", "--no-collections",
                        "--export-json", path, by=by)
        until = time.monotonic() + 20
        while time.monotonic() < until and not (os.path.exists(path) and load(path)["rounds"] >= 3):
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=20)
        made = load(path)
        assert process.returncode == 130 and made["interrupted"] is True and "interrupted" in said, said
        ours, theirs = (side["runs"] for side in made["targets"][0]["sides"])
        assert len(ours) == len(theirs) >= 3 and made["targets"][0]["results"][0]["rounds"] == len(ours)
        os.unlink(path)


def which_interpreters(folder):
    there = os.path.join(folder, "there")
    os.mkdir(there)
    for name, target in (("python3", REFERENCE), ("python3.11", REFERENCE), ("krait", KRAIT),
                         ("python4", REFERENCE)):
        os.symlink(target, os.path.join(there, name))
    kept, interpreters.PLAIN["PATH"] = interpreters.PLAIN.get("PATH", ""), there
    try:
        mine, *others = interpreters.choose(KRAIT, ["all"])
        assert mine.kind == "krait" and [it.kind for it in others] == ["cpython"], "each program once"
        mine, other = interpreters.choose(REFERENCE, None)
        assert other.kind == "krait"
        assert len(interpreters.choose(KRAIT, ["none"])) == 1
        same = interpreters.choose(KRAIT, [KRAIT])
        assert len({it.label for it in same}) == 2
    finally:
        interpreters.PLAIN["PATH"] = kept
    for build, status in (("Debug", 2), ("Release", 0)):
        fake = os.path.join(folder, "fake-" + build)
        with open(fake, "w") as file:
            file.write(FAKE.format(build=build, program=KRAIT))
        os.chmod(fake, 0o755)
        ended, said = bench("-c", "pass", "--python", fake, "-a", "none", *FEW)
        assert ended in (STEADY if status == 0 else [status]), said
        assert ("not a plain" in said) == (status == 2), said


def main():
    usage()
    with tempfile.TemporaryDirectory() as folder:
        for check in (bad_runs, hang, interrupted, which_interpreters):
            check(folder)


if __name__ == "__main__":
    main()
