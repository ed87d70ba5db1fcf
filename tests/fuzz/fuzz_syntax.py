#!/usr/bin/python3.11
"""Mutates programs and feeds them to the parser: it must never crash, and must agree with CPython 3.11 about each.

    fuzz_syntax.py [--seed N] [--seconds S] [--tool SYNTAX_TOOL]

SYNTAX_TOOL (the target syntax_tool) is best built with -fsanitize=address,undefined. Sources are functions and classes of the standard library;
mutations change bytes, drop, double, swap and insert tokens, cut the text. Exit status 1 at a crash or a difference.
"""
import argparse
import pathlib
import random
import re
import subprocess
import sys
import sysconfig
import time

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "tools"))
import compare_errors

TOKEN = re.compile(r"\w+|\n[ \t]*|[ \t]+|[fbru]*(?:'''|\"\"\"|'|\")|\*\*|:=|->|==|.", re.S)
WORDS = """( ) [ ] { } : , ; . = == := -> * ** / // @ + - ~ < != % ... if else elif for while in is not and or lambda def
class return yield from import as with try except except* finally raise async await match case _ None True print exec
f'{ f'{a b}' f'{a!r:{b}}' '''x''' 'a' b'b' 0777 1_ 0x 1e 1.5j 12 name\\ \n \n\n \t \f \r # $ ? é € \x00 \x01 \\
\\\n del global nonlocal assert pass break continue""".split(" ") + ["\n    ", "\n  ", "\n\t", "\n", " "]


def seeds(generator):
    files = sorted(pathlib.Path(sysconfig.get_path("stdlib")).rglob("*.py"))
    while True:
        try:
            text = generator.choice(files).read_text()
        except UnicodeDecodeError:
            continue
        lines = text.split("\n")
        start = generator.randrange(len(lines))
        piece = lines[start:start + generator.randrange(1, 25)]
        indent = min((len(l) - len(l.lstrip()) for l in piece if l.strip()), default=0)
        yield "\n".join(l[indent:] for l in piece) + "\n"


def mutate(generator, text):
    for _ in range(generator.randrange(0, 4)):
        tokens = TOKEN.findall(text)
        if not tokens:
            break
        i = generator.randrange(len(tokens))
        match generator.randrange(7):
            case 0: del tokens[i]
            case 1: tokens.insert(i, tokens[i])
            case 2: tokens.insert(i, generator.choice(WORDS))
            case 3: tokens[i] = generator.choice(WORDS)
            case 4: tokens[i] = generator.choice(tokens)
            case 5: tokens[i] = generator.choice(tokens) + tokens[i][1:]
            case 6: tokens = tokens[:i]
        text = "".join(tokens)
    return text


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--round", action="store_true", help="a fixed number of cases instead of a time")
    parser.add_argument("--tool",
                        default=str(pathlib.Path(__file__).parents[2] / "build" / "tools" / "syntax_tool"))
    options = parser.parse_args()
    tool, generator = options.tool, random.Random(options.seed)
    source = seeds(generator)
    end, count = time.time() + options.seconds, 0
    while count < 8000 if options.round else time.time() < end:
        cases = []
        for _ in range(400):
            mode = generator.choice(["exec", "exec", "exec", "single", "eval"])
            flags = generator.choice(["-", "-", "di"]) if mode == "single" else "-"
            text = mutate(generator, next(source))
            if not any(0xD800 <= ord(c) < 0xE000 for c in text):
                cases.append((mode, flags, text))
        count += len(cases)
        if compare_errors.compare(tool, cases):
            return 1
    print(f"Syntax: {count} cases, 0 findings, seed {options.seed}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
