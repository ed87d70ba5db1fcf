"""Instructions that the compiler makes of small functions: each *.txt beside this file holds the source, a
line of dashes and the expected listing of the function `f` (names of instructions and operands; offsets and
lines left out).

    tests/bytecode/listings.py --record    writes the listings anew: look at the difference before you keep it
"""
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
KRAIT = os.environ.get("KRAIT") or os.path.join(HERE, "../../build/krait")
RULE = "-" * 60 + "\n"


def listing(source):
    with tempfile.NamedTemporaryFile("w", suffix=".py") as f:
        f.write(source)
        f.flush()
        out = subprocess.run(
            [KRAIT, "--dump=bytecode", f.name], capture_output=True, text=True, check=True).stdout
    function = next(part for part in out.split("\n\n") if part.startswith("f:"))
    numbers = {}  # offsets that are jumped to, numbered in order
    for offset in sorted({int(n) for n in re.findall(r"-> (\d+)", function)}):
        numbers[offset] = f"L{len(numbers) + 1}"
    lines = []
    for line in function.splitlines()[1:]:
        handler = re.match(r"\s+(\d+)\.\.(\d+) -> (\d+) with (\w+)", line)
        if handler:
            lines.append(f"handler {numbers[int(handler[3])]} with {handler[4]}")
            continue
        offset, text = re.match(r"\s*(?:\d+\s+)?(\d+)  (\S.*)", line[6:]).groups()
        if int(offset) in numbers:
            lines.append(numbers[int(offset)] + ":")
        text = re.sub(r"-> (\d+)", lambda m: "-> " + numbers[int(m[1])], text)
        lines.append("  " + " ".join(text.split()))
    return "\n".join(lines) + "\n"


def main():
    wrong = 0
    for name in sorted(os.listdir(HERE)):
        if not name.endswith(".txt"):
            continue
        path = os.path.join(HERE, name)
        with open(path) as f:
            source, _, expected = f.read().partition(RULE)
        got = listing(source)
        if "--record" in sys.argv:
            with open(path, "w") as f:
                f.write(source + RULE + got)
        elif got != expected:
            wrong += 1
            print(f"{name}: expected\n{expected}got\n{got}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
