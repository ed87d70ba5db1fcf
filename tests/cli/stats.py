"""--stats and KRAIT_STATS_FD: what a run has cost, told at its end; its status and output are its own."""
import json
import os
import re
import subprocess

from _both import KRAIT, expect, finish, run

PROGRAM = "import gc, sys; gc.collect(); x = [[i] for i in range(10**6)]; print('out'); sys.exit(3)"
status, out, err = run(KRAIT, ["--stats", "-c", PROGRAM])
expect((status, out) == (3, "out\n"), f"{status} {out}")
lines = dict(line.split(maxsplit=1) for line in err.splitlines())
expect(list(lines) == ["time", "memory", "heap", "collector", "modules"], err)
peak, faults = re.match(r"([\d.]+) MB at the peak; (\d+) page faults", lines["memory"]).groups()
expect(30 < float(peak) < 300 and int(faults) > 1000, err)
found = re.match(r"(\d+) full, (\d+) minor collections, [\d.]+ ms in all", lines["collector"])
full, minor = map(int, found.groups())
expect(full >= 1 and minor >= 3, err)
expect(float(re.match(r"([\d.]+) s user", lines["time"])[1]) < 30, err)


def told(value):
    reader, writer = os.pipe()
    environment = {**os.environ, "KRAIT_STATS_FD": value.format(writer)}
    done = subprocess.run([KRAIT, "-c", PROGRAM], env=environment, pass_fds=[writer], capture_output=True)
    os.close(writer)
    with os.fdopen(reader) as f:
        return done.returncode, done.stdout, done.stderr, f.read()


status, out, err, text = told("{}")
expect((status, out, err) == (3, b"out\n", b""), f"{status} {out} {err}")
stats = json.loads(text)
expect(stats["full_collections"] >= 1 and 0 < stats["gc_longest"] <= stats["gc_seconds"] < 10, text)
expect(stats["user"] + stats["system"] > 0 and stats["wall"] < 60 and stats["modules"] > 5, text)
for wrong in "{}x", "-1", "x", "999999999999", "1048577":
    expect(told(wrong) == (3, b"out\n", b"", ""), f"KRAIT_STATS_FD={wrong}: {told(wrong)}")
status, out, err = run(KRAIT, ["-c", "pass"])
expect((status, out, err) == (0, "", ""), "nothing without being asked")
finish()
