"""The tree speaks of the project alone: no paths of one machine, no conflict markers, no TODO without an
issue.
"""
import os
import re
import sys

from _functions import ROOT, kept_files

RULES = [
    (re.compile(r"""(?:^|[\s"'(=`])/(?:work|w|home|root|Users)/\w"""), "a path of one machine"),
    (re.compile(r"^(?:<{7}|>{7}) "), "a conflict marker"),
    (re.compile(r"(?:/\*|//|#).*\b(?:TODO|FIXME|XXX)\b(?!.*(?:issue|#)\s*\d)"), "a TODO without an issue"),
]
TEXT = (".c", ".h", ".def", ".inc", ".md", ".txt", ".cc", ".cmake", "setup", "run", "compare", ".py")


def main():
    names = kept_files()
    wrong = 0
    for name in names:
        if not name.endswith(TEXT) or name == "tests/meta/words.py" or not os.path.exists(os.path.join(ROOT,
                name)):
            continue
        with open(os.path.join(ROOT, name), encoding="utf-8", errors="replace") as f:
            for number, line in enumerate(f, 1):
                for rule, meaning in RULES:
                    if rule.search(line):
                        wrong += 1
                        print(f"{name}:{number}: {meaning}: {line.strip()[:100]}")
    sys.exit(1 if wrong else 0)


main()
