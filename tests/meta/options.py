"""options.def: each field has a user, each variable is read by its row's name, through what knows -E and
-I.
"""
import os
import re
import sys

from _functions import ROOT, files

ROWS = "vm/core/options.def"
# Written and shown by the machinery of the rows themselves: no user of a field.
MACHINERY = {"src/driver/command_line.c", "src/driver/help.c", "vm/modules/sys/sys_data.c",
             "vm/core/options.h"}
# Accepted and without effect as their help says, or used by the parser alone.
NO_USER = {"debug", "tabs_warning", "random_hashes", "hash_randomization", "isolated"}
# sys.warnoptions, sys._xoptions, sys.pycache_prefix
USED_IN_DATA = {"warnings", "xoptions", "pycache_prefix"}
NOT_READ = {"PYTHONHOME"}
READERS = re.compile(r'\b(getenv|options_variable|cache_variable|option_number)\((?:[^()"]*, )?"([A-Z_]+)"')


def read(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as f:
        return f.read()


def main():
    rows = re.sub(r"/\*(?:[^*]|\*(?!/))*\*/|^#[^\n]*$", "", read(ROWS), flags=re.M)
    fields = re.findall(r"^(?:LETTER|X_OPTION|FIELD|PROGRAM)\((\w+)", rows, re.M)
    variables = {name for name in re.findall(r'"((?:PYTHON|KRAIT_)[A-Z_0-9]+)(?:=[^"]*)?"', rows)}
    own_lines = set(re.findall(r'VARIABLE\("([A-Z_0-9]+)', rows))
    of_options = variables - own_lines | {v for v in own_lines if len(re.findall(rf'"{v}\b', rows)) > 1}
    wrong, uses, asked = [], "", set()
    for path in files((".c", ".h", ".inc")):
        text = read(path)
        if path not in MACHINERY:
            uses += text
        for reader, name in READERS.findall(text):
            if not name.startswith(("PYTHON", "KRAIT_")):
                continue
            asked.add(name)
            if name not in variables:
                wrong.append(f"{path}: {name} is no row of {ROWS}")
            if reader == "getenv":
                wrong.append(f"{path}: {name} is read past -E and -I")
    for field in fields:
        used = re.search(rf"(?:->|\bo\.|options\.){field}\b", uses)
        if not used and field not in NO_USER | USED_IN_DATA:
            wrong.append(f"{ROWS}: nothing reads {field}")
    wrong += [f"{ROWS}: nothing reads {name}" for name in sorted(own_lines - of_options - asked - NOT_READ)]
    print("\n".join(wrong))
    return 1 if wrong else 0


sys.exit(main())
