"""Samples tell the truth: lines whose work is as 1 to 2 to 4 to 8 get such shares, in instructions, in C
functions that the loop calls, in built-ins and in calls; nothing is torn, and hardly any instruction is not
known."""
import os

from _recording import KRAIT, Recording, expect, failures, finish, folder, is_checked_build, run, write

STEPS = {
    "arithmetic": "a = (a * 7 + 3) & 1023",
    "floats": "x = x * 0.5 + 1.25",
    "big integers": "b = (b * 3) % big",
    "attributes": "o.n = o.n ^ 1",
    "items": "l[3] = l[2]; l[2] = l[1]",
    "texts": "s = t + t",
    "lists": "m = [a, x, o]",
    "built-in": "sum(numbers)",
    "calls": "f(a)",
    "classes": "O()",
    "sorting": "sorted(numbers, key=f)",
}
ROUNDS = {"built-in": 100, "sorting": 10, "classes": 5000, "calls": 10000}
HEAD = """
import time
class O:
    def __init__(self): self.n = 1
def f(x): return x
def loop():
    a, x, b, big, o, l, t, numbers = 1, 1.0, 3**70, 3**77, O(), [1, 2, 3, 4], "ab", list(range(1000))
    end = time.process_time() + SECONDS
    while time.process_time() < end:
        for i in range(ROUNDS):
"""
WEIGHTS = (1, 2, 4, 8)
checked = is_checked_build()
here = folder()


def program(step, rounds, seconds):
    """(text, {line: weight}) of a loop of lines with so many times the step"""
    head = HEAD.replace("ROUNDS", str(rounds)).replace("SECONDS", str(seconds))
    lines = ["            " + "; ".join([step] * weight) for weight in WEIGHTS]
    first = head.count("\n") + 1
    return head + "\n".join(lines) + "\nloop()\n", {first + i: w for i, w in enumerate(WEIGHTS)}


def measured(check, *arguments):
    """What times say may be disturbed by others who use the machine: what is wrong is wrong each time. A torn
    sample is a fault at once."""
    for attempt in range(4):
        before = len(failures)
        check(*arguments)
        if len(failures) == before or attempt == 3:
            return
        failures[before:] = [text for text in failures[before:] if text.endswith(" torn")]


def line_of_loop(frames):
    return next(line for name, line in frames if name == "loop")


def record(text, *arguments):
    script, path = write(os.path.join(here, "p.py"), text), os.path.join(here, "r.kprof")
    status, _, errors = run(["profile", "record", "-o", path, *arguments, script], here)
    expect(status == 0, errors[-300:])
    return Recording(path)


def lines_have_their_share(name, step, arguments=("-r", "5khz"), seconds=0.5):
    text, weights = program(step, ROUNDS.get(name, 3000), seconds)
    recording = record(text, *arguments)
    totals = recording.totals
    expect(totals["torn"] == 0, f"{name}: {totals['torn']} torn")
    expect(totals["lost"] <= totals["samples"] / 50, f"{name}: {totals}")
    expect(totals["imprecise"] <= max(2, totals["samples"] * 0.01), f"{name}: {totals}")
    shares = recording.shares(line_of_loop,
                              lambda frames: any(f == "loop" and line in weights for f, line in frames))
    # what a sample of this size may be off by chance, and what a shared machine adds
    slack = 0.05 if totals["samples"] > 1000 else 0.08
    for line, weight in weights.items():
        got, wanted = shares.get(line, 0), weight / sum(WEIGHTS)
        expect(abs(got - wanted) < slack, f"{name}, {arguments}: {weight}/15 is {wanted:.3f}, not {got:.3f}")
    return recording


def built_ins_are_frames():
    recording = lines_have_their_share("built-in", STEPS["built-in"])
    inner = recording.shares(lambda frames: frames[0][0], lambda frames: dict(frames).get("loop", 0) > 12)
    expect(inner.get("sum", 0) > 0.9, f"sum: {inner}")
    recording = lines_have_their_share("sorting", STEPS["sorting"])
    chains = recording.shares(lambda frames: " ".join(n for n, _ in frames[:3]),
                              lambda frames: any(n == "f" for n, _ in frames))
    expect(chains.get("f sorted loop", 0) > 0.95, f"sorted: {chains}")


