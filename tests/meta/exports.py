"""Functions of headers have users: one that nothing calls goes, one that only its own file calls is
static. Read from names alone.
"""
import collections
import os
import re
import sys

from _functions import ROOT, Tree, code_of, files, split_macros

# Of use to tests alone, and worth it: what they check cannot be seen otherwise.
FOR_TESTS = {"op_size"}
WORD = re.compile(r"\b[A-Za-z]\w*\b")
PROTOTYPE = re.compile(
    r"^(?![^\n]*\b(?:static|typedef|return|extern)\b)[A-Za-z_][\w ]*[\s*]+([a-z]\w*)\([^()]*\);", re.M)


def words_of(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as f:
        return collections.Counter(WORD.findall(code_of(f.read())))


def pasted_patterns():
    """Patterns of the names that macros make, a group for what they are given."""
    for path in files((".h", ".c", ".inc")):
        with open(os.path.join(ROOT, path), encoding="utf-8") as f:
            text = f.read()
        yield from (re.escape(prefix) + r"(\w+)" for prefix in re.findall(r"\b(\w+_)##", text))
        yield from (r"(\w+)" + re.escape(suffix) for suffix in re.findall(r"##(_\w+)", text))


def main():
    tree = Tree()
    words = {path: words_of(path) for path in files((".c", ".h", ".inc", ".def"))}
    tests = {path: words_of(path) for path in files((".c", ".h", ".cc"), ("tests", "bench"))}
    users = collections.defaultdict(set)
    for path, counts in {**words, **tests}.items():
        for word in counts:
            users[word].add(path)
    homes = collections.defaultdict(set)  # name → the files that define or declare it
    times = collections.Counter()
    for function in tree.functions:
        homes[function.name].add(function.path)
        times[function.name] += 1
    inline = {}
    for prototype in tree.prototypes:
        homes[prototype.name].add(prototype.path)
        times[prototype.name] += not prototype.is_definition
        if prototype.is_definition:
            inline[prototype.name] = prototype
    pasted = re.compile("|".join(pasted_patterns()))
    wrong = []
    for prototype in tree.prototypes:
        name = prototype.name
        if any(users[stem] for stem in filter(None, (pasted.fullmatch(name) or re.match("", "")).groups())):
            continue  # a macro makes the name: convert_##type, kind##_verify
        mentions = sum(words[path][name] or 1 for path in users[name] if path in words)
        where = f"{prototype.path}:{prototype.line}: {name}"
        if mentions <= times[name] and name not in FOR_TESTS:
            wrong.append(f"{where}: nobody uses it")
        elif not users[name] - homes[name] and name not in inline and not any(p.endswith(".h")
                and words[p][name] > 1 for p in homes[name]):
            wrong.append(f"{where}: only its own file uses it: make it static")
    declared = {word for path in words if path.endswith(".h") for word in words[path]}
    for function in tree.functions:
        if (
                function.path.endswith(".c")
                and not function.is_static
                and function.result
                and function.name not in declared
                and function.name != "main"):
            wrong.append(f"{function.path}:{function.line}: {function.name}: neither static nor in a header")
    for path in files((".c",)):
        with open(os.path.join(ROOT, path), encoding="utf-8") as f:
            for match in PROTOTYPE.finditer(split_macros(code_of(f.read()))[0]):
                wrong.append(f"{path}: the prototype of {match[1]} belongs in a header")
    print("\n".join(sorted(set(wrong))))
    return 1 if wrong else 0


sys.exit(main())
