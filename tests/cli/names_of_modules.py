"""dir() of every native module that Krait and the reference both have, and of each class in them: the same
names, and classes where the reference has classes, but for what is listed here with its reason."""
import json
import os
import subprocess
import sys

from _both import KRAIT, REFERENCE, expect, finish

# What each interpreter tells of itself: {module: {class, or "" for the module: sorted names}}, and the
# names that are classes.
PROBE = r"""
import importlib, json, os, sys, warnings
warnings.simplefilter('ignore')
names = set(sys.builtin_module_names)
for folder in sys.path:
    if os.path.basename(folder) == 'lib-dynload' and os.path.isdir(folder):
        names.update(n.split('.')[0] for n in os.listdir(folder) if n.endswith('.so'))
told = {}
for name in sorted(names):
    try:
        module = importlib.import_module(name)
    except ImportError:
        continue
    told[name] = {'': sorted(dir(module))}
    for n in dir(module):
        value = getattr(module, n)
        if isinstance(value, type) and n != '__loader__':
            told[name][n] = sorted(set(dir(value)))
json.dump(told, sys.stdout)
"""

# ---- reasons
PROGRAM = "the module is part of the program: no file of its own"
C_ONLY = "for other extension modules in C, which do not load"
STATIC = ("the class's module stands in its dict, as in classes that CPython makes from a specification; "
          "those it has as static structs keep it in their name")
INSIDE = "CPython's own inside"
TABLE = "made from libssl's texts when an error needs one; CPython has a table from the headers"
LATER = "CPython has it in later versions of 3.11 or after"
SHOWN = "there found by the class's own __getattribute__ only, which dir() does not ask"
ITEMS = "CPython iterates by a slot without a name"
SHARED = "the two classes of proxies have one table"

# names that any module (or class) may lack, or have besides
MODULES_LACK = {"__file__": PROGRAM}
MODULES_LACK_THAT_BEGIN = {"__map_": C_ONLY}
CLASSES_HAVE = {"__module__": STATIC}

# {module: {class or "": {name: reason}}}
LACKS = {
    "_curses": {"": {"_C_API": C_ONLY}},
    "_datetime": {"": {"datetime_CAPI": C_ONLY}},
    "_functools": {"partial": {"__vectorcalloffset__": INSIDE}},
    "_operator": {"attrgetter": {"__vectorcalloffset__": INSIDE},
            "itemgetter": {"__vectorcalloffset__": INSIDE}},
    "_socket": {"": {"CAPI": C_ONLY}},
    "_ssl": {"": {"err_codes_to_names": TABLE, "err_names_to_codes": TABLE, "lib_codes_to_names": TABLE}},
    "builtins": {"ExceptionGroup": {
        "__module__": "CPython makes this class at its start, as a program would",
                "__weakref__": "the same: its instances take weak references"}},
    "faulthandler": {"": {n: "crashes the process in a way of CPython's own tests" for n in (
        "_fatal_error_c_thread", "_stack_overflow")}},
    "pyexpat": {"": {"expat_CAPI": C_ONLY}},
    "sys": {"": {"_getquickenedcount": INSIDE}},
    "unicodedata": {"": {"_ucnhash_CAPI": C_ONLY}},
}
HAS = {
    "_asyncio": {c: {"__dict__": "instances take attributes, as those of the library's Python class"}
                 for c in ("Future", "Task")},
    "_csv": {"Error": {"__weakref__": "made as the exceptions of other modules are"}},
    "_decimal": {"Context": {"flags": SHOWN, "traps": SHOWN}},
    "_hashlib": {"": {"_GIL_MINSIZE": LATER}},
    "_sqlite3": {"Blob": {"__iter__": "None: says that it is not iterable, though it has __getitem__"}},
    "_thread": {"RLock": {"_recursion_count": LATER}, "_local": {"__dict__": SHOWN}},
    "_weakref": {"CallableProxyType": {"__bytes__": SHARED, "__reversed__": SHARED}},
    "mmap": {"mmap": {"__iter__": ITEMS, "__reversed__": ITEMS}},
}
# whole modules that are compared with nothing
MODULES = {"_memory": "shows Krait's collector", "_krait": "of the package krait",
        "dis": "of Krait's instructions",
        "opcode": "of Krait's instructions",
           "_gdbm": "Debian has it in a package of its own"}


def tell(program):
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "KRAIT"))}
    done = subprocess.run([program, "-I", "-c", PROBE], capture_output=True, timeout=120,
                          env=environment | {"KRAIT_SITE": "0"})
    expect(done.returncode == 0, f"{program}: {done.stderr.decode()[-600:]}")
    return json.loads(done.stdout)


def compare(ours, theirs, known, everywhere, what):
    for place in sorted(set(theirs) - set(ours) - set(known) - set(everywhere)):
        if not place.startswith(tuple(MODULES_LACK_THAT_BEGIN)):
            expect(False, f"{what} {place}")
    for place in sorted(set(known) - (set(theirs) - set(ours))):
        expect(False, f"the list is too long: {what} {place}")


krait, reference = tell(KRAIT), tell(REFERENCE)
both = sorted(set(krait) & set(reference) - set(MODULES))
expect(len(both) > 80, f"only {len(both)} modules are compared")
for name in sorted(set(krait) - set(reference) - set(MODULES)):
    expect(False, f"Krait has a module {name}")
for name in both:
    for part in sorted(set(krait[name]) | set(reference[name])):
        where = f"{name}.{part}" if part else name
        if part not in krait[name] or part not in reference[name]:
            if part in krait[name][""] and part in reference[name][""]:
                expect(False, f"{where} is a class in one of them only")
            continue
        a, b = krait[name][part], reference[name][part]
        compare(a, b, LACKS.get(name, {}).get(part, {}), {} if part else MODULES_LACK, f"{where} lacks")
        compare(b, a, HAS.get(name, {}).get(part, {}), CLASSES_HAVE if part else {}, f"{where} has besides")
finish()
