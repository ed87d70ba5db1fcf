"""The loop: every row of the opcode tables has a handler and none is left over; each handler ends in its
own indirect jump.
"""
import glob
import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def rows(path, macro):
    with open(os.path.join(ROOT, path)) as f:
        return re.findall(rf"^{macro}\((\w+),", f.read(), re.M)


def table_matches_handlers():
    """A row without a label does not compile; a label without a row is unused, which is made an error
    here.
    """
    for dispatch in ("0", "1"):
        command = ["gcc", "-std=gnu17", "-fsyntax-only", "-D_GNU_SOURCE", "-I", ROOT, "-Wall",
                   "-Werror=unused-label", "-Werror=switch",
                   "-DDISPATCH_SWITCH=" + dispatch, os.path.join(ROOT, "vm/interp/interp.c")]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode:
            print(done.stdout)
            return False
    return True


def indirect_jumps(name):
    """How many indirect jumps the function `name` of the built loop holds."""
    objects = glob.glob(os.path.join(ROOT, "build/CMakeFiles/*/vm/interp/interp.c.o"))
    if not objects:
        sys.exit("build/ holds no object of vm/interp/interp.c")
    text = subprocess.run(["objdump", "-d", "--no-show-raw-insn", objects[0]], stdout=subprocess.PIPE,
                          text=True, check=True).stdout
    total = 0
    for function in re.split(r"\n\n", text):
        if re.search(rf"<{name}(\.[\w.]+)?>:", function):
            total += len(re.findall(r"\sjmp\s+\*|\sbr\s+x\d", function))
    return total


def main():
    codes = rows("vm/bytecode/opcodes.def", "OP") + rows("vm/interp/quick.def", "QUICK")
    if len(set(codes)) != len(codes):
        sys.exit("a name stands twice: " + " ".join(sorted({c for c in codes if codes.count(c) > 1})))
    if not table_matches_handlers():
        sys.exit(1)
    # Handlers that only raise or return share the way out; all others jump by themselves.
    jumps = indirect_jumps("interp_run")
    leaving = 12
    print(f"{len(codes)} instructions, {jumps} indirect jumps")
    if jumps < len(codes) - leaving:
        sys.exit("the compiler merged dispatch jumps")


main()
