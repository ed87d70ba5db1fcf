"""The command line of krait bench."""
import argparse
import os
import random

from krait.bench.problems import Usage
from krait.bench.results import METRICS

EXPORTS = ("json", "pyperf", "hyperfine", "csv", "markdown", "html", "svg")
DESCRIPTION = """Measure programs under this interpreter and others, in rounds, and say only what holds.

    krait bench nbody.py                       against the newest other python3 on PATH
    krait bench "nbody.py 1000" -a all         with arguments, against all interpreters
    krait bench --cmd 'sort a' --cmd 'sort -S1M a'
    krait bench compare A.json B.json          two files that --export-json wrote
    krait bench gate A.json B.json --max-regress 3%
    krait bench history FILE…                  steps in many files, or in one of lines (.jsonl)

A round runs each target once in each interpreter; what counts is the ratio within a round. Faster or slower
is said only if the 95 % interval leaves out 1, p (Wilcoxon, Holm) is small enough and the difference is at
least 1 %. Status: 0; 1 slower than the baseline or the limit, a failure, or different output; 2 usage;
3 a file; 4 the machine was not steady enough; 130 interrupted."""

ABOUT = {
    "compare": "Compare two files that --export-json wrote: the second with the first.",
    "gate": "Status 1 when the second file is slower than the first by more than the limit; with one file, "
            "when its interpreter is slower than those it was compared with.",
    "history": "Find steps in the times of many files, oldest first, or of one file of lines (.jsonl)."}


class Parser(argparse.ArgumentParser):
    def error(self, message):
        raise Usage(message)


def positive(text):
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def natural(text):
    number = int(text)
    if number < 0:
        raise ValueError
    return number


def seconds(text):
    number = float(text)
    if not 0 <= number < 1e9:
        raise ValueError
    return number


def percent(text):
    number = float(text.rstrip("% "))
    if not 0 <= number < 1000:
        raise ValueError
    return number / 100


def new_parser(name, description):
    return Parser(prog=name, description=description, formatter_class=argparse.RawDescriptionHelpFormatter,
                  allow_abbrev=False)


def run_parser():
    parser = new_parser("krait bench", DESCRIPTION)
    add = parser.add_argument
    add("targets", nargs="*", metavar="TARGET", help="FILE.py, \"FILE.py ARGS\", or a folder of programs")
    add("-c", dest="code", action="append", default=[], metavar="CODE", help="a piece of Python (repeats)")
    add("--cmd", action="append", default=[], metavar="CMD",
        help="a command, without a shell (repeats); {python} in it is each interpreter")
    add("-a", "--against", action="append", metavar="PY",
        help="an interpreter to compare with (repeats); all: each on PATH, none; default: the newest python3")
    add("--python", metavar="PY", help="the interpreter that is measured (this one)")
    add_amounts(parser)
    add_hooks(parser)
    modes = parser.add_mutually_exclusive_group()
    for mode, text in (("warm", "caches stay (default)"), ("cold", "empty caches before each run"),
                       ("both", "both")):
        modes.add_argument("--" + mode, dest="mode", action="store_const", const=mode, help=text)
    add("--metric", choices=METRICS, default="wall", help="what is compared (wall)")
    add("--check-output", choices=("exact", "sorted", "none"), default="exact",
        help="outputs must be equal, as lines in any order, or are not looked at (exact)")
    add("--no-collections", dest="collections", action="store_false",
        help="no extra run that times the collector")
    add("--seed", type=int, default=random.SystemRandom().randrange(1 << 31), metavar="N",
        help="of the order")
    add("--pin", type=natural, metavar="CPU", help="run on this processor only")
    add("--baseline", metavar="FILE", help="compare with what --export-json wrote before")
    add("--profile", action="store_true", help="also record each target: krait profile record")
    for form in EXPORTS:
        add("--export-" + form, metavar="FILE")
    return parser


def add_amounts(parser):
    add = parser.add_argument
    add("-r", "--runs", type=positive, metavar="N", help="exactly so many rounds")
    add("-m", "--min-runs", type=positive, default=10, metavar="N", help="so many rounds at least (10)")
    add("-M", "--max-runs", type=positive, default=200, metavar="N", help="so many at most (200)")
    add("-w", "--warmup", type=natural, default=1, metavar="N", help="rounds before, kept apart (1)")
    add("--max-time", type=seconds, default=60, metavar="S",
        help="no more rounds of a target after so long (60)")
    add("--timeout", type=seconds, default=300, metavar="S",
        help="a run that takes longer has failed (300; 0: none)")
    add("--inner", type=positive, metavar="N",
        help="repeat the program N times in each process; measure when warm")
    add("-i", "--ignore-failure", action="store_true", help="a status other than 0 is no failure")


def add_hooks(parser):
    add = parser.add_argument
    add("-p", "--prepare", metavar="CMD", help="shell command before each run")
    add("-s", "--setup", metavar="CMD", help="shell command once before a target's runs")
    add("--cleanup", metavar="CMD", help="shell command once after them")
    add("-L", "--parameter-list", nargs=2, action="append", default=[], metavar=("VAR", "A,B"),
        help="measure with each value in place of {VAR} (repeats)")
    add("-n", "--command-name", action="append", default=[], metavar="NAME", help="a target's name (repeats)")


def parse_run(arguments):
    options = run_parser().parse_args(arguments)
    if options.min_runs > options.max_runs:
        options.max_runs = options.min_runs
    options.modes = ["warm", "cold"] if options.mode == "both" else [options.mode or "warm"]
    if options.metric == "vm":
        raise Usage("--metric vm: instructions of the VM are counted by `krait profile record --metric=vm`, "
                    "for one Krait at a time; compare two recordings with `krait profile gate`")
    if options.pin is not None and options.pin not in os.sched_getaffinity(0):
        raise Usage(f"--pin {options.pin}: this process may run on {sorted(os.sched_getaffinity(0))} only")
    return options


def parse_files(name, arguments):
    """Of compare, gate and history."""
    parser = new_parser(f"krait bench {name}", ABOUT[name])
    count = {"compare": 2, "gate": "+", "history": "+"}[name]
    parser.add_argument("files", nargs=count, metavar="FILE")
    parser.add_argument("--metric", choices=[metric for metric in METRICS if metric != "vm"],
                        help="what is compared (what the first file compares)")
    if name == "gate":
        parser.add_argument("--max-regress", type=percent, default=0.03, metavar="PERCENT",
                            help="the limit (3%%)")
    if name == "history":
        parser.add_argument("--export-html", metavar="FILE", help="the history as a page")
    options = parser.parse_args(arguments)
    if name == "gate" and len(options.files) > 2:
        raise Usage("gate takes one file or two")
    return options
