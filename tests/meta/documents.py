"""README.md, vm/README.md, vm/TOUR.md, tests/README.md and each folder's README.md name what is there:
paths, functions, opcodes, options, variables, commands, counts."""
import glob
import os
import re
import sys

from _functions import ROOT, code_of, files, kept_files

sys.path.insert(0, os.path.join(ROOT, "tests/hostile"))
from _expected import load  # noqa: E402

DOCUMENTS = ("README.md", "vm/README.md", "vm/TOUR.md", "tests/README.md")
# of the README.md that each folder of sources has: what lives there, what to read first, its laws
GUIDE_LINES = 20
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[\w-]+)?\)")
BLOCK = re.compile(r"^```.*?^```|^(?: {4,}[^\n]*\n)+", re.M | re.S)
PATH = re.compile(
    r"(?<![\w/.$<~-])(\.?(?:[\w*…{},-]+/)+(?:[\w*…-]|\.(?=\w))*|[A-Za-z_]\w*\.(?:c|h|inc|def|md|py))(?![\w"
    r"/(])")
IDENTIFIER = re.compile(r"[A-Za-z_]\w*")
# What is not ours, or stands for any: a file of the reader, of the library, of CPython's.
FOREIGN = {"FILE.py", "file.json", "enumerate/zip/items"}
SOURCE_FOLDERS = sorted({os.path.dirname(path) + "/" for path in files((".c", ".h", ".def"))})
GUIDES = [folder + "README.md" for folder in ("vm/modules/", *SOURCE_FOLDERS)]
FOLDERS = ("", "vm/", "src/", "tests/", "tests/meta/", *SOURCE_FOLDERS)
# Of C or of bytecode: with an underscore inside, not a part of a path.
NAME = re.compile(r"(?<![\w/.<*-])([A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+)(?![\w*/…]|\.\w|-\w)")
PLACEHOLDER = re.compile(r"^(?:NAME|TYPE)_|_[xn]$")
OPTION = re.compile(r"(?<![\w-])--?[A-Za-z][\w-]*")
VARIABLE = re.compile(r"\b(?:KRAIT|PYTHON)_?[A-Z_]*[A-Z]\b")
# Suites whose failures name the file themselves; files whose helper of that name does something else.
WITHOUT_SUSPECTS = {"meta", "regression", "differences", "cpython", "fuzz"}
OWN_HELPERS = {"_case.py", "_caches.py", "_forms.py", "deep_native_recursion.py", "untrusted_bytes.py"}
NUMBER_OF_CASES = re.compile(r"holds ([\d,]+) calls")


