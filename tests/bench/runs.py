"""What krait bench runs, in which order, with which hooks and caches; and what it tells of a process."""
import os
import re
import subprocess
import tempfile

from _bench import ENVIRONMENT, FEW, KRAIT, REFERENCE, ROOT, SIDES, STEADY, bench, load, measured
from krait.bench import interpreters, launch, options, session, targets, text


def launchers():
    """What a process cost is its own, whatever this one has used."""
    ballast = b"x" * 80_000_000
    environment = dict(os.environ)
    program = launch.find()
    assert program.is_program, "there is a C compiler"
    for launcher in (program, launch.Launcher(KRAIT), launch.Launcher()):
        run = launcher.run(["/bin/sh", "-c", "echo out; echo err >&2; exit 3"], environment, 20)
        assert run.output == b"out\n" and run.code == 3 and run.failure == "exit status 3: err", vars(run)
        assert run.rss is None if not launcher.is_program else 500 < run.rss < 20_000, run.rss
        assert run.wall > 0 and run.minor > 0
        run = launcher.run(["/no/such"], environment, 20)
        assert run.failure == "cannot be run: No such file or directory"
        assert launcher.run(["sleep", "9"], environment, 0.1).failure == "no end after 0.1 s"
        assert launcher.run(["sh", "-c", "kill -9 $$"], environment, 20).failure == "died of SIGKILL"
        assert len(launcher.spin(20_000, 3)) == 3 and min(launcher.spin(200_000, 3)) > 0
    assert len(ballast) == 80_000_000


def hooks_and_parameters(folder):
    log = os.path.join(folder, "log")

    def note(word):
        return f"echo {word} {{N}} >> {log}"
    status, said, made = measured(
        folder, "-c", "print({N})", "-L", "N", "1,22", *SIDES, "-r", "3", "--no-collections",
        "-s", note("setup"), "-p", note("run"), "--cleanup", note("end"), "-n", "first", by=KRAIT)
    assert status in STEADY, said
    with open(log) as file:
        words = file.read().split("\n")
    assert words.count("setup 1") == words.count("end 22") == 1, words
    assert words.count("run 22") == 2 * (3 + 1), words
    assert [t["name"] for t in made["targets"]] == ["first", "-c (N=22)"]
    assert [t["parameters"] for t in made["targets"]] == [{"N": "1"}, {"N": "22"}]
    assert made["targets"][1]["sides"][0]["command"] == [KRAIT, "-c", "print(22)"]
    status, said = bench("-c", "pass", *SIDES, *FEW, "-p", "echo no >&2; exit 3")
    assert status == 2 and "status 3: no" in said, said


def order(folder):
    status, said, made = measured(folder, "-c", "pass", *SIDES, "-r", "4", "--seed", "7", "--no-collections")
    runs = [{**run, "side": number}
            for number, side in enumerate(made["targets"][0]["sides"]) for run in side["runs"]]
    runs.sort(key=lambda run: run["position"])
    assert [run["side"] for run in runs] in ([0, 1, 1, 0] * 2, [1, 0, 0, 1] * 2), runs
    seeds = {run["round"]: set() for run in runs}
    for run in runs:
        seeds[run["round"]].add(run["seed"])
    assert all(len(found) == 1 for found in seeds.values()) and len(set.union(*seeds.values())) == 4
    assert made["seed"] == 7 and "seed 7" in said and len(made["targets"][0]["sides"][0]["warmups"]) == 1
    assert len(made["host"]["looks"]) >= 2
    ENVIRONMENT["PYTHONTRACEMALLOC"] = "1"  # none of the caller's settings
    status, said = bench("-c", "import os; assert 'PYTHONTRACEMALLOC' not in os.environ", *SIDES, *FEW)
    del ENVIRONMENT["PYTHONTRACEMALLOC"]
    assert status in STEADY, said


