"""The locale at the start: PEP 538 and PEP 540, row by row as CPython has it."""
import os
import subprocess
import sys
import tempfile

KRAIT, REFERENCE = os.environ["KRAIT"], "/usr/bin/python3.11"
SHOW = """
import locale, os, subprocess, sys
print(sys.flags.utf8_mode, locale.getencoding(), locale.getlocale(), locale.getpreferredencoding())
with open(os.devnull) as f:
    print(locale.setlocale(locale.LC_CTYPE), os.environ.get('LC_CTYPE'), f.encoding)
for stream in (sys.stdin, sys.stdout, sys.stderr):
    print(stream.encoding, stream.errors)
out = subprocess.run(['printf', '\\\\303\\\\251'], capture_output=True, text=True).stdout
print(out.encode('unicode-escape'))
"""
ROWS = ["", "LC_ALL=C", "LC_ALL=POSIX", "LC_CTYPE=C", "LANG=C", "LANG=POSIX", "LC_ALL=C.UTF-8",
        "LANG=C.UTF-8", "LANG=xx_YY", "PYTHONUTF8=0", "PYTHONUTF8=1", "PYTHONCOERCECLOCALE=0",
        "PYTHONCOERCECLOCALE=warn",
        "PYTHONCOERCECLOCALE=warn LC_ALL=C", "PYTHONCOERCECLOCALE=warn LANG=C.UTF-8", "PYTHONDEVMODE=1",
        "PYTHONIOENCODING=latin-1", "PYTHONIOENCODING=:replace", "LC_ALL=C PYTHONIOENCODING=:replace",
        "PYTHONUTF8=1 PYTHONIOENCODING=utf-8", "LC_CTYPE=C LANG=C.UTF-8", "LC_ALL= LC_CTYPE=C"]
OPTIONS = [[], ["-X", "utf8"], ["-X", "utf8=0"], ["-X", "dev"], ["-I"], ["-E"]]
wrong = []


def run(program, options, env):
    done = subprocess.run([program, *options, "-c", SHOW], env=env, capture_output=True, timeout=60)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


with tempfile.TemporaryDirectory() as home:
    cases = [([], row) for row in ROWS] + [(options, "") for options in OPTIONS]
    cases += [(["-X", "utf8"], "LC_ALL=C"), (["-E"], "PYTHONUTF8=0")]
    for options, row in cases:
        env = dict(pair.split("=", 1) for pair in row.split())
        env.update(HOME=home, PATH=os.environ["PATH"])
        got = run(KRAIT, options, dict(env, KRAIT_SITE="0", KRAIT_CACHE_DIR=home))
        want = run(REFERENCE, options, env)
        if got != want:
            wrong.append(f"{options} {row}\n  krait:     {got}\n  reference: {want}")
print("\n".join(wrong))
sys.exit(1 if wrong else 0)
