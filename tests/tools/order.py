#!/usr/bin/python3.11
"""Writes vm/image.ld: in which order the linker lays out functions and tables (perf-note 0076).

    tests/tools/order.py [--krait build/krait]

What a start and usual programs touch comes first and lies together: functions by how many of the commands
below ran them (callgrind), tables that starts or an import of usual modules reads (lackey). What is not named
follows as it is linked. A name that no longer exists does no harm; tests/cli/resident.py tells when the order
has grown old.
"""
import argparse
import collections
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
TARGET = os.path.join(ROOT, "vm", "image.ld")
IMPORTS = "import argparse, asyncio, collections, dataclasses, json, logging, re, subprocess"
EVERY = 12  # of the tests of language and library, one in so many
HEAD = """/* image.ld -- what a start and usual programs touch lies together in the image (perf-note 0076).
** Written by tests/tools/order.py from runs; CMakeLists.txt gives it to the linker. */
"""


def commands():
    yield ["-c", "pass"]
    yield ["-c", IMPORTS]
    for suite in ("lang", "builtins", "modules"):
        folder = os.path.join(ROOT, "tests", suite)
        names = sorted(n for n in os.listdir(folder) if n.endswith(".py") and not n.startswith("_"))
        for name in names[::EVERY]:
            yield [os.path.join(folder, name)]


def symbols(krait):
    """name: [(address, size)] of functions, the same of tables that are only read."""
    found = {"t": collections.defaultdict(list), "r": collections.defaultdict(list)}
    text = subprocess.run(["nm", "-S", "--defined-only", krait], stdout=subprocess.PIPE, text=True,
                          check=True).stdout
    for line in text.splitlines():
        fields = line.split()
        if len(fields) == 4 and fields[2].lower() in found:
            found[fields[2].lower()][fields[3]].append((int(fields[0], 16), int(fields[1], 16)))
    return found["t"], found["r"]


def functions_of(krait, command, cache):
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "out")
        try:
            subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=" + out, krait] + command,
                           env={**os.environ, "KRAIT_CACHE_DIR": cache}, stdin=subprocess.DEVNULL,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120)
            with open(out, encoding="utf-8", errors="replace") as f:
                text = f.read()
        except (OSError, subprocess.TimeoutExpired):
            return []
    return list(dict.fromkeys(re.findall(r"^c?fn=\(\d+\) ([\w.]+)", text, re.M)))


def tables_of(krait, command, cache, tables):
    """Names of the tables that the command reads."""
    places = sorted((address, address + size, name) for name, at in tables.items() for address, size in at)
    low, high = places[0][0], max(p[1] for p in places)
    script = ("valgrind --tool=lackey --trace-mem=yes \"$@\" 2>&1 | grep '^ L' | cut -c4-11 |"
              " sort -u --buffer-size=500M")
    env = {**os.environ, "KRAIT_CACHE_DIR": cache, "LC_ALL": "C"}
    lines = subprocess.run(["bash", "-c", script, "bash", krait] + command, stdout=subprocess.PIPE, text=True,
                           stderr=subprocess.DEVNULL, env=env).stdout
    touched, at = {}, 0
    for line in lines.split():
        try:
            address = int(line, 16)
        except ValueError:
            continue
        if not low <= address < high:
            continue
        while at < len(places) and places[at][1] <= address:
            at += 1
        if at < len(places) and places[at][0] <= address:
            touched[places[at][2]] = None
    return list(touched)


def write(start, others, read, known):
    """start, others: functions; read: tables; known: all names of functions. Builds that are guided by
    profiles have sections for what is hot, runs once, or never."""
    with open(TARGET, "w", encoding="utf-8") as f:
        f.write(HEAD + "SECTIONS\n{\n  .text.first :\n  {\n")
        for name in start + others:
            if name == "interp_run":
                f.write("    . = ALIGN(64) + 48;\n")  # elsewhere it is slower: perf-note 0076
            # the parts of a function that are never expected lie elsewhere, unless a start runs them
            whole, _, part = name.partition(".cold")
            if part == "" and name != whole:
                f.write(f"    *(.text.unlikely.{whole})\n")
            elif name in start and name + ".cold" not in known:
                f.write(f"    *(.text.{name} .text.hot.{name} .text.startup.{name}"
                        f" .text.unlikely.{name})\n")
            elif name in start:
                f.write(f"    *(.text.{name} .text.hot.{name} .text.startup.{name})\n")
            else:
                f.write(f"    *(.text.{name} .text.hot.{name})\n")
        f.write("  }\n}\nINSERT BEFORE .text;\nSECTIONS\n{\n  .rodata.first :\n  {\n")
        for name in read:
            f.write(f"    *(.rodata.{name})\n")
        for name in start + others:
            f.write(f"    *(.rodata.{name})\n")  # its jumps
        f.write("    *(.rodata.cst2 .rodata.cst4 .rodata.cst8 .rodata.cst16)\n")  # numbers in code
        # a text that occurs twice is kept once, where the linker met it first
        f.write("    *(.rodata.str1.1 .rodata.*.str1.1)\n    *(.rodata.str1.8 .rodata.*.str1.8)\n")
        f.write("  }\n}\nINSERT AFTER .rodata;\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--krait", default=os.path.join(ROOT, "build", "krait"))
    krait = os.path.abspath(parser.parse_args().krait)
    functions, tables = symbols(krait)
    with tempfile.TemporaryDirectory() as cache:
        for command in list(commands())[:2]:
            subprocess.run([krait] + command, env={**os.environ, "KRAIT_CACHE_DIR": cache}, check=True)
        with ThreadPoolExecutor(2) as pool:
            runs = list(pool.map(lambda c: functions_of(krait, c, cache), commands()))
        read = {}
        for command in (["-c", "pass"], ["-c", IMPORTS]):
            read.update(dict.fromkeys(tables_of(krait, command, cache, tables)))
    count = collections.Counter(name for run in runs for name in run if name in functions)
    start = [name for name in runs[0] if name in functions]
    others = [name for name, n in count.most_common() if n > 1 and name not in set(start)]
    write(start, others, list(read), functions)
    print(f"{len(start)} functions of a start, {len(others)} others, {len(read)} tables; {len(runs)} runs")


if __name__ == "__main__":
    sys.exit(main())
