#!/usr/bin/python3.11
"""Compares the parser's trees with those of CPython 3.11.

    compare_ast.py [--blob] SYNTAX_TOOL [PATH...]

PATHs are files or folders; without any, the running interpreter's standard library with its tests. Files
that CPython rejects must be rejected. --blob: the trees go through a blob first. Exit status 1 when any
differ; the first difference of each is shown.
"""
import ast
import pathlib
import subprocess
import sys
import sysconfig
import warnings


def expected(path):
    source = path.read_bytes()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return None
    sys.setrecursionlimit(20000)
    return ast.dump(tree, indent=1, include_attributes=True) + "\n"


def first_difference(a, b):
    a, b = a.split("\n"), b.split("\n")
    for i, (x, y) in enumerate(zip(a, b)):
        if x != y:
            return (
                f"line {i + 1}: expected {x.strip()!r}, got {y.strip()!r}\n   after "
                f"{[l.strip() for l in a[max(0, i - 12):i]]}")
    return f"lengths {len(a)} and {len(b)}"


def main():
    arguments = sys.argv[1:]
    mode = "blob" if "--blob" in arguments else "ast"
    tool, *paths = [a for a in arguments if a != "--blob"]
    roots = [pathlib.Path(p) for p in paths or [sysconfig.get_path("stdlib")]]
    files = [f for r in roots for f in (sorted(r.rglob("*.py")) if r.is_dir() else [r])]
    bad = rejected = 0
    for file in files:
        want = expected(file)
        done = subprocess.run([tool, mode, file], capture_output=True)
        got = done.stdout.decode("utf-8", "surrogateescape")
        is_tree = got.startswith("Module(")
        if want is None:
            rejected += 1
            problem = "accepted, CPython does not" if is_tree else None
        elif not is_tree:
            problem = "rejected: " + got.strip() + done.stderr.decode("utf-8", "replace")[:2000]
        else:
            problem = None if got == want else first_difference(want, got)
        if problem:
            bad += 1
            print(f"{file}: {problem}", flush=True)
    print(f"{len(files)} files, {rejected} that CPython rejects, {bad} differ")
    return bad != 0


if __name__ == "__main__":
    sys.exit(main())