def read(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as f:
        return f.read()


def exists(name, document):
    """Is there a file or folder of this name, seen from the root, from the document, or (a bare file)
    anywhere in the sources?
    """
    pattern = re.sub(r"…|TYPE|NAME", "*", name.rstrip("/"))
    here = os.path.dirname(document) + "/"
    if any(glob.glob(os.path.join(ROOT, folder, pattern)) for folder in (here, *FOLDERS)):
        return True
    return "build" in name.split("/")[0]


def words_of_code():
    """All identifiers of the sources; names that macros paste are there by their parts."""
    words, texts = set(), []
    for path in files((".c", ".h", ".inc", ".def")):
        text = read(path)
        texts.append(text)
        words |= set(IDENTIFIER.findall(code_of(text))) | set(
            IDENTIFIER.findall(" ".join(re.findall(r'"[^"\n]*"', text))))
    return words, "\n".join(texts)


def opcodes():
    rows = set()
    for path in ("vm/bytecode/opcodes.def", "vm/interp/quick.def"):
        rows |= set(re.findall(r"^\s*(?:OP|QUICK)\((\w+)", read(path), re.M))
    return rows


def prose(text):
    """Outside of fenced and indented blocks, and what the code spans say."""
    return BLOCK.sub("", text)


def wrong_names(document, text, words, source, ops):
    programs = {os.path.basename(path)[:-3] for path in glob.glob(os.path.join(ROOT, "bench/programs/*.py"))}
    for target in LINK.findall(text):
        if "://" not in target and not os.path.exists(os.path.join(ROOT, os.path.dirname(document), target)):
            yield f"the link to {target}"
    for name in PATH.findall(prose(LINK.sub("", text))):
        if name not in FOREIGN and "://" not in name and not exists(name, document):
            yield f"the path {name}"
    for name in NAME.findall(prose(LINK.sub("", text))):
        if name not in words | ops | programs and not PLACEHOLDER.search(name):
            yield f"the name {name}"
    for name in re.findall(r"(?m)^\| ((?:[A-Z]+_[A-Z_]+(?:, )?)+)", text):
        yield from (f"the opcode {op}" for op in name.split(", ") if op not in ops)


def wrong_options(text, source, helps):
    spoken = helps + source
    for match in VARIABLE.finditer(text):
        if match[0] not in spoken and match[0] + "=" not in spoken:
            yield f"the variable {match[0]}"
    for line in re.findall(
            r"(?m)^ +(?:bench/|tests/|\./|build/|krait|cmake)[^\n"
            r"]*|`(?:krait|tests/run|\./run|build/krait)[^`]*`",
            text):
        command = line.strip("` ").split("#")[0]
        for option in OPTION.findall(command):
            if option not in spoken and f'"{option.lstrip("-")}"' not in spoken and not re.search(
                    rf"'{option[1:]}'", spoken):
                yield f"the option {option} of: {command.strip()[:60]}"


def wrong_counts(text):
    for match in NUMBER_OF_CASES.finditer(text):
        cases = sum(len(load(path)) for path in glob.glob(os.path.join(ROOT, "tests/hostile/*.expected")))
        if int(match[1].replace(",", "")) != cases:
            yield f"{match[1]} hostile calls: there are {cases:,}"


def wrong_suspects(text):
    """Each suite of tests/run has a row, whose last column begins with what a newcomer opens first:
    folders or files, or whose word it is.
    """
    suites = re.search(
        r"^PROGRAM_SUITES = (\[.*?\])$.*^CHECK_SUITES = (\[.*?\])$", read("tests/run"), re.M | re.S)
    rows = dict(re.findall(r"^\| ([a-z]+) \|[^|]*\| ([^|]*) \|$", text, re.M))
    for suite in ("unit", "fuzz", "cpython", *re.findall(r'"(\w+)"', suites[1] + suites[2])):
        if suite not in rows:
            yield f"a row for the suite {suite}"
        elif suite not in WITHOUT_SUSPECTS and not PATH.search(rows[suite]):
            yield f"a folder to suspect when the suite {suite} fails"


def wrong_reasons():
    """Each answer of a hostile call that is Krait's own stands under a reason of reasons.txt; each reason
    has answers.
    """
    rows = [
        line.split("\t")
        for line in read("tests/hostile/reasons.txt").splitlines() if not line.startswith("#")]
    used = set()
    for path in glob.glob(os.path.join(ROOT, "tests/hostile/*.differs")):
        used |= set(re.findall(r"^# (.*)", read(path), re.M))
        for case in load(path):
            if not any(re.search(pattern, "%s [%s]" % case) for pattern, _ in rows):
                yield "tests/hostile: no reason for %s [%s]" % case
    for reason in used ^ {reason for _, reason in rows}:
        yield f"tests/hostile: a reason without answers, or in a .differs alone: {reason}"


def private_helpers():
    """Tests that define what _case.py has for all."""
    helper = re.compile(r"^ *def (error|outcome|told|syntax_error)\(", re.M)
    for path in files((".py",), ("tests/lang", "tests/builtins", "tests/modules", "tests/regression")):
        if os.path.basename(path) not in OWN_HELPERS and (found := helper.search(read(path))):
            yield f"{path}: {found[1]}() is in _case.py"


TOP = {"CMakeLists.txt", "src", "vm", "bench", "tests", "perf-notes", "README.md", "LICENSE", "setup"}


def strangers_at_the_top():
    """What is kept in the top folder and does not belong there."""
    for name in sorted({name.split("/")[0] for name in kept_files()} - TOP):
        if not name.startswith("."):
            yield f"{name}: does not belong in the top folder"


def missing_guides():
    for guide in GUIDES:
        lines = len(read(guide).splitlines()) if os.path.exists(os.path.join(ROOT, guide)) else 0
        if not 1 <= lines <= GUIDE_LINES:
            yield (f"{guide}: {lines} lines: 1 to {GUIDE_LINES} say what lives there, what to read first, "
                   "which laws hold")


def main():
    os.chdir(ROOT)
    words, source = words_of_code()
    ops = opcodes()
    helps = "\n".join(read(p)
                      for p in ("tests/run", "bench/compare", ".ci/run", "setup", "CMakeLists.txt",
                                "src/driver/help.c", "vm/core/options.def",
                                "src/library/krait/bench/options.py",
                                "src/library/krait/profile/__main__.py"))
    wrong = [*missing_guides()]
    for document in (*DOCUMENTS, *filter(os.path.exists, GUIDES)):
        text = read(document)
        for what in (*wrong_names(document, text, words, source, ops),
                     *wrong_options(text, source, helps), *wrong_counts(text)):
            wrong.append(f"{document}: {what}: not there")
    wrong += [f"tests/README.md: {what}: not there" for what in wrong_suspects(read("tests/README.md"))]
    wrong += [*private_helpers(), *wrong_reasons(), *strangers_at_the_top()]
    print("\n".join(dict.fromkeys(wrong)))
    return 1 if wrong else 0


sys.exit(main())
