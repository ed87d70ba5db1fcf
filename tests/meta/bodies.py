"""Every row of a .def has its body under the full name that the how-to says (contracts/native.h): who looks
for list_append, or bytes_split, finds it, even where a macro writes it.
"""
import os
import re

from _functions import ROOT, code_of, files

USE = re.compile(r'#define NATIVE_DEF "(?P<path>[^"]+)"\n#define NATIVE_PREFIX (?P<prefix>\w+)')
ROW = re.compile(
    r"^\s*(?P<kind>[A-Z]+(?:_[A-Z]+)*)\((?P<name>\w*)|\)\s+(?P<next>GETTER|GETSET)\((?P<other>\w+)", re.M)
INCLUDE = re.compile(r'^#include "(vm/[^"]+)"', re.M)
METHODS = (
    "METHOD", "METHOD_AS", "METHOD_COUNTING", "METHOD_COUNTING_AS", "METHOD_COUNTING_FULL",
    "CLASSMETHOD_COUNTING", "CLASSMETHOD", "CLASSMETHOD_AS", "STATICMETHOD", "RAW", "RAW_AS",
    "RAWCLASSMETHOD", "RAWSTATICMETHOD")
NAMES = {kind: ["{}"] for kind in METHODS}
NAMES |= {kind: ["op_{}"] for kind in ("SLOT", "SLOT_AS", "SPECIAL", "RAWSLOT", "RAWSPECIAL")}
NAMES |= {kind: ["get_{}"] for kind in ("GETTER", "GETTER_AS", "MEMBER_GETTER", "MEMBER_GETTER_AS")}
NAMES |= {kind: ["get_{}", "set_{}"] for kind in ("GETSET", "GETSET_AS")}
NAMES |= {
    "NEW": ["construct"],
    "NEW_SIGNED": ["construct"],
    "RAWNEW": ["construct"],
    "BLANK": ["blank"],
    "CALL": ["call"],
    "RAWCALL": ["call"],
    "INIT": ["op_init"],
    "INIT_SIGNED": ["op_init"]}
NAMES |= {kind: ["{}_construct"] for kind in ("NEW_AS", "NEW_AS_SIGNED")}
NAMES |= {kind: ["{}_call"] for kind in ("CALL_AS", "RAWCALL_AS")}
MACRO_NAMES = {"bool": "_Bool"}  # what the preprocessor makes of a row's name


def read(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as f:
        return f.read()


def rows(path):
    """(kind, name) of a .def and of what it includes"""
    text = read(path)
    for match in ROW.finditer(code_of(text)):
        yield match["kind"] or match["next"], match["name"] or match["other"] or ""
    for included in INCLUDE.findall(text):
        if included.endswith(".def"):
            yield from rows(included)


def with_bodies(path):
    """The text of a file and of the .inc files that belong to it."""
    text = read(path)
    return text + "".join(
        read(p) for p in INCLUDE.findall(text) if p.endswith(".inc") and "native_class" not in p)


checked, wrong = 0, []
for path in files((".c", ".inc"), ("vm",)):
    text = read(path)
    words = set(re.findall(r"\w+", code_of(with_bodies(path)))) if USE.search(text) else ()
    for use in USE.finditer(text):
        for kind, name in rows(use["path"]):
            for form in NAMES.get(kind, ()):
                body = use["prefix"] + form.format(name)
                checked += 1
                if body not in words and use[
                        "prefix"] + form.format(MACRO_NAMES.get(name, name)) not in words:
                    wrong.append(f"{path}: {body}, of {use['path']}")
print(f"{checked} bodies, {len(wrong)} that nobody finds by name")
assert checked > 2500, checked
assert not wrong, "\n".join(wrong)
