"""Instructions and their caches are read by the names of their rows (vm/interp/insn.h): no cell by number,
no operand by position; frames' headers by the names of frame_header.h; and the form of a cache that a
quickened handler reads is the one that its row in quick.def names and the slow path writes.
"""
import os
import re
import sys

from _functions import ROOT, code_of, files

FOLDERS = ("vm/bytecode/", "vm/interp/", "vm/objects/", "vm/runtime/", "src/compile/", "src/driver/")
RULES = [
    (
        re.compile(r"\b(?:pc|insn|back|head|cell)\s*(?:\[\s*\d+\s*\]|\[\s*CELLS_\w+)\s*(?:\.|->)"),
        "a cell by number"),
    (re.compile(r"\bpc\s*(?:\[|->(?!op\b))"), "a field of a cell that is no struct"),
    (
        re.compile(r"\((?:const )?(?:u?int\d+_t|Value|char|void \*) \*\)\s*\(?\s*(?:pc|insn|cell|back)\b"),
        "an instruction as raw memory"),
    (re.compile(r"\boperand\s*\[\s*\d"), "an operand by position"),
    (
        re.compile(r"\b(?:base|window|caller|registers)\s*\)?\s*\[\s*-"),
        "a word of a frame's header by number"),
    (re.compile(r"->link\s*(?:>>|<<)|->link\s*&\s*(?:0x|UINT)"), "a link taken apart"),]
# by InsnField; where the header is
MAY = {"vm/interp/insn.c", "vm/interp/insn.h", "vm/interp/frame_header.h"}
MUTANTS = [
    "A = pc[1].value;", "pc[2].pointer = slot;", "cell[1].far", "base[pc->b]", "insn->operand[2]",
    "*(uint16_t *)(pc + 1)", "pc[CELLS_FOR_ITER].a", "(const char *)insn + 8", "base[-2] & FRAME_OBJECT",
    "(window)[-3] = x;", "header->link >> 32"]
SOUND = [
    "pc->op", "R(to) = insn->value;", "insn->operand[i]", "info->operands[i].kind", "base[insn->to]",
    "operand[info->jump]", "(InsnCell *)pc"]


def faults(code):
    for rule, meaning in RULES:
        for match in rule.finditer(code):
            yield match.start(), meaning


def read(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as f:
        return f.read()


def by_name():
    wrong = []
    for path in sorted(files((".c", ".h", ".inc"))):
        if not path.startswith(FOLDERS) or path in MAY:
            continue
        code = code_of(read(path))
        wrong += [f"{path}:{code.count(chr(10), 0, at) + 1}: {meaning}" for at, meaning in faults(code)]
    return wrong


def quick_rows():
    return dict(re.findall(r"^QUICK\((\w+),\s*\w+,\s*(\w+),", read("vm/interp/quick.def"), re.M))


def read_forms(text, forms):
    """Handlers of quickened instructions read the form of their row."""
    for name, body in re.findall(r"^HANDLER\((\w+)\)(.*?)(?=^HANDLER\(|\Z)", text, re.M | re.S):
        if name in forms and forms[name] not in ("none", "global"):
            for form in set(re.findall(r"cache\.(\w+)\.", body)) - {forms[name]}:
                yield f"{name} reads the form {form} of its cache, its row says {forms[name]}"


def written_forms(text, forms):
    """(complaints, how many were looked at): a cache that is written is of the form of the instruction
    that the site becomes.
    """
    written = re.findall(r"prime\(insn, T_(\w+),\s*\(AttrCache\)\{\.(\w+) =", text)
    wrong = [f"the site becomes {name}, its cache is written as {form}"
             for name, form in written if forms.get(name) != form]
    if len(written) != text.count("(AttrCache){"):
        wrong.append("a cache is written by something else than prime")
    return wrong, len(written)


def main():
    for line in MUTANTS:
        assert list(faults(line)), "not found: " + line
    for line in SOUND:
        assert not list(faults(line)), "found: " + line
    forms = quick_rows()
    handlers, slow = read("vm/interp/handlers_attr.inc"), read("vm/interp/slow_attr.c")
    assert list(read_forms(handlers.replace("cache.slot.", "cache.item."), forms))
    assert written_forms(slow.replace(".slot =", ".item ="), forms)[0]
    wrong = by_name() + list(read_forms(handlers, forms))
    complaints, seen = written_forms(slow, forms)
    assert seen > 15, seen
    print("\n".join(wrong + complaints))
    sys.exit(1 if wrong + complaints else 0)


main()
