#!/usr/bin/python3.11
"""Compares syntax errors (kind, message, line, columns, text) with those of CPython 3.11.

    compare_errors.py SYNTAX_TOOL [tests] [prefixes] [deletions] [FILE]

tests: every string in CPython's tests of syntax, and their doctests. prefixes, deletions: each prefix and
each deletion, swap or insertion of one token of small programs (FILE, or those below). Without a word: all
of them.
"""
import ast
import doctest
import io
import json
import pathlib
import random
import subprocess
import sys
import sysconfig
import tokenize
import warnings

TESTS = """test_syntax test_exceptions test_fstring test_eof test_string_literals test_unpack_ex
test_positional_only_arg test_grammar test_named_expressions test_patma test_generators test_genexps test_listcomps
test_setcomps test_dictcomps test_keywordonlyarg test_scope test_global test_unicode_identifiers test_codeop
test_compile test_parser test_type_comments test_future test_exception_group test_except_star test_traceback
test_with test_decorators test_coroutines test_unpack test_extcall test_tokenize test_cmd_line_script
test_source_encoding test_ast test_peg_generator test_flufl test_int_literal test_float test_complex
test_print test_string test_bytes test_pep646_syntax test_metaclass test_descr""".split()

PROGRAMS = ['''\
import a.b as c, d
from . import (x, y as z,)
@dec(1)
def f(a, /, b: int = 2, *args, c, d=3, **kw) -> "r":
    """doc"""
    global g
    if a > 1 and not b or c is not None:
        return [i for i in range(10) if i % 2], {k: v for k, v in z}
    elif a in (1, 2):
        x[1:2, ::3] += -a ** 2
    else:
        del x.y, z[0]
    while True:
        break
    for (i, *j) in k:
        print(i, *j, sep="", **{'a': 1})
    else:
        pass
    with open(a) as b, c as (d, e):
        yield b
    with (open(a) as b, c):
        x = yield from q
    try:
        raise E(1) from None
    except (A, B) as e:
        assert x, "m"
    except:
        nonlocal y
    finally:
        lambda x, *y, z=1: x if y else z
    return f"{x!r:>{w}} {y=}" 'b' rb'' if b else {1, 2, *c}
''', '''\
class C(B, metaclass=M):
    x: int = 3
    (y): str
    async def m(self):
        async with a as b:
            await c
        async for d in e:
            return {**a, 'b': 1}
        return [x async for x in y]
match p:
    case {"a": 1, **rest} if q:
        pass
    case C(1, x=2) | [a, *_] as w:
        pass
    case -1.5 + 2j | None | a.b:
        pass
    case (1, (2)), _:
        pass
print((a := 5), a[b, *c], not d)
try: pass
except* E as e: pass
x = y = (yield)
a, b = b, a; c @= 1
x = """a
b""" + \\
  'c'
''']


def cases_of_tests():
    library = pathlib.Path(sysconfig.get_path("stdlib")) / "test"
    parser = doctest.DocTestParser()
    for name in TESTS:
        path = library / (name + ".py")
        if not path.exists():
            continue
        tree = ast.parse(path.read_bytes())
        for node in ast.walk(tree):
            if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
                continue
            text = node.value
            if ">>>" in text:
                try:
                    for example in parser.get_examples(text):
                        yield "exec", "-", example.source
                        yield "single", "-", example.source
                except ValueError:
                    pass
            elif len(text) < 5000:
                yield "exec", "-", text
                yield "eval", "-", text
                if "type:" in text:
                    yield "exec", "t", text
                if "->" in text:
                    yield "func_type", "-", text
                yield "single", "-", text
                yield "single", "di", text + "\n"


def cases_of_prefixes(programs):
    for program in programs:
        for i in range(len(program)):
            yield "exec", "-", program[:i]
            yield "single", "di", program[:i]


def cases_of_deletions(programs):
    generator = random.Random(7)
    for program in programs:
        lines = io.StringIO(program).readline
        tokens = [t for t in tokenize.generate_tokens(lines) if t.string.strip()]
        starts = [0]
        for line in program.split("\n"):
            starts.append(starts[-1] + len(line) + 1)
        spans = [(starts[t.start[0] - 1] + t.start[1], starts[t.end[0] - 1] + t.end[1]) for t in tokens]
        words = sorted({t.string for t in tokens})
        for i, (a, b) in enumerate(spans):
            yield "exec", "-", program[:a] + program[b:]
            yield "exec", "-", program[:a] + program[a:b] + " " + program[a:b] + program[b:]
            for _ in range(6):
                word = generator.choice(words)
                yield "exec", "-", program[:a] + word + program[b:]
                yield "exec", "-", program[:a] + word + " " + program[a:]
            if i + 1 < len(spans):
                c, d = spans[i + 1]
                yield "exec", "-", program[:a] + program[c:d] + program[b:c] + program[a:b] + program[d:]


def expected(mode, flags, text):
    bits = ast.PyCF_ONLY_AST | (ast.PyCF_TYPE_COMMENTS if "t" in flags else 0) | (0x200 if "d" in flags
            else 0) | (0x4000 if "i" in flags else 0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = compile(text, "f", mode, bits, dont_inherit=True)
        return ["ok", ast.dump(tree, indent=1, include_attributes=True) + "\n"]
    except SyntaxError as e:
        return [type(e).__name__, e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset, e.text]
    except (ValueError, MemoryError, RecursionError, OverflowError) as e:
        return [type(e).__name__, str(e), 0, 0, 0, 0, None]


def main():
    tool, *what = sys.argv[1:]
    files = [pathlib.Path(w).read_text() for w in what if w.endswith(".py")]
    what = [w for w in what if not w.endswith(".py")] or ["tests", "prefixes", "deletions"]
    programs = files or PROGRAMS
    cases = []
    if "tests" in what:
        cases += cases_of_tests()
    if "prefixes" in what:
        cases += cases_of_prefixes(programs)
    if "deletions" in what:
        cases += cases_of_deletions(programs)
    unique = list(dict.fromkeys(c for c in cases if not any(0xD800 <= ord(x) < 0xE000 for x in c[2])))
    return compare(tool, unique)


def differences(tool, cases):
    """(how many are no programs to CPython, those about which the tool and CPython disagree, each with
    both answers)
    """
    data = b"".join(
        b"%s %s %d\n%s" % (m.encode(), f.encode(), len(t.encode()), t.encode()) for m, f, t in cases)
    done = subprocess.run([tool, "trees"], input=data, capture_output=True)
    answers = done.stdout.decode("utf-8", "surrogateescape").split("\0\n")[:-1]
    faults, found = 0, []
    for case, answer in zip(cases, answers):
        want = expected(*case)
        try:
            got = json.loads(answer)
        except ValueError:
            got = ["ok", answer]
        faults += want[0] != "ok"
        if want[0] == "ok" or got[0] == "ok":
            same = want == got
        elif want[2] is None or got[7]:
            same = want[:2] == got[:2]
        else:
            same = want == got[:7]
        if not same:
            found.append((case, want, got[:7]))
    if len(answers) != len(cases):
        found.append((
            cases[len(answers)],
            ["an answer"],
            ["the tool stopped", done.stderr.decode("utf-8", "replace")[-3000:]]))
    return faults, found


def compare(tool, cases):
    """Prints the cases about which the tool and CPython disagree, and a count; whether there are any."""
    faults, found = differences(tool, cases)
    for (mode, flags, text), want, got in found:
        print(f"{mode} {flags} {text[-600:]!r}\n  want {want}\n  got  {got}")
    print(f"{len(cases)} cases, {faults} of them faults, {len(found)} differ")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
