"""A span is used at once: no function calls what may run Python between taking one and its last use.

A span (span_of, self_span, bytearray_bytes into a variable) is a pointer into storage that Python code can
resize. Who may run Python is told by MAY_RUN on prototypes. Functions that hold bytes longer take a Pin
(vm/contracts/buffer.h).
"""
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
TAKES = re.compile(
    r"\bspan_of\(vm, [^;]*?&(?P<argument>\w+)(?:\.\w+)?\)|\b(?P<variable>\w+)(?:\[\d\])? = "
    r"(?:\([^()]*\))?(?:self_span|bytearray_bytes)\(")
# Calls of functions whose prototype stands in no header.
LOCAL = {"add_item", "byte_of_other", "values_equal", "iterator_next", "get_iterator", "value_index64"}


def sources():
    for folder, _, names in os.walk(os.path.join(ROOT, "vm")):
        for name in sorted(names):
            if name.endswith((".c", ".h", ".inc")):
                path = os.path.join(folder, name)
                with open(path, encoding="utf-8") as f:
                    yield os.path.relpath(path, ROOT), f.read()


def may_run_names(texts):
    names = set(LOCAL)
    for text in texts.values():
        for line in re.findall(r"^.*\bMAY_RUN\b.*\(.*$", text, re.M):
            called = re.search(r"(\w+)\((?:VM|struct VM)", line)
            if called:
                names.add(called[1])
    return names


def functions(text):
    """(line number, body) of everything that begins in the first column and ends with a brace there."""
    for m in re.finditer(
            r"^(?:static |BODY|bool |Value |int|void |MAY_RUN |NOINLINE |COLD )[^;]*?\{\n(?:.*\n"
            r")*?\}$|^BODY\(.*\) \{.*\}$",
            text,
            re.M):
        yield text.count("\n", 0, m.start()) + 1, m[0]


def complaints(path, text, calls):
    for line, body in functions(text):
        for taken in TAKES.finditer(body):
            name = taken["argument"] or taken["variable"]
            rest = body[taken.end():]
            again = re.search(rf"\b{name} = |&{name}\)",
                              rest)  # taken anew: what stands before it counts no more
            uses = [m.start() for m in re.finditer(rf"\b{name}\b", rest[:again.start()] if again else rest)]
            if not uses:
                continue
            for call in re.finditer(r"\b(\w+)\(", rest[:uses[-1]]):
                if call[1] in calls:
                    yield (
                        f"{path}:{line + body.count(chr(10), 0, taken.end() + call.start())}: "
                        f"{call[1]}() may run Python "
                        f"while the span {name} is in use")


def main():
    texts = dict(sources())
    calls = may_run_names(texts)
    assert len(calls) > 100, len(calls)
    found = [c for path, text in texts.items() for c in complaints(path, text, calls)]
    taken = sum(len(TAKES.findall(text)) for text in texts.values())
    assert taken > 20, taken
    print("\n".join(found))
    sys.exit(1 if found else 0)


main()
