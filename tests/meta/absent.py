"""Modules that CPython has in C: each is a row of modules.def or of absent.def, and README's list of what
is missing is made from the latter.

    tests/meta/absent.py --write    writes that list anew
"""
import os
import re
import subprocess
import sys
import sysconfig
import textwrap

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
KRAIT = os.environ.get("KRAIT") or os.path.join(ROOT, "build", "krait")
README = os.path.join(ROOT, "README.md")
BLOCK = re.compile(
    r"(<!-- from vm/imports/absent\.def, by tests/meta/absent\.py --write -->\n)(.*?)(<!-- end -->\n)",
    re.S)
wrong = []


def read(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as f:
        return f.read()


def of_the_reference():
    """Every module that this CPython has in C, and those of packages that are not installed everywhere."""
    dynamic = os.path.join(sysconfig.get_path("stdlib"), "lib-dynload")
    names = {name.split(".")[0] for name in os.listdir(dynamic)} if os.path.isdir(dynamic) else set()
    return names | set(sys.builtin_module_names)


def listing(rows):
    """README's text."""
    unique = sorted({what for _, kind, what in rows if kind == "NEEDED"},
                    key=lambda what: what.lower().lstrip("`"))
    spared = [f"{name.lstrip('_')}" for name, kind, _ in rows if kind == "SPARED"]
    text = (
        "- The C halves of these parts of the library are not written yet, and their import says so: "
        + "; ".join(unique)
        + ".")
    if spared:
        text += (
            " (The library's own Python code stands in for "
            + ("those of " + ", ".join(spared[:-1]) + " and " if len(spared) > 1 else "that of ")
            + spared[-1]
            + ".)")
    return "\n".join(textwrap.wrap(text, 120, subsequent_indent="  ", break_long_words=False,
                                   break_on_hyphens=False)) + "\n"


def check_sorted(names, path):
    if names != sorted(set(names)):
        wrong.append(
            f"{path}: not sorted, or a name twice: {[b for a, b in zip(names, names[1:]) if a >= b]}")


def messages(rows):
    """What the import of each absent module says."""
    names = [name for name, _, _ in rows]
    code = (
        f"for name in {names}:\n    try:\n        __import__(name)\n        print('imported')\n    except "
        f"ImportError as e:\n        print(e.name, e.msg)\n")
    return subprocess.run([KRAIT, "-c", code], capture_output=True, text=True, timeout=60).stdout.splitlines()


def main():
    present = re.findall(r"^MODULE\((\w+)\)", read("vm/imports/modules.def"), re.M)
    rows = re.findall(r'^ABSENT\((\w+), (NEEDED|SPARED|INTERNAL), "([^"]+)"\)',
                      read("vm/imports/absent.def"), re.M)
    absent = [name for name, _, _ in rows]
    check_sorted(present, "modules.def")
    check_sorted(absent, "absent.def")
    for name in sorted(set(present) & set(absent)):
        wrong.append(f"{name} is both there and absent")
    for name in sorted(of_the_reference() - set(present) - set(absent)):
        wrong.append(f"{name}: CPython has it in C; it needs a row in modules.def or absent.def")
    readme = read("README.md")
    block = BLOCK.search(readme)
    if not block:
        sys.exit("README.md has no place for the list of absent modules")
    if "--write" in sys.argv:
        with open(README, "w", encoding="utf-8") as f:
            f.write(readme[:block.start(2)] + listing(rows) + readme[block.end(2):])
    elif block[2] != listing(rows):
        wrong.append(
            "README.md: the list of absent modules is not that of absent.def: tests/meta/absent.py --write")
    for (name, kind, _), message in zip(rows, messages(rows), strict=True):
        want = f"{name} No module named '{name}'" + (": Krait does not have this part of the library yet"
                                                     if kind == "NEEDED" else "")
        if message != want:
            wrong.append(f"import {name} says {message!r}, not {want!r}")
    print("\n".join(wrong))
    return 1 if wrong else 0


sys.exit(main())
