"""The collector's law of stores, as far as a reader of the text can check it: between a store into an
object and its heap_barrier nothing may allocate, for a collection in between would find an old object that
refers to a young one and is not remembered.

A store of what the heap does not hold needs no barrier: a constant, a number, an interned text, a type.
Nor does a store into an object that the same function has just made, before the next allocation.
"""
import collections
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests", "meta"))
from _functions import code_of  # noqa: E402

BARRIER = re.compile(r"\bheap_barrier(?:_any|_object)?\(vm, (?:&)?(\w+(?:(?:->|\.)\w+)*?)(?:->h)?,?\b")
CALL = re.compile(r"\b([a-z]\w*)\((?:vm|info->vm|self->vm)\b")
# they allocate nothing on the heap, or what they allocate is outside it
QUIET = re.compile(r"heap_barrier\w*|heap_track_\w+|raise_\w+|error_(take|clear|restore)|buffer_release|"
                   r"str_intern_cstr|layout_of\w*|\w+_check|dict_get_str|frame_function|builtins_of")
PLAIN = re.compile(r"(VALUE_(NONE|UNBOUND|MISSING|TRUE|FALSE|FAIL)|NULL|true|false|!.*|-?\d.*|&\w+|"
                   r"value_(bool|int_unchecked)\(.*|(value_from\()?(NAME|TYPE_OF)\(.*|VALUE_\w+ \?.*|"
                   r"\(Value\).*|\w+ \+ \d+)$")
FRESH = re.compile(r"\b(\w+) = (?:heap_new\w*|object_new)\(|\b(\w+) = value_object\(v\)")
STORE = r"->(?:[\w\[\]]+(?:\.|->))*(\w+)[\w\[\]]* = (?!=)(.*)"
FIELD = re.compile(r"^ +(?:volatile |_Atomic )*(?:struct |enum )?(\w+) ([^();=]+)(?: : \d+)?;", re.M)
STRUCT = re.compile(r"^(?:typedef )?struct[^;{}]*\{.*?^\}", re.M | re.S)


def references(texts):
    """Names of fields that hold what the heap may hold, pointers and Values, more often than numbers."""
    found = collections.Counter()
    for text in texts:
        for body in STRUCT.findall(text):
            for kind, names in FIELD.findall(body):
                for name in names.split(","):
                    found[name.strip(" *[]0123456789")] += 1 if kind == "Value" or "*" in name else -1
    return {name for name, balance in found.items() if balance > 0}


def functions(text):
    """(first line, lines) of each definition: from a line that ends in '{' at the margin to the '}' there."""
    start, out = None, []
    for number, line in enumerate(text.split("\n")):
        if start is None and line and not line[0].isspace() and line.rstrip().endswith("{") and "(" in line:
            start, out = number, []
        elif start is None and line and not line[0].isspace() and line.rstrip().endswith(","):
            start, out = None, []
        if start is not None:
            out.append(line)
            if line.startswith("}"):
                yield start, out
                start = None


def statements(lines):
    """(line, text) of each statement, joined where it goes on over lines"""
    text, first = "", None
    for number, line in enumerate(lines):
        stripped = line.strip()
        if not stripped:
            continue
        first = number if first is None else first
        text += (" " if text else "") + stripped
        if text[-1] in ";{}:" and text.count("(") == text.count(")"):
            yield first, text
            text, first = "", None


def stored(text, owner):
    """what stands behind the last '=' of an assignment"""
    return text.split(";")[0].split(", " + owner + "->")[0].split(" = ")[-1]


def allocates(text):
    return [name for name in CALL.findall(text) if not QUIET.fullmatch(name)]


def made_before(rows, owner, at):
    """whether the owner has been made in this function, and nothing has been allocated since"""
    for before in range(at - 1, -1, -1):
        text = rows[before][1]
        made = FRESH.search(text)
        if made and owner in made.groups():
            return True
        if allocates(text):
            return False
    return False


def faults_of(lines, fields):
    rows = list(statements(lines))
    for at, (_, text) in enumerate(rows):
        for owner in BARRIER.findall(text):
            store = re.compile(r"(?<![\w>.])" + re.escape(owner) + STORE)
            for before in range(at - 1, -1, -1):
                line, earlier = rows[before]
                if owner in BARRIER.findall(earlier):
                    break
                found = store.search(earlier)
                if not found or found[1] not in fields or PLAIN.match(stored(found[2], owner)):
                    continue
                if made_before(rows, owner, before):
                    continue
                for _, between in rows[before + 1:at + 1]:
                    calls = allocates(between)
                    if calls:
                        yield line, owner, earlier, calls[0]
                        break



def sources():
    """{path: code} of vm/"""
    found = {}
    for folder, _, names in os.walk(os.path.join(ROOT, "vm")):
        for name in sorted(names):
            if name.endswith((".c", ".h", ".inc")):
                path = os.path.join(folder, name)
                with open(path, encoding="utf-8") as f:
                    found[os.path.relpath(path, ROOT)] = code_of(f.read())
    return found


def main():
    codes = sources()
    fields = references(codes.values())
    faults = looked_at = 0
    for path, code in codes.items():
        for first, lines in functions(code):
            looked_at += 1
            for line, owner, text, called in faults_of(lines, fields):
                faults += 1
                print(f"{path}:{first + line + 1}: {text[:70]} … {called}() may collect "
                      f"before heap_barrier(vm, {owner}, …)")
    assert looked_at > 5000 and len(fields) > 300, (looked_at, len(fields))
    sys.exit(1 if faults else 0)


main()
