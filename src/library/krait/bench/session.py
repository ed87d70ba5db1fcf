"""All runs: rounds, in which each side of each target has its turn; before them warm-ups.

A round is what later counts as one: it is kept whole or not at all. Its runs have one hash seed.
"""
import os
import random
import shutil
import subprocess
import tempfile
import time

from krait.bench import host, inner
from krait.bench.estimate import PRECISE, alpha_of, is_settled, looks, spread
from krait.bench.interpreters import PLAIN
from krait.bench.results import logs_of, value_of


class Stopped(Exception):
    """A hook failed; the text says how."""


class Session:
    """Runs targets by the options. `saved` is called after each round, `shown` after each run."""

    def __init__(self, options, targets, launcher, saved=None, shown=None):
        self.options, self.targets, self.launcher = options, targets, launcher
        self.saved, self.shown = saved or (lambda: None), shown or (lambda session: None)
        self.random = random.Random(options.seed)
        self.host = host.Host(launcher)
        self.rounds = self.position = 0
        self.spent = {target: 0.0 for target in targets}  # seconds
        self.begun = {target: 0 for target in targets}    # whole rounds
        self.first = {target: self.random.randrange(2) for target in targets}
        self.done, self.interrupted = set(), False
        self.hash_seed = 0
        self.most = options.runs or options.max_runs
        self.least = min(options.runs or options.min_runs, self.most)
        self.looks = [self.most] if options.runs else looks(self.least, self.most)

    # ---- the whole
    def run(self):
        with tempfile.TemporaryDirectory(prefix="krait-bench-") as self.folder:
            try:
                self.host.look()
                self.prepare_all()
                while self.active():
                    self.round()
                    self.saved()
            except KeyboardInterrupt:
                self.interrupted = True
            finally:
                self.clean_up()
            self.host.look(self.position)

    def active(self):
        return [t for t in self.targets if t not in self.done and not t.sides[0].failure]

    def prepare_all(self):
        for target in self.targets:
            self.hook(target, self.options.setup)
            for number in range(self.options.warmup):
                self.warm_up(target, number)
            if not target.cold and self.options.collections:
                self.watch_collections(target)

    def clean_up(self):
        for target in self.targets:
            try:
                self.hook(target, self.options.cleanup)
            except Stopped:
                pass

    def hook(self, target, text):
        text = target.hook(text)
        if not text:
            return
        done = subprocess.run(["/bin/sh", "-c", text], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                              stderr=subprocess.PIPE)
        if done.returncode:
            said = done.stderr.decode("utf-8", "backslashreplace").strip()
            raise Stopped(f"{text}: status {done.returncode}: {said[-200:]}")

    # ---- rounds
    def warm_up(self, target, number):
        self.hash_seed = self.random.randrange(1, 1 << 32)
        for side, run in self.turns(target):
            side.warmups.append(run)
        if not number:
            fail_sides_that_differ(target, lambda side: side.warmups[-1:], self.options)

    def round(self):
        """One run of each side of each target that needs more; what is not finished is not kept."""
        self.hash_seed = self.random.randrange(1, 1 << 32)
        self.rounds += 1
        kept, order = [], self.active()
        self.random.shuffle(order)
        try:
            for target in order:
                began = time.monotonic()
                kept.append((target, list(self.turns(target)), time.monotonic() - began))
        except BaseException:
            self.rounds -= 1
            raise
        for target, turns, seconds in kept:
            for side, run in turns:
                side.runs.append(run)
            fail_sides_that_differ(target, lambda side: side.runs[-1:], self.options)
            self.spent[target] += seconds
            self.begun[target] += 1
            if self.has_enough(target):
                self.done.add(target)

    def turns(self, target):
        """(side, record) of one run of each side that has not failed."""
        sides = [side for side in target.sides if not side.failure]
        if len(sides) == 2:  # A B, B A, …
            order = sides if self.begun[target] % 2 == self.first[target] else sides[::-1]
        else:
            order = self.random.sample(sides, len(sides))
        for side in order:
            self.hook(target, self.options.prepare)
            yield side, self.one(target, side)
            if self.position % host.EVERY == 0:
                self.host.look(self.position)
            self.shown(self)

    def has_enough(self, target):
        rounds = self.begun[target]
        if rounds >= self.most:
            return True
        if rounds < self.least:
            return False
        if self.spent[target] >= self.options.max_time:
            return True
        return rounds in self.looks and self.is_precise(target)

    def is_precise(self, target):
        sides = [side for side in target.sides[1:] if not side.failure]
        if not sides:
            logs = logs_of(target.sides[0], None, self.options.metric)
            return len(target.sides) == 1 and spread(logs) <= PRECISE
        tests, alpha = len(self.targets) * len(sides), alpha_of(len(self.looks))
        return all(is_settled(logs_of(target.sides[0], side, self.options.metric), tests, alpha)
                   for side in sides)

    # ---- one run
    def environment(self, target, side):
        number = target.sides.index(side)
        kept = os.path.join(self.folder, f"cache-{number}")
        env = dict(PLAIN, KRAIT_CACHE_DIR=kept, PYTHONHASHSEED=str(self.hash_seed))
        if target.cold:
            fresh = os.path.join(self.folder, "cold")
            shutil.rmtree(fresh, ignore_errors=True)
            env.update(KRAIT_CACHE_DIR=os.path.join(fresh, "krait"),
                       PYTHONPYCACHEPREFIX=os.path.join(fresh, "pycache"))
            forget(cold_files(target, side))
        return env

    def one(self, target, side):
        """The record of one run; a failure is told in it."""
        command, out = side.command, None
        if self.options.inner or self.options.metric == "gc":
            out = os.path.join(self.folder, "inner")
            command = inner.command(side.interpreter, target, out, self.options.inner or 1,
                                    self.options.metric == "gc")
        run = self.launcher.run(command, self.environment(target, side), self.options.timeout)
        self.position += 1
        record = run.record()
        record.update(round=self.rounds, position=self.position, seed=self.hash_seed, time=time.time())
        failure = run.failure
        if failure and not (self.options.ignore_failure and run.code and not run.error):
            record["failure"] = failure
        if self.options.check_output != "none":
            record["output"] = run.digest(self.options.check_output)
            side.printed = run.output
        if out and not failure:
            add_inner(record, inner.read(out))
            os.unlink(out) if os.path.exists(out) else None
        return record

    def watch_collections(self, target):
        """An untimed run more, which tells how often and how long each side's collector worked."""
        if target.kind == "command":
            return
        for side in target.sides:
            if side.failure:
                continue
            out = os.path.join(self.folder, "collections")
            command = inner.command(side.interpreter, target, out, 1, True)
            run = self.launcher.run(command, self.environment(target, side), self.options.timeout)
            told = None if run.failure else inner.read(out)
            side.collections = told[1] if told else None


