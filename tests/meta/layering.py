"""Every #include points down: a file includes its own folder's files and those of folders of a lower rank.

What a lower layer asks of a higher one stands in vm/contracts, which declares and includes nothing but
base, bytecode, core and itself. There are no exceptions.
"""
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
VM_LAYERS = [
    ["base"],
    ["bytecode"],
    ["core"],
    ["contracts"],
    ["memory"],
    ["shapes"],
    ["objects"],
    ["native"],
    ["runtime"],
    ["interp"],
    ["imports"],
    ["modules"],
    ["profile"],
    ["life"]]
FRONT_LAYERS = ["syntax", "compile", "cache", "driver"]
# of vm/; the driver, which puts both halves together, knows all of it
FRONT_KNOWS = ("vm/base", "vm/bytecode")
RANK = {f"vm/{name}": rank for rank, names in enumerate(VM_LAYERS) for name in names}
FRONT = {f"src/{name}": rank for rank, name in enumerate(FRONT_LAYERS)}


def layer(path):
    return "/".join(path.split("/")[:2])


def complaint(path, target):
    """Why `path` may not include `target`, or None."""
    here, there = layer(path), layer(target)
    if here not in RANK and here not in FRONT:
        return "its folder has no rank"
    if here == there:
        return None
    if here in RANK:
        return None if RANK.get(there, 99) <= RANK[here] else "points up"
    if there in FRONT:
        return None if FRONT[there] < FRONT[here] else "points up"
    return None if here == (
        "src/driver") or there in FRONT_KNOWS else "the front end knows only vm/base and vm/bytecode"


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
