"""The large pure packages that every Debian machine with venv has: the wheels of pip (with requests,
urllib3, rich, pygments, packaging, tomli and twenty more inside) and of setuptools. Under Krait each of
their modules must be importable, or fail, as under the reference; and real work of pip's packages must
print the same.
"""
import concurrent.futures
import difflib
import glob
import os
import re
import subprocess
import sys

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data")
KRAIT, REFERENCE = os.environ["KRAIT"], "/usr/bin/python3.11"
WHEELS = sorted(glob.glob("/usr/share/python-wheels/*.whl"))


def output(program, script, wheels):
    clean = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    done = subprocess.run(
        [program, "-S", "-B", os.path.join(DATA, script), *wheels],
        env={**clean, "PYTHONHASHSEED": "0"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        timeout=240,
    )
    return re.sub(r"0x[0-9a-f]+", "0xH", done.stdout).splitlines() + [f"status {done.returncode}"]


pip = [wheel for wheel in WHEELS if os.path.basename(wheel).startswith("pip-")]
if len(pip) != 1 or len(WHEELS) < 2:
    sys.exit(f"/usr/share/python-wheels holds {WHEELS}: install python3-pip-whl and python3-setuptools-whl")
runs = [("wheel_modules.py", WHEELS), ("wheel_jobs.py", pip)]
with concurrent.futures.ThreadPoolExecutor(2) as pool:
    got = [[pool.submit(output, program, *run) for run in runs] for program in (REFERENCE, KRAIT)]
wanted, got = [[each.result() for each in half] for half in got]
if len(wanted[0]) < 500 or wanted[1][-1] != "status 0":
    sys.exit("\n".join(["the reference itself:", *wanted[0][-3:], *wanted[1][-9:]]))
for (script, _), want, have in zip(runs, wanted, got):
    for line in list(difflib.unified_diff(want, have, "reference", "krait", lineterm="", n=0))[:40]:
        print(script, line[:300])
sys.exit(wanted != got)
