"""Proportions that may only get better: lengths of functions and files, widths of lines; and expressions
that cannot mean anything.

A function has at most 60 lines, a file 750, a line of C 100 columns. A function that is longer is named in
LONG with its length and may not grow; whoever shortens it lowers the number here (the test says so). So
with WIDE_ROWS and WIDE_SCRIPTS: how many lines of the tables (.def) and of Python pass each width.
"""
import collections
import os
import re
import sys

from _functions import HEAD, ROOT, code_of, end_of_body, files, split_macros

FUNCTION_MAX, FILE_MAX, WIDTH = 60, 750, 100
LONG = {
    "vm/interp/interp.c:interp_run": 64,         # the loop, its handlers in handlers_*.inc
    "vm/modules/pickle/read.c:step": 72,        # one case an opcode
    "vm/modules/sre/match.inc:match_at": 320,   # the matcher's loop
    "src/syntax/ast_validate.c:check_children": 66,
    "src/compile/scopes_walk.c:visit_expr_kind": 73,
}
LONG_FILES = {
}
WIDE_ROWS = {110: 729, 120: 483, 140: 188}
WIDE_SCRIPTS = {110: 83, 120: 57, 140: 37}
SLACK = 120  # so many fewer may be before the number must be lowered
GENERATED = {"vm/base/unicode_tables.inc", "vm/modules/cjk/tables.inc"}
TWIN = re.compile(r"\?\s*([^?:;]+?)\s*:\s*\1\s*[;,)]")  # x ? a : a
MEASURED = (".c", ".h", ".inc")


def functions(code):
    """(name, lines) of every definition"""
    at = 0
    while match := HEAD.search(code, at):
        at = match.end()
        if match["end"] == "{" and match["type"].split()[0] not in ("typedef", "return", "else", "goto",
                "case", "struct", "enum", "union"):
            end = end_of_body(code, match.end() - 1)
            yield match["name"] or match["pasted"], code.count("\n", match.start(), end) + 1
            at = end


def compare(what, measured, allowed, limit, wrong):
    for name, lines in measured.items():
        if lines > max(limit, allowed.get(name, 0)):
            wrong.append(f"{name}: {lines} lines, {what} has at most {allowed.get(name, limit)}")
        elif name in allowed and lines < allowed[name] - 10:
            wrong.append(f"{name} has become shorter: say {lines} in sizes.py" if lines > limit
                         else f"{name} is no longer long: take it out of sizes.py")
    for name in sorted(set(allowed) - set(measured)):
        wrong.append(f"{name} is not there any more: take it out of sizes.py")


def wide_scripts():
    """Lines of Python in tests/ and bench/, as WIDE has it for the sources."""
    wide = collections.Counter()
    for path in files((".py",), ("tests", "bench")):
        with open(os.path.join(ROOT, path), encoding="utf-8", errors="replace") as f:
            for line in f:
                wide.update(width for width in WIDE_SCRIPTS if len(line.rstrip("\n")) > width)
    return [f"{wide[width]} lines of scripts are wider than {width} columns; say {allowed} at most"
            if wide[width] > allowed else
            f"only {wide[width]} lines of scripts are wider than {width} columns: say so in sizes.py"
            for width, allowed in WIDE_SCRIPTS.items() if not allowed - SLACK <= wide[width] <= allowed]


def main():
    wrong, lengths, sizes = [], {}, {}
    wide = collections.Counter()
    for path in files((".c", ".h", ".inc", ".def")):
        if path in GENERATED:
            continue
        with open(os.path.join(ROOT, path), encoding="utf-8") as f:
            text = f.read()
        lines = text.split("\n")
        if not path.endswith(".def"):
            sizes[path] = len(lines) - 1
            code = code_of(text)
            for match in TWIN.finditer(re.sub(r"\"[^\"\n]*\"|'[^'\n]*'",
                                              lambda m: text[m.start():m.end()], code)):
                wrong.append(
                    f"{path}:{code.count(chr(10), 0, match.start()) + 1}: both ways of ?: are one: "
                    f"{text[match.start():match.end()][:60]}")
            for name, length in functions(split_macros(code)[0]):
                key = f"{path}:{name}"
                lengths[key] = max(length, lengths.get(key, 0))
            wrong += [f"{path}:{i}: wider than {WIDTH} columns" for i, line in enumerate(lines, 1)
                      if len(line) > WIDTH]
        else:
            for width in WIDE_ROWS:
                wide[width] += sum(len(line) > width for line in lines)
    compare("a function", lengths, LONG, FUNCTION_MAX, wrong)
    compare("a file", sizes, LONG_FILES, FILE_MAX, wrong)
    for width, allowed in WIDE_ROWS.items():
        if wide[width] > allowed:
            wrong.append(f"{wide[width]} lines of tables are wider than {width} columns; "
                         f"there were {allowed}: fold yours")
        elif wide[width] < allowed - SLACK:
            wrong.append(f"only {wide[width]} lines of tables are wider than {width} columns: "
                         "say so in sizes.py")
    wrong += wide_scripts()
    print("\n".join(wrong))
    return 1 if wrong else 0


sys.exit(main())
