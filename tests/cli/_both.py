"""Run the same command line under Krait and the reference, and compare status, output and errors."""
import os
import subprocess
import sys
import tempfile

KRAIT = os.environ.get("KRAIT") or os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                                "../../build/krait")
REFERENCE = "/usr/bin/python3.11"
failures = []
# What is known not to hold yet, one case a line as it is printed: shown at every run, counted by nobody.
# Shrink it.
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "known.txt")) as f:
    KNOWN = set(f.read().splitlines())


def run(program, arguments, stdin="", env=None, cwd=None, timeout=60):
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    environment.update(env or {})
    done = subprocess.run([program] + arguments,
                          input=stdin.encode() if isinstance(stdin, str) else stdin, capture_output=True,
                          env=environment, cwd=cwd, timeout=timeout)
    return done.returncode, done.stdout.decode("utf-8", "backslashreplace"), done.stderr.decode("utf-8",
            "backslashreplace")


def same(arguments, stdin="", env=None, cwd=None, edit=lambda text: text, timeout=60):
    """Both must end with the same status, output and error text, after `edit` of each text."""
    got = run(KRAIT, arguments, stdin, env, cwd, timeout)
    want = run(REFERENCE, arguments, stdin, env, cwd, timeout)
    got, want = [(s, edit(o), edit(e)) for s, o, e in (got, want)]
    if got != want:
        failures.append(arguments)
        print(f"{arguments} (stdin {stdin[:60]!r}, {env}):")
        for name, g, w in zip(("status", "stdout", "stderr"), got, want):
            if g != w:
                print(
                    f"  {name}: expected {str(w)[-600:]!r}\n  {' ' * len(name)}  got      "
                    f"{str(g)[-600:]!r}")


def expect(condition, text):
    if not condition:
        failures.append(text)
        print("not so: " + text)


def finish():
    fresh = [case for case in map(str, failures) if case not in KNOWN
             and not any(case.startswith(k) for k in KNOWN if k)]
    sys.exit(1 if fresh else 0)


def folder():
    return tempfile.mkdtemp(dir=os.environ.get("TMPDIR"))
