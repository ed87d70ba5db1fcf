"""Laws that are written are checked (vm/base/check.h): DENSITY assertions per 1,000 lines in each folder .

Counted are assert, debug_check, deep_check and the LAW lines of structure verifiers, in .c, .h and .inc. Not
counted are static_assert, which costs and finds nothing at run time, and the LAW lines of the operands of
instructions (insn_verify.c): one line there is every row of opcodes.def.
`LEAST` is the ratchet: raise a folder's number when it has more.
"""
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LEAST = {"core": 5, "memory": 43, "shapes": 17, "objects": 123, "runtime": 54, "interp": 125}
DENSITY = 5.0
ASSERTION = re.compile(r"\b(?:assert|debug_check|deep_check|LAW)\(")
OPERANDS = "insn_verify.c"


def count(folder):
    """(assertions, lines) of the sources in a folder of vm/."""
    assertions = lines = 0
    path = os.path.join(ROOT, "vm", folder)
    for name in sorted(os.listdir(path)):
        if name.endswith((".c", ".h", ".inc")):
            with open(os.path.join(path, name), encoding="utf-8") as f:
                text = f.read()
            found = ASSERTION.findall(text)
            assertions += sum(not a.startswith("LAW") for a in found) if name == OPERANDS else len(found)
            lines += text.count("\n")
    return assertions, lines


def main():
    wrong = all_assertions = all_lines = 0
    for folder, least in LEAST.items():
        assertions, lines = count(folder)
        all_assertions += assertions
        all_lines += lines
        print(
            f"vm/{folder:8s} {assertions:4d} assertions in {lines:6d} lines: "
            f"{1000 * assertions / lines:5.1f} per 1,000")
        if assertions < DENSITY * lines / 1000:
            print(f"  the least is {DENSITY} per 1,000 lines")
            wrong += 1
        if assertions < least:
            print(f"  was {least}: an assertion is taken away only together with its law")
            wrong += 1
    density = 1000 * all_assertions / all_lines
    print(f"all         {all_assertions:4d} assertions in {all_lines:6d} lines: {density:5.1f} per 1,000")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