def add_inner(record, told):
    if told is None:
        record["failure"] = "the program ended the process before its times could be written"
        return
    times, collected = told
    record["inner"] = times
    if collected:
        record["gc"] = collected
    if len(times) > 1:
        record["warm"] = inner.warm(times)


def fail_sides_that_differ(target, last, options):
    """Marks sides whose last run failed or printed other than the first side of the same round."""
    expected = None
    for side in target.sides:
        if side.failure or not last(side):
            continue
        run = last(side)[0]
        if "failure" in run:
            side.failure = run["failure"]
        elif value_of(run, "wall") is None:
            side.failure = "no time"
        elif expected is None:
            expected = side
        elif run.get("output") != last(expected)[0].get("output"):
            side.failure = "output differs: " + difference(expected, side)
            run["failure"] = side.failure


def difference(first, other):
    want, got = (side.printed.decode("utf-8", "backslashreplace").splitlines() + ["(end)"]
                 for side in (first, other))
    for a, b in zip(want, got):
        if a != b:
            return f"{first.label} {a[:60]!r}, {other.label} {b[:60]!r}"
    return "line ends, or what stands behind equal lines"


# ---- cold runs
def cold_files(target, side):
    """What the kernel is to forget: the interpreter, the program, the library's sources."""
    paths = [target.words[0]] if target.kind == "file" else []
    if side.interpreter:
        paths.append(side.interpreter.file)
        for folder in side.interpreter.path:
            if os.path.exists(os.path.join(folder, "os.py")):
                paths += [entry.path for entry in os.scandir(folder) if entry.name.endswith(".py")]
    return paths


def forget(paths):
    for path in paths:
        try:
            fd = os.open(path, os.O_RDONLY)
        except OSError:
            continue
        try:
            os.posix_fadvise(fd, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(fd)
