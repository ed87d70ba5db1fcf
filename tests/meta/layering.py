"""Every #include points down, or names a contract: checked from the include lines themselves.

A contract is a header through which a lower layer calls a higher one (objects call the protocols of runtime, the
collector asks native classes to mark themselves). Contracts declare, and include nothing of their folder but contracts;
the list is short on purpose, and src/ has none.
"""
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
VM_LAYERS = [["base"], ["bytecode"], ["core"], ["memory"], ["shapes"], ["objects"], ["runtime"],
             ["interp"], ["native"],
             ["modules", "imports", "profile", "library"]]
FRONT_LAYERS = ["syntax", "compile", "cache", "driver"]
# The life of an interpreter starts and ends every layer: it stands above them all.
TOP = "vm/runtime/vm.c"
CONTRACTS = {
    "vm/runtime/protocol.h", "vm/runtime/type.h", "vm/runtime/type_internal.h", "vm/runtime/error.h",
    "vm/runtime/call.h",
    "vm/native/native.h", "vm/native/native_class.inc", "vm/native/bind.h", "vm/shapes/shape.h",
    "vm/imports/import.h",
    "vm/imports/loader.h", "vm/runtime/options.h", "vm/imports/bootstrap.h", "vm/modules/sys.h",
    "vm/modules/builtins_internal.h",
    # frames, generators, functions and code are objects whose inside belongs to the interpreter
    "vm/interp/frame.h", "vm/interp/frame_header.h", "vm/interp/threaded.h", "vm/interp/slow.h", "vm/interp/trace.h",
    "vm/interp/interp_verify.h"}
RANK = {f"vm/{name}": rank for rank, names in enumerate(VM_LAYERS) for name in names}
FRONT = {f"src/{name}": rank for rank, name in enumerate(FRONT_LAYERS)}


def layer(path):
    return "/".join(path.split("/")[:2])


def complaint(path, target):
    """Why `path` may not include `target`, or None."""
    here, there = layer(path), layer(target)
    if here == there:
        return None
    if here.startswith("vm/"):
        if there.startswith("src/"):
            return "vm/ never includes src/"
        if target in CONTRACTS or path == TOP:
            return None
        return "points up" if RANK.get(there, 99) > RANK.get(here, -1) else None
    if there.startswith("src/"):
        return "points up" if FRONT.get(there, 99) > FRONT.get(here, -1) else None
    if here != "src/driver" and there not in ("vm/base", "vm/bytecode"):
        return "the front end knows only vm/base and vm/bytecode"
    return None


def main():
    wrong = 0
    for top in ("src", "vm"):
        for folder, _, names in os.walk(os.path.join(ROOT, top)):
            for name in names:
                if not name.endswith((".c", ".h", ".def", ".inc")):
                    continue
                path = os.path.relpath(os.path.join(folder, name), ROOT)
                with open(os.path.join(ROOT, path), encoding="utf-8", errors="replace") as f:
                    for number, line in enumerate(f, 1):
                        include = re.match(r'\s*#\s*include\s+"([^"]+)"', line)
                        if not include:
                            continue
                        target = include[1]
                        if not target.startswith(("vm/", "src/")):
                            target = os.path.normpath(os.path.join(os.path.dirname(path), target))
                        if not target.startswith(("vm/", "src/")):
                            continue
                        reason = complaint(path, target)
                        if reason:
                            wrong += 1
                            print(f"{path}:{number}: includes {include[1]}: {reason}")
    sys.exit(1 if wrong else 0)


main()
