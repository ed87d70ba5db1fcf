"""vm/TOUR.md tells the truth: its commands print what it shows, its links lead somewhere, its files to
change exist.
"""
import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
KRAIT = os.environ.get("KRAIT") or os.path.join(ROOT, "build", "krait")
TOUR = os.path.join(ROOT, "vm", "TOUR.md")
STOP_MAX = 40


def normal(text):
    """Without what differs from run to run and from place to place."""
    text = text.replace(ROOT + "/", "")
    text = re.sub(r"\b[0-9a-f]{16}\b|#{16}", "#", text)
    return [line.rstrip() for line in re.sub(r"key (\d+|####)", "key #", text).splitlines()]


def shows(output, block):
    """The lines of the block stand in the output in this order, without gaps but where it says `…`."""
    at, free = 0, False
    for line in block:
        if line == "…":
            free = True
        elif free:
            if line not in output[at:]:
                return line
            at, free = output.index(line, at) + 1, False
        elif at < len(output) and output[at] == line:
            at += 1
        else:
            return line
    return None if free or at == len(output) or not any(output[at:]) else output[at]


def main():
    with open(TOUR, encoding="utf-8") as f:
        text = f.read()
    wrong = []
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    for block in re.findall(r"```console\n\$ krait (.*?)```", text, re.S):
        command, _, body = block.partition("\n")
        done = subprocess.run([KRAIT] + command.split(), cwd=ROOT, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True,
                              env=environment, timeout=60)
        missing = shows(normal(done.stdout), normal(body))
        if missing is not None:
            wrong.append(f"krait {command}: at {missing!r}; it prints\n{done.stdout[-1500:]}")
    for link in re.findall(r"\]\(([^)#]+)\)", text):
        if not os.path.exists(os.path.join(os.path.dirname(TOUR), link)):
            wrong.append(f"no such file: {link}")
    for name in re.findall(r"`((?:src|vm|tests)/[\w./]+\.\w+|(?:src|vm|tests)/[\w/]+/)`", text):
        if not os.path.exists(os.path.join(ROOT, name)) and not re.search('NAME|TYPE', name):
            wrong.append(f"no such file: {name}")
    for stop in re.split(r"^## ", text, flags=re.M)[1:]:
        if stop.count("\n") > STOP_MAX:
            wrong.append(f"{stop.splitlines()[0]!r} is longer than {STOP_MAX} lines")
    print("\n".join(wrong))
    sys.exit(1 if wrong else 0)


main()
