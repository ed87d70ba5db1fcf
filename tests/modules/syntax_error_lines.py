"""Where a SyntaxError is and which text it shows, when the text is of no file, and when there is a file of
that name: then it is the line that the file has, alone."""
import os
import subprocess
import sys
import tempfile

NO_FILE = "no such file"
CASES = [  # source, what is told without a file, and with one: lineno, offset, text, end_lineno, end_offset
    ('foo = f"""{}\nfoo"""\n',
     (2, 7, 'foo = f"""{}\nfoo"""\n', 2, 7),
     (2, 7, 'foo"""\n', 2, 7)),
    ('if 1:\n    foo = f"""{}\n    foo"""\n',
     (3, 11, '    foo = f"""{}\n    foo"""\n', 3, 11),
     (3, 11, '    foo"""\n', 3, 11)),
    ('x = f"""\n\n {a b}\n  c"""\ny = 1\n',
     (3, 2, '(a b)\n', 3, 5),
     (3, 2, '(a b)\n', 3, 5)),
    ('x = ("""a\n b""" 3 4)\n',
     (1, 6, 'x = ("""a', 2, 8),
     (1, 6, 'x = ("""a\n', 2, 8)),
    ('f(a, """\nb\nc""" 1)\n',
     (1, 6, 'f(a, """', 3, 7),
     (1, 6, 'f(a, """\n', 3, 7)),
    ('x = """\nabc\n',
     (1, 5, 'x = """', 1, 5),
     (1, 5, 'x = """', 1, 5)),
    ('x = (1,\n 2 3)\n',
     (2, 2, ' 2 3)\n', 2, 5),
     (2, 2, ' 2 3)\n', 2, 5)),
    ('x = 1 + \\\n  2 3\n',
     (2, 5, 'x = 1 + \\\n  2 3\n', 2, 6),
     (2, 5, '  2 3\n', 2, 6)),
    ('"""\n\\N{no}\n"""\n',
     (3, 4, '"""\n\\N{no}\n"""\n', 3, 4),
     (3, 4, '"""\n', 3, 4)),
    ('f"""\n\\N{no}\n"""\n',
     (3, 4, 'f"""\n\\N{no}\n"""\n', 3, 4),
     (3, 4, '"""\n', 3, 4)),
    ('x = """a\nb""" = 3\n',
     (1, 5, 'x = """a', 2, 5),
     (1, 5, 'x = """a\n', 2, 5)),
    ('f"""ä\n{x!z}\n"""\n',
     (3, 4, 'f"""ä\n{x!z}\n"""\n', 3, 4),
     (3, 4, '"""\n', 3, 4)),
    ('f"""a\n{x\n"""\n',
     (3, 4, 'f"""a\n{x\n"""\n', 3, 4),
     (3, 4, '"""\n', 3, 4)),
    ('f"""\n}\n"""\n',
     (3, 4, 'f"""\n}\n"""\n', 3, 4),
     (3, 4, '"""\n', 3, 4)),
    ("print('''ä\nöb''' if)\n",
     (2, 10, "print('''ä\nöb''' if)\n", 2, 10),
     (2, 9, "öb''' if)\n", 2, 10)),
    ("'''\n''' += 1\n",
     (1, 1, "'''", 2, 4),
     (1, 1, "'''\n", 2, 4)),
    ("é = '''\né''' 1\n",
     (2, 6, "é = '''\né''' 1\n", 2, 7),
     (2, 6, "é''' 1\n", 2, 7)),
]


def place(source, name):
    try:
        compile(source, name, "exec")
    except SyntaxError as e:
        return e.lineno, e.offset, e.text, e.end_lineno, e.end_offset
    raise AssertionError("compiled")


with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "faulty.py")
    for source, without, with_file in CASES:
        assert place(source, NO_FILE) == without, (source, place(source, NO_FILE))
        with open(path, "w", encoding="utf-8") as f:
            f.write(source)
        assert place(source, path) == with_file, (source, place(source, path))
    with open(path, "w") as f:
        f.write('if 1:\n    foo = f"""{}\n    foo"""\n')
    done = subprocess.run([sys.executable, path], stderr=subprocess.PIPE, encoding="utf-8")
    assert done.stderr.splitlines() == [
        f'  File "{path}", line 3', '    foo"""', "          ^",
        "SyntaxError: f-string: empty expression not allowed"], done.stderr
