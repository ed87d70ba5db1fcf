"""CPython's own tests that fail here: each id of tests/cpython/ratchet has its cause in
tests/differences/cpython_suite.txt, by the first row that names it; each row there is still needed.
"""
import fnmatch
import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
RATCHET = os.path.join(ROOT, "tests", "cpython", "ratchet")
TABLE = os.path.join(ROOT, "tests", "differences", "cpython_suite.txt")


def failing():
    """(file, id) of each test that is known to fail"""
    for name in sorted(os.listdir(RATCHET)):
        with open(os.path.join(RATCHET, name), encoding="utf-8") as f:
            for line in f.read().splitlines()[1:]:
                yield name.removesuffix(".txt"), line


def read_table():
    """[(number of the line, file, pattern of ids)], and what is wrong with the lines"""
    rows, wrong = [], []
    with open(TABLE, encoding="utf-8") as f:
        for number, line in enumerate(f, 1):
            if not line.strip() or line.startswith("#"):
                continue
            tests, bar, cause = line.partition(" | ")
            file, _, pattern = tests.strip().partition(" ")
            if not (bar and pattern and cause.strip()):
                wrong.append(f"line {number} is no row `file ids | cause`")
            rows.append((number, file, pattern.replace("[", "[[]")))
    return rows, wrong


def main():
    rows, wrong = read_table()
    used = set()
    for file, test in failing():
        found = [n for n, f, pattern in rows if f == file and fnmatch.fnmatchcase(test, pattern)]
        used.update(found[:1])
        if not found:
            wrong.append(f"{file} {test}: no cause")
    wrong += [f"line {n}: no such test fails" for n, _, _ in rows if n not in used]
    print("\n".join(wrong))
    return 1 if wrong else 0


sys.exit(main())
