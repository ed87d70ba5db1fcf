"""What the fuzzers share: batches of cases run by Krait and by the reference, comparison, shrinking,
keeping.

A fuzzer is a script with one Fuzzer subclass, called as

    fuzz_NAME.py [--seed N] [--seconds S | --round] [--krait PROGRAM] [--reference PROGRAM] [--keep DIR]
    [--env NAME=VALUE]

It makes cases (source text, see _runner.py) from a seeded generator until S seconds of the processor's time
are used (see Budget). A crash (a signal, an abort, a sanitizer's report), a hang, or, for fuzzers with
COMPARES, another answer than the reference's, is a finding: it is made as small as it stays a finding,
printed, and with --keep written to DIR as a regression file. Exit status 1 if there was one.
"""
import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
RUNNER = os.path.join(HERE, "_runner.py")
SANITIZED = b"ERROR: AddressSanitizer", b"runtime error:", b"krait: internal error", b"panic"
MEMORY = 6 << 30      # address space of a case's process; sanitizer builds are not bounded
IDLE = 60.0           # seconds without using the processor: it waits for what does not come
SANITIZER = ":".join(["detect_leaks=0", "allocator_may_return_null=1", "max_allocation_size_mb=3000",
                      "detect_stack_use_after_return=0"])
ADDRESS = re.compile(r"\b0x[0-9a-f]{6,16}\b")


def bound_memory():
    import resource
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


