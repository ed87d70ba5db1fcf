"""clang finds nothing to warn about, either: the tree's syntax and use of results, checked file by file as
built.

gcc's own warnings are errors in the builds of tests/run (KRAIT_WERROR). What was checked and has not
changed since is not checked again (build/clang-checked).
"""
import concurrent.futures
import hashlib
import json
import os
import re
import shlex
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.path.join(ROOT, "build")
CHECKED = os.path.join(BUILD, "clang-checked")
KEPT = re.compile(r"-[DIU]|-std=|-f(?:no-)?strict-aliasing|-W(?!no-maybe-uninitialized|error)")


def command_of(entry):
    """clang's command for what the build did with gcc: what is defined, found and warned about, without
    options of gcc alone.
    """
    words = shlex.split(entry["command"])
    return ["clang"] + [w for w in words if KEPT.match(w)] + ["-Werror", "-fsyntax-only", entry["file"]]


def fingerprint(command, headers):
    """Changes with the file, all headers' text, and the command."""
    with open(command[-1], encoding="utf-8") as f:
        text = f.read()
    return hashlib.sha256("\0".join([text, headers, *command]).encode()).hexdigest()


def header_text():
    """The text of every file that can be included. One number for all: most changes of headers reach most
    files anyway.
    """
    parts = []
    for top in ("vm", "src"):
        for folder, folders, names in os.walk(os.path.join(ROOT, top)):
            folders.sort()
            for name in sorted(names):
                if name.endswith((".h", ".inc", ".def")):
                    with open(os.path.join(folder, name), encoding="utf-8") as f:
                        parts.append(name + f.read())
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def main():
    if not shutil.which("clang"):
        sys.exit("clang is not installed: ./setup test installs it")
    with open(os.path.join(BUILD, "compile_commands.json"), encoding="utf-8") as f:
        entries = [e for e in json.load(f) if e["file"].startswith((ROOT + "/vm/", ROOT + "/src/"))]
    try:
        with open(CHECKED, encoding="utf-8") as f:
            good = set(f.read().split())
    except OSError:
        good = set()
    headers = header_text()
    commands = {fingerprint(c, headers): c for c in map(command_of, entries)}
    todo = {mark: command for mark, command in commands.items() if mark not in good}
    good &= set(commands)
    wrong = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        run = lambda command: subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                             text=True)
        for mark, done in zip(todo, pool.map(run, todo.values())):
            if done.returncode == 0 and not done.stdout:
                good.add(mark)
            else:
                wrong += 1
                print(done.stdout)
    with open(CHECKED, "w", encoding="utf-8") as f:
        f.write("\n".join(sorted(good)))
    print(f"{len(commands)} files, {len(todo)} checked, {wrong} with warnings")
    sys.exit(1 if wrong else 0)


main()