def activities_are_frames():
    recording = record("import gc, time\nl = [[i] for i in range(100000)]\nend = time.process_time() + 0.2\n"
                       "while time.process_time() < end: gc.collect()\n")
    leaves = recording.shares(lambda frames: frames[0][0], lambda frames: frames)
    expect(leaves.get("garbage collection", 0) > 0.7, f"collections: {leaves}")
    expect(recording.gcs and recording.totals["gc_count"] == len(recording.gcs), "pauses")
    expect(recording.frames(recording.gcs[-1][2])[0][0] == "collect", recording.frames(recording.gcs[-1][2]))
    recording = record("import time\nend = time.process_time() + 0.3\n"
                       "while time.process_time() < end: compile('a = b + 1\\n' * 2000, 'x', 'exec')\n")
    chains = recording.shares(lambda frames: " ".join(n for n, _ in frames[:2]), lambda frames: frames)
    expect(chains.get("compile compile", 0) > 0.5, f"compile: {chains}")


def waiting():
    text = ("import threading, time\ndef spin():\n    end = time.monotonic() + 0.4\n"
            "    while time.monotonic() < end: pass\n"
            "def wait(): time.sleep(0.4)\n"
            "all = [threading.Thread(target=f, name=f.__name__) for f in (spin, wait)]\n"
            "for t in all: t.start()\nfor t in all: t.join()\n")
    for mode, wanted in (("wall", True), ("cpu", False)):
        recording = record(text, "--mode", mode)
        sleeps = sum(s[3] for s in recording.samples if "wait" in dict(recording.frames(s[2]))) / 1e6
        spins = sum(s[3] for s in recording.samples if "spin" in dict(recording.frames(s[2]))) / 1e6
        expect(0.3 < sleeps < 0.6 if wanted else sleeps < 0.2, f"{mode}: slept {sleeps}")
        expect(spins > (0.3 if wanted else 0.02), f"{mode}: {spins}")
        if wanted:
            leaves = {recording.frames(s[2])[0][0] for s in recording.samples
                      if "wait" in dict(recording.frames(s[2]))}
            expect("blocked" in leaves, f"{mode}: {leaves}")


def options():
    text = "import time\nend = time.process_time() + 0.3\nwhile time.process_time() < end: pass\n"
    expect(record(text, "--no-source").files and
           not any(text for _, text in record(text, "--no-source").files.values()), "--no-source")
    recording = record(text)
    expect(text in [t for _, t in recording.files.values()], "the source is there")
    expect(recording.meta["mode"] == "cpu" and recording.rate == 1000, recording.meta)
    expect(max(s[0] for s in record(text, "-d", "0.1").samples) < 110_000_000, "-d")
    few, many = record(text, "-r", "100"), record(text, "--rate=2khz", "--native")
    for recording, rate in ((few, 100), (many, 2000)):
        ticks = recording.totals["wall"] / 1e9 * rate
        expect(len(recording.samples) <= ticks + 5, f"-r: {len(recording.samples)} of {ticks} ticks")
    expect(len(few.samples) < len(many.samples), "-r")


def much():
    """A recording of many segments, whose checksums hold."""
    text = ("def f(n): return f(n - 1) if n else 0\n"
            "for i in range(1500):\n    exec(f'def g{i}(x):\\n' + '    x += 1\\n' * 300 + f'g{i}(1)', {})\n"
            "    f(i % 300)\n")
    recording = record(text, "-r", "10khz")
    expect(recording.status == 0 and recording.size > 2_200_000, f"much: {recording.size}")


def names():
    expect(os.path.exists(KRAIT), KRAIT)
    for arguments, name in ((["-X", "profile", "p.py"], "p"), (["-X", "profile", "-c", "0"], "command"),
                            (["-X", "profile", "-m", "colorsys"], "colorsys"),
                            (["-X", "profile", "-"], "stdin")):
        write(os.path.join(here, "p.py"), "0")
        status, path = run(arguments, here)[0], os.path.join(here, name + ".kprof")
        expect(status == 0 and os.path.exists(path), arguments)
    expect(run(["-c", "0"], here, {"KRAIT_PROFILE": "v.kprof"})[0] == 0 and
           Recording(os.path.join(here, "v.kprof")).status == 0, "KRAIT_PROFILE")


for name in STEPS:
    if name not in ("built-in", "sorting") and not checked:
        measured(lines_have_their_share, name, STEPS[name])
if checked:
    measured(lines_have_their_share, "arithmetic", STEPS["arithmetic"], ("-r", "5khz"), 2)
measured(lines_have_their_share, "arithmetic", STEPS["arithmetic"], ("-r", "20khz"))
for check in built_ins_are_frames, activities_are_frames, waiting, options:
    measured(check)
much()
names()
finish()