class Fuzzer:
    # (pattern of Krait's answer, pattern of the reference's): differences with a reason beside them
    EXPLAINED = []
    COMPARES = True        # the answer is compared with the reference's
    BATCH = 200            # cases a process
    ROUND = 1000           # cases of a round, the same on every machine
    # of the processor's time, as every limit here: the machine may be busy with other things
    SECONDS_A_CASE = 4.0
    SHRINK_SECONDS = 40.0
    PRELUDE = ""           # goes before each case

    def case(self, generator):
        """One case as source text."""
        raise NotImplementedError

    def same(self, krait, reference, text):
        """Are two lists of what was shown equal, or differ only in what is explained?"""
        mine, right = normal(krait), normal(reference)
        return len(mine) == len(right) and all(a == b or self.is_explained(a, b) for a,
                                               b in zip(mine, right))

    def is_explained(self, mine, right):
        return any(re.fullmatch(a, mine) and re.fullmatch(b, right) for a, b in self.EXPLAINED)

    # ---- running
    def __init__(self):
        self.options = arguments(self.__doc__ or "")
        self.scratch = tempfile.mkdtemp(prefix="krait-fuzz-")
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "KRAIT"))}
        self.environment.update(PYTHONHASHSEED=str(self.options.seed % (1 << 32)),
                                KRAIT_CACHE_DIR=os.path.join(self.scratch, "cache"), LC_ALL="C.UTF-8",
                                    TZ="UTC",
                                ASAN_OPTIONS=SANITIZER)
        self.environment.update(entry.split("=", 1) for entry in self.options.env)
        self.work = os.path.join(self.scratch, "work")
        os.mkdir(self.work)
        self.sanitized = "asan" in self.options.krait

    def answers(self, program, cases):
        """What each case showed: a list for one that ended, else a string that says how its process ended."""
        path = os.path.join(self.scratch, "cases.json")
        with open(path, "w", encoding="utf-8") as f:
            json.dump([self.PRELUDE + c for c in cases], f)
        found, first = {}, 0
        while first < len(cases):
            first = self.answers_from(program, path, first, found)
        return [found[i] for i in range(len(cases))]

    def answers_from(self, program, path, first, found):
        is_reference = program == self.options.reference
        environment = dict(self.environment)
        if is_reference:
            environment = {k: v for k, v in environment.items() if not k.startswith("KRAIT")}
        with open(os.path.join(self.scratch, "out"),
                  "w+b") as out_file, open(os.path.join(self.scratch, "err"), "w+b") as err_file:
            process = subprocess.Popen([program, RUNNER, path, str(first), str(self.SECONDS_A_CASE)],
                                       cwd=self.work,
                                       env=environment, stdin=subprocess.DEVNULL, stdout=out_file,
                                           stderr=err_file,
                                       start_new_session=True,
                                           preexec_fn=None if self.sanitized else bound_memory)
            ending = self.end_of(process, out_file)
            kill_group(process.pid)
            process.wait()
            out_file.seek(0)
            err_file.seek(0)
            out, err = out_file.read(), err_file.read()
        current = first
        err += self.last_words()
        for line in out.decode("utf-8", "replace").splitlines():
            if line.startswith("begin "):
                current = int(line[6:])
            elif line == "done":
                return 1 << 60
            elif line == "left":
                return current + 1
            elif "\t" in line:
                number, shown = line.split("\t", 1)
                found[int(number)] = json.loads(shown)
        if current in found:   # died between two cases, or at the end: blame the one that ended last
            found[current] = ending + "\n" + err[-3000:].decode("utf-8", "replace")
        found.setdefault(current, ending + "\n" + err[-3000:].decode("utf-8", "replace"))
        return current + 1

    def end_of(self, process, out_file):
        """How the process ended: "status N", or "hang" if a case uses far more time than it may, or waits
        for nothing.
        """
        limit = self.SECONDS_A_CASE * 2 + (40 if self.sanitized else 20)
        written, at_progress, used, idle_since = 0, 0.0, 0.0, time.time()
        while True:
            try:
                return f"status {process.wait(timeout=0.5)}"
            except subprocess.TimeoutExpired:
                before, used = used, processor_time(process.pid)
            size = os.fstat(out_file.fileno()).st_size
            if size != written:
                written, at_progress = size, used
            if size != written or used != before:
                idle_since = time.time()
            if used - at_progress > limit or time.time() - idle_since > IDLE:
                return "hang"

    def last_words(self):
        """What the process noted about what it was doing, as bytes: the file `last` in its folder."""
        try:
            with open(os.path.join(self.work, "last"), "rb") as f:
                return b"\nlast: " + f.read().rstrip(b"\0")
        except OSError:
            return b""

    # ---- judging
    def problem(self, krait, reference, text):
        """None, or what is wrong: "crash", "hang", "differs"."""
        if isinstance(krait, str):
            if krait.startswith("hang"):
                return None if isinstance(reference, str) and reference.startswith("hang") else "hang"
            if self.expected_death(krait):
                return None
            return "crash"
        if not self.COMPARES or isinstance(reference, str):
            return None
        if ["[too long]"] in (krait, reference):
            return None
        return None if self.same(krait, reference, text) else "differs"

    def expected_death(self, ending):
        """An exit that is an answer: the system ended a process that asked for all memory, which is not
        bounded in sanitizer builds."""
        return self.sanitized and ending.startswith("status -9")

    def judge(self, cases):
        krait = self.answers(self.options.krait, cases)
        reference = self.answers(self.options.reference, cases) if self.COMPARES else [None] * len(cases)
        return [(self.problem(k, r, c), k, r) for k, r, c in zip(krait, reference, cases)]

    # ---- shrinking
    def shrink(self, case, kind):
        """The case with as few lines as still show the same kind of problem."""
        end = time.time() + self.SHRINK_SECONDS

        def still(text):
            try:
                compile(text, "m", "exec")
            except (SyntaxError, ValueError):
                return False
            return self.judge([text])[0][0] == kind

        if not still(case):
            return case, False
        lines = case.split("\n")
        size = max(1, len(lines) // 2)
        while size and time.time() < end:
            i, before = 0, len(lines)
            while i < len(lines) and time.time() < end:
                shorter = lines[:i] + lines[i + (size if size > 1 else block_length(lines, i)):]
                if shorter and still("\n".join(shorter)):
                    lines = shorter
                    continue
                shorter = lines[:i] + lines[i + 1:]
                if size == 1 and block_length(lines, i) > 1 and still("\n".join(shorter)):
                    lines = shorter
                else:
                    i += size
            if size > 1 or len(lines) == before:
                size //= 2
        return "\n".join(lines), True

    def company(self, cases, kind):
        """The last of the cases with as few before it as it takes to show the same kind of problem, or
        None.
        """
        end = time.time() + self.SHRINK_SECONDS
        found, size = None, len(cases) - 1
        while size > 0 and time.time() < end and self.judge(cases[-size - 1:])[-1][0] == kind:
            found = cases[-size - 1:]
            size //= 2
        return found

    def keep_company(self, cases):
        """Cases that show something together: a file for _runner.py."""
        path = os.path.join(self.options.keep or tempfile.gettempdir(),
                            f"company_{zlib.crc32(cases[-1].encode()):08x}.json")
        with open(path, "w", encoding="utf-8") as f:
            json.dump([self.PRELUDE + c for c in cases], f)
        print(f"  {len(cases)} cases together show it: _runner.py {path} 0 {self.SECONDS_A_CASE}")

    def report(self, before, case, kind, answer, wanted):
        small, again = self.shrink(case, kind)
        if again:
            answer, wanted = self.judge([small])[0][1:]
        elif together := self.company(before + [case], kind):
            self.keep_company(together)
        print(
            f"---- {type(self).__name__}: {kind}"
            f"{'' if again else ' (in company only: not seen when run alone)'}")
        print(small.rstrip())
        print("  krait:     ", show_answer(answer))
        if self.COMPARES:
            print("  reference: ", show_answer(wanted))
        if self.options.keep and again:
            self.keep(small, kind, wanted)
        sys.stdout.flush()

    def keep(self, case, kind, wanted):
        """A regression file: for a difference with the reference's answers as assertion."""
        name = f"{os.path.basename(sys.argv[0])[:-3]}_{zlib.crc32(case.encode()):08x}.py"
        path = os.path.join(self.options.keep, name)
        with open(os.path.join(HERE, "_regression.txt"), encoding="utf-8") as f:
            template = f.read()
        with open(path, "w", encoding="utf-8") as f:
            f.write(template.replace("$KIND", kind).replace("$CASE", repr(self.PRELUDE + case))
                    .replace("$WANTED", repr(wanted) if kind == "differs" else "None"))
        print("  kept as", path)

    def main(self):
        generator = random.Random(self.options.seed)
        budget = Budget(self.options, self.ROUND)
        count, findings, seen = 0, 0, set()
        while findings < self.options.most and budget.allows(count):
            cases = [self.case(generator) for _ in range(self.BATCH)]
            for i, (kind, krait, reference) in enumerate(self.judge(cases)):
                count += 1
                sign = signature(kind, krait, reference)
                if kind and findings < self.options.most and sign not in seen:
                    seen.add(sign)
                    findings += 1
                    self.report(cases[:i], cases[i], kind, krait, reference)
        print(f"{type(self).__name__}: {count} cases, {findings} findings, "
              f"seed {self.options.seed}, {budget}")
        subprocess.run(["rm", "-rf", self.scratch])
        return 1 if findings else 0


def processor_time(pid):
    """Seconds that the process has used, user's and system's."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as f:
            fields = f.read().rpartition(b")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def block_length(lines, i):
    """Lines of the statement that begins at line i: what is indented deeper belongs to it."""
    indent = len(lines[i]) - len(lines[i].lstrip())
    n = 1
    while i + n < len(lines) and len(lines[i + n]) - len(lines[i + n].lstrip()) > indent:
        n += 1
    return n


def signature(kind, krait, reference):
    """The same for two findings that are likely one fault: the first answers that differ, without their
    numbers and texts.
    """
    if isinstance(krait, str):
        frames = re.findall(r"#\d+ 0x\w+ in (\w+)", krait)[:4]
        return kind, krait.split("\n")[0], tuple(frames)
    for mine, right in zip(krait or [], reference or []):
        if mine != right:
            return kind, *(re.sub(r"'[^']*'|[-+.\w]*\d[-+.\w]*", "#", text)[:60] for text in (mine, right))
    return kind, len(krait or []) - len(reference or [])


def normal(shown):
    return [ADDRESS.sub("0x…", text) for text in shown]


def show_answer(answer):
    if isinstance(answer, str):
        return answer.strip().replace("\n", "\n      ")
    return "\n      ".join(answer or ["nothing"])


class Budget:
    """How long a fuzzer goes on: a number of cases with --round, else --seconds of the processor's time, as
    the machine may be busy with other things; at the latest four times as long by the clock."""

    def __init__(self, options, cases):
        self.seconds = float("inf") if options.round else options.seconds
        self.cases = cases if options.round else float("inf")
        self.end = time.time() + 4 * self.seconds

    def allows(self, count):
        return count < self.cases and self.used() < self.seconds and time.time() < self.end

    @staticmethod
    def used():
        """Seconds of the processor's time used by this process and the children that it has waited for."""
        return sum(os.times()[:4])

    def __str__(self):
        return f"{self.used():.0f} s of the processor's time"


def kill_group(pid):
    try:
        os.killpg(pid, 9)
    except ProcessLookupError:
        pass


def arguments(doc):
    parser = argparse.ArgumentParser(description=doc)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--round", action="store_true", help="a fixed number of cases instead of a time")
    parser.add_argument("--krait", default=os.environ.get("KRAIT") or os.path.join(ROOT, "build", "krait"))
    parser.add_argument("--reference", default="/usr/bin/python3.11")
    parser.add_argument("--keep", help="folder for regression files")
    parser.add_argument("--most", type=int, default=10, help="stop after so many findings")
    parser.add_argument("--env", action="append", default=[], help="NAME=VALUE for Krait's process")
    options = parser.parse_args()
    options.krait = os.path.abspath(options.krait)  # cases run in a folder of their own
    return options
