"""Comments name what is there: the function at a comment's head exists and stands below it; files exist; a
header's first line names the file.
"""
import os
import re
import sys

from _functions import HEAD, ROOT, code_of, files

NEAR = 400  # how far behind the comment its function begins, if others stand between
COMMENT = re.compile(r"/\*.*?\*/", re.S)
HEADED = re.compile(r"/\* ((?:[a-z]\w*_\w+)(?:, [a-z]\w*_\w+)*): ")
FILE = re.compile(r"(?<![\w*<…./$-])((?:[\w.-]+/)*[A-Za-z_]\w*\.(?:c|h|inc|def|md|py))\b(?!\()")
# Of other programs, or made up for an example.
FOREIGN = {"main.py", "file.py", "made.py", "os.py", "__init__.py", "__main__.py", "zipimport.py",
           "_pydecimal.py", "stdlib.h", "xxhash.h", "float.h", "x.py", "TYPE.def", "NAME.py",
           "_compiler.py", "_constants.py", "_bootstrap.py", "_bootstrap_external.py", "thing.def", "thing.c"}
IDENTIFIER = re.compile(r"[A-Za-z_]\w*")


def read(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as f:
        return f.read()


def all_files():
    """Paths and their tails: memory/heap.h, heap.h."""
    known = set()
    for top in ("src", "vm", "tests", "bench", "perf-notes", "."):
        for folder, folders, names in os.walk(os.path.join(ROOT, top)):
            folders[:] = [] if top == "." else [f for f in folders if f != "__pycache__"]
            for name in names:
                parts = os.path.relpath(os.path.join(folder, name), ROOT).split("/")
                known |= {"/".join(parts[i:]) for i in range(len(parts))}
    return known


def stands_below(code, end):
    """The name of the function that begins right below the comment, or None."""
    after = re.match(r"\s*\n", code[end:])
    match = HEAD.match(code, end + after.end()) if after else None
    return match and match["name"]


def main():
    wrong = []
    paths = list(files((".c", ".h", ".inc", ".def")))
    words, texts = set(), {path: read(path) for path in paths}
    codes = {path: code_of(text) for path, text in texts.items()}
    for path, code in codes.items():
        words |= set(IDENTIFIER.findall(code))
    pasted = re.compile("|".join(re.escape(s) for text in texts.values()
                                 for s in re.findall(r"##(_\w+)|(\w+_)##", text) for s in s if s) or "$^")
    known = all_files()
    for path, text in texts.items():
        first = re.match(r"/\* ([\w.]+\.(?:c|h|inc|def)) -- ", text)
        if first and first[1] != os.path.basename(path):
            wrong.append(f"{path}:1: its header calls it {first[1]}")
        for comment in COMMENT.finditer(text):
            line = text.count("\n", 0, comment.start()) + 1
            headed = HEADED.match(comment[0])
            names = headed[1].split(", ") if headed else []
            for name in names:
                if name not in words and not pasted.search(name) and not name.endswith("_N"):
                    wrong.append(f"{path}:{line}: {name} does not exist")
            below = stands_below(codes[path], comment.end()) if names else None
            near = codes[path][comment.end():comment.end() + NEAR]
            if below and not any(n.removesuffix("_N") in near for n in names):
                wrong.append(f"{path}:{line}: the comment is about {names[0]}, below it stands {below}")
            for name in FILE.findall(comment[0]):
                if name not in known and os.path.basename(name) not in FOREIGN:
                    wrong.append(f"{path}:{line}: there is no file {name}")
    print("\n".join(wrong))
    return 1 if wrong else 0


sys.exit(main())
