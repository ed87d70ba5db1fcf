"""Runs cases from a file, each in a namespace of its own, and writes what each showed as a line to
descriptor 1.

    _runner.py CASES.json FIRST SECONDS_A_CASE

A case is source text; it calls show(value), which notes repr(value), and attempt(function), which notes the
result or the exception. A line is the case's number, a tab, and what it showed as JSON. The line "begin N"
goes before each case, so that the parent knows which one killed the process. A case that takes too long,
and catches what says so again and again, is left with the process: "left" is the last line.
"""
import fcntl
import json
import os
import signal
import sys


class TooLong(BaseException):
    pass


MOST_RINGS = 4
OUT = 700  # where the answers go: no number that cases close
out = 1
case_now = None
rings = 0


def alarm(number, frame):
    global rings
    if case_now is None:
        return
    rings += 1
    if rings > MOST_RINGS:
        os.write(out, f'{case_now}\t["[too long]"]\nleft\n'.encode())
        os._exit(0)
    raise TooLong


def text_of(value):
    try:
        return ascii(value)[:4000]
    except TooLong:
        raise
    except BaseException as e:
        return "repr: " + type(e).__name__


def message_of(error):
    try:
        return f"{type(error).__name__}: {str(error)[:300]}".encode("ascii", "backslashreplace").decode()
    except TooLong:
        raise
    except BaseException as e:
        return f"{type(error).__name__}: its text raises {type(e).__name__}"


def run(case):
    shown = []

    def show(*values):
        for value in values:
            shown.append(text_of(value))

    def attempt(function, *arguments):
        try:
            shown.append(text_of(function(*arguments)))
        except TooLong:
            raise
        except BaseException as e:
            shown.append(message_of(e))

    names = {"show": show, "attempt": attempt, "__name__": "case", "__builtins__": __builtins__}
    try:
        exec(compile(case, "<case>", "exec"), names)
    except TooLong:
        return ["[too long]"]
    except BaseException as e:
        shown.append("end: " + message_of(e))
    return shown


def main():
    global case_now, rings, out
    path, first, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
    with open(path, encoding="utf-8") as f:
        cases = json.load(f)
    signal.signal(signal.SIGPROF, alarm)   # a clock of the processor's time: others may use the machine
    sys.stdout = sys.stderr = open(os.devnull, "w")
    out = fcntl.fcntl(1, fcntl.F_DUPFD, OUT)
    for number in range(first, len(cases)):
        os.write(out, f"begin {number}\n".encode())
        shown = ["[too long]"]
        try:
            case_now, rings = number, 0
            signal.setitimer(signal.ITIMER_PROF, seconds, seconds / 2)
            shown = run(cases[number])
            case_now = None
        except TooLong:
            case_now = None
        signal.setitimer(signal.ITIMER_PROF, 0)
        os.write(out, f"{number}\t{json.dumps(shown)}\n".encode())
    os.write(out, b"done\n")
    os._exit(0)


main()
