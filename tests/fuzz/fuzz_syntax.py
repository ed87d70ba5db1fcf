#!/usr/bin/python3.11
"""Mutates programs and feeds them to the parser: it must never crash, and must agree with CPython 3.11
about each.

    fuzz_syntax.py [--seed N] [--seconds S] [--tool SYNTAX_TOOL]

SYNTAX_TOOL (the target syntax_tool) is best built with -fsanitize=address,undefined. Sources are functions
and classes of the standard library; mutations change bytes, drop, double, swap and insert tokens, cut the
text. A crash or a difference is made small by taking tokens away. Exit status 1 if there was one.
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
from _fuzz import Budget  # noqa: E402

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


def shrink(tool, case):
    """The case with as few tokens as still differ in the same way."""
    mode, flags, text = case
    kind = sign(*compare_errors.differences(tool, [case])[1][0][1:])
    tokens, size, end = TOKEN.findall(text), 1 << 12, time.time() + 40
    while size and time.time() < end:
        tried = [tokens[:i] + tokens[i + size:] for i in range(0, len(tokens), size)]
        still = {c[2] for c, want, got in compare_errors.differences(tool,
            [(mode, flags, "".join(t)) for t in tried])[1] if sign(want, got) == kind}
        smaller = next((t for t in tried if "".join(t) in still), None)
        if smaller is None:
            size //= 2
        else:
            tokens = smaller
    return mode, flags, "".join(tokens)


def sign(want, got):
    return tuple(re.sub(r"'[^']*'|\d+", "#", str(answer[:2])) for answer in (want, got))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--most", type=int, default=10, help="stop after so many findings")
    parser.add_argument("--round", action="store_true", help="a fixed number of cases instead of a time")
    parser.add_argument("--tool",
                        default=str(pathlib.Path(__file__).parents[2] / "build" / "tools" / "syntax_tool"))
    options = parser.parse_args()
    tool, generator = options.tool, random.Random(options.seed)
    source = seeds(generator)
    budget, count, seen = Budget(options, 8000), 0, set()
    while len(seen) < options.most and budget.allows(count):
        cases = []
        for _ in range(400):
            mode = generator.choice(["exec", "exec", "exec", "single", "eval"])
            flags = generator.choice(["-", "-", "di"]) if mode == "single" else "-"
            text = mutate(generator, next(source))
            if not any(0xD800 <= ord(c) < 0xE000 for c in text):
                cases.append((mode, flags, text))
        count += len(cases)
        for case, want, got in compare_errors.differences(tool, cases)[1]:
            if sign(want, got) in seen:
                continue
            seen.add(sign(want, got))
            small = shrink(tool, case)
            again = compare_errors.differences(tool, [small])[1]
            (mode, flags, text), want, got = again[0] if again else (case, want, got)
            print(f"{mode} {flags} {text!r}\n  want {want}\n  got  {got}", flush=True)
    print(f"Syntax: {count} cases, {len(seen)} findings, seed {options.seed}, {budget}")
    return 1 if seen else 0


if __name__ == "__main__":
    sys.exit(main())
