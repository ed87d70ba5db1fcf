"""Libraries that a build can be without (vm/base/libraries.h): what is compiled without any of them asks for
nothing that was left out; and setup installs each of the packages that are told to be missing. Each
function of a library that is opened late (vm/base/lazy) is called by a module, and stands in one table.

The files that hold the tables are compiled with KRAIT_BARE; each module and class that they name must
stand in a file without `#if WITH_`. (`cmake -DKRAIT_BARE=ON` builds the whole.)
"""
import glob
import os
import re
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
TABLES = ["vm/imports/native_modules.c", "vm/runtime/type_init.c"]
wrong = []


def read(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as f:
        return f.read()


def asked_for(scratch):
    """The modules and classes that the tables name in a bare build."""
    names = set()
    for path in TABLES:
        made = os.path.join(scratch, os.path.basename(path) + ".o")
        command = ["cc", "-std=gnu17", "-D_GNU_SOURCE", "-DKRAIT_CHECKS=0", "-DKRAIT_BARE", "-I."]
        subprocess.run(command + ["-c", path, "-o", made], cwd=ROOT, check=True)
        undefined = subprocess.run(["nm", "-u", made], capture_output=True, text=True, check=True).stdout
        names.update(re.findall(r" U (\w+_(?:module|class))$", undefined, re.M))
    return names


def definitions():
    """{name: the files of the build that define it}, by the name of the file alone."""
    archive = os.path.join(os.path.dirname(os.environ["KRAIT"]), "libkrait_vm.a")
    command = ["nm", "-A", "--defined-only", archive]
    listing = subprocess.run(command, capture_output=True, text=True).stdout
    found = {}
    row = r"^[^:]+:(\w+\.c)\.o:\w+ R (\w+_(?:module|class))$"
    for member, name in re.findall(row, listing, re.M):
        found.setdefault(name, set()).add(member)
    return found


def late_functions():
    """The rows of vm/base/lazy/*.def, each with something that calls it."""
    archive = os.path.join(os.path.dirname(os.environ["KRAIT"]), "libkrait_vm.a")
    listing = subprocess.run(["nm", "-u", archive], capture_output=True, text=True).stdout
    called = set(re.findall(r" U (\w+)$", listing, re.M))
    homes = {}
    for path in sorted(glob.glob(os.path.join(ROOT, "vm/base/lazy/*.def"))):
        table = os.path.relpath(path, ROOT)
        rows = re.findall(r"^FUNCTION\((\w+)\)$", read(table), re.M)
        if not rows or rows != sorted(rows):
            wrong.append(f"{table}: no rows, or not in order")
        for name in rows:
            if name in homes:
                wrong.append(f"{table}: {name} stands in {homes[name]} too")
            if name not in called:
                wrong.append(f"{table}: nothing calls {name}")
            homes[name] = table


def main():
    late_functions()
    sources = {}
    for path in glob.glob(os.path.join(ROOT, "vm/**/*.c"), recursive=True):
        sources.setdefault(os.path.basename(path), []).append(path)
    conditional = {name for name, paths in sources.items()
                   if any(re.search(r"^#if WITH_", read(path), re.M) for path in paths)}
    defined = definitions()
    with tempfile.TemporaryDirectory() as scratch:
        wanted = asked_for(scratch)
    if len(wanted) < 150:
        wrong.append(f"only {len(wanted)} modules and classes in a bare build: the tables were not read")
    for name in sorted(wanted):
        members = defined.get(name, set())
        if not members:
            wrong.append(f"{name}: named by a table and defined nowhere")
        if members & conditional:
            wrong.append(f"{name}: in a bare build, and {members & conditional} is within #if WITH_")
    known = set(re.findall(r"#define (WITH_\w+)", read("vm/base/libraries.h")))
    for path in ["vm/imports/modules.def", "vm/core/late_types.def"]:
        for name in sorted(set(re.findall(r"#if (\w+)", read(path))) - known):
            wrong.append(f"{path}: {name} is not of libraries.h")
    installed = re.search(r"^needed=\((.*?)\)", read("setup"), re.M | re.S)[1].split()
    for package in re.findall(r'LACKING\(\w+, "([^"]+)"\)', read("vm/imports/modules.def")):
        if package not in installed:
            wrong.append(f"{package} is not among what setup installs")
    print("\n".join(wrong))
    return 1 if wrong else 0


sys.exit(main())