def modes(folder):
    program = os.path.join(folder, "program.py")
    with open(program, "w") as file:
        file.write("import os, sys, json\nprint('PYTHONPYCACHEPREFIX' in os.environ, sys.argv[1:])\n")
    status, said, made = measured(folder, program + " 5", *SIDES, *FEW, "--both", "--metric", "cpu", by=KRAIT)
    assert status in STEADY, said
    assert [t["name"] for t in made["targets"]] == ["program 5 (warm)", "program 5 (cold)"]
    warm, cold = (t["sides"][0]["runs"] for t in made["targets"])
    assert {run["output"] for run in warm} != {run["output"] for run in cold}
    assert sum(r["minor"] for r in cold) > sum(r["minor"] for r in warm), "compiled anew"
    status, said, made = measured(folder, program, *SIDES, *FEW, "--inner", "6")
    assert status in STEADY and "warm" in said, said
    for side in made["targets"][0]["sides"]:
        assert all(len(run["inner"]) == 6 and run["warm"]["wall"] > 0 for run in side["runs"])
    many = "x = [[i] for i in range(150_000)]; y = [x[:] for i in range(20)]; import gc; gc.collect()"
    status, said, made = measured(folder, "-c", many, *SIDES, "-r", "2", "-w", "0", "--metric", "gc")
    assert status in STEADY and made["targets"][0]["results"], said
    assert all(side["collections"]["number"] > 0 for side in made["targets"][0]["sides"])


def commands(folder):
    """Commands without an interpreter are compared with one another; a folder is its programs."""
    words = ["--cmd", "sleep 0.02", "--cmd", "true", "-r", "8", "--check-output", "none"]
    status, said, made = measured(folder, *words)
    assert status in STEADY and made["targets"][0]["results"][0]["verdict"] == "slower", said
    status, said, made = measured(folder, "--cmd", "{python} -c pass", *SIDES, *FEW)
    assert [side["command"][0] for side in made["targets"][0]["sides"]] == [KRAIT, REFERENCE]
    programs = os.path.join(folder, "programs")
    os.mkdir(programs)
    for name in ("b.py", "a.py", "_c.py", "d.txt"):
        with open(os.path.join(programs, name), "w") as file:
            file.write("pass\n")
    status, said, made = measured(folder, programs, *SIDES, *FEW)
    assert [t["name"] for t in made["targets"]] == ["a", "b"] and "geometric mean" in said, said


def script(folder):
    """bench/compare, which runs krait bench on bench/programs."""
    path, chart = os.path.join(folder, "compare.json"), os.path.join(folder, "compare.svg")
    command = [os.path.join(ROOT, "bench/compare"), "nqueens", "sieve", "--python", KRAIT,
               "--python", REFERENCE, "--size", "nqueens=5", "--size", "sieve=1000", "--pairs", "2",
               "--json", path, "--svg", chart]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    made = load(path)
    assert done.returncode in STEADY and "geometric mean against python3.11" in done.stdout, done.stdout
    assert [t["name"] for t in made["targets"]] == ["nqueens 5", "sieve 1000"] and made["rounds"] == 2
    assert os.path.getsize(chart) > 500
    done = subprocess.run([os.path.join(ROOT, "bench/compare"), "no_such"], stderr=subprocess.PIPE, text=True)
    assert done.returncode == 1 and "no program no_such" in done.stderr


def progress(folder):
    """The line that is shown on a terminal."""
    class Stream:
        said = ""

        def isatty(self):
            return True

        def write(self, text):
            self.said += text

        def flush(self):
            pass

    chosen = options.parse_run(["-c", "pass", "-r", "5", "--no-collections"])
    found = targets.find(chosen)
    sides = interpreters.choose(KRAIT, [REFERENCE])
    stream = Stream()
    shown = text.Progress(stream)
    running = session.Session(chosen, targets.with_sides(found, sides, chosen.modes), launch.find(),
                              shown=shown)
    running.run()
    line = text.line(running)
    assert re.fullmatch(r"-c krait [\d.]+x ±[\d.]+ % \[##########\] 5/5 ETA 0:00", line), line
    assert "\r-c krait" in stream.said


def main():
    launchers()
    with tempfile.TemporaryDirectory() as folder:
        for check in (hooks_and_parameters, order, modes, commands, script, progress):
            check(folder)


if __name__ == "__main__":
    main()
