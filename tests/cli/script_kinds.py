"""What a script can be: a pipe, /dev/stdin, a file whose first line is not its own (-x), a zip archive
behind other bytes.
"""
import os
import subprocess
import threading
import zipfile

from _both import KRAIT, REFERENCE, expect, finish, folder, same

d = folder()
for name in ("/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"):
    same([name], stdin="import sys\nprint(__name__, __file__, sys.argv)\nprint(sys.stdin.read())\n")
    same([name, "a", "b"], stdin="import sys; print(sys.argv[1:])")
    same(["-O", name], stdin="assert 0; print(__debug__)")
same(["/dev/null"])
same(["/dev/stdin"], stdin="")
same(["-x", "/dev/stdin"], stdin="@echo off\nprint(1)\n")


def file(name, text):
    with open(os.path.join(d, name), "wb") as f:
        f.write(text if isinstance(text, bytes) else text.encode())
    return os.path.join(d, name)


for text in ("@echo off\nprint(1)\n1/0\n", "", "\n", "only this", "one\n", "\r\nprint(2)\r\n",
             "@x\n# -*- coding: latin-1 -*-\nprint('é')\n", "bad line ((\nx = (\n"):
    path = file("x.py", text)
    for _ in range(2):
        same(["-x", path])
same([file("x.py", "print(1)\nprint(2)\n")])
same(["-x", d + "/x.py"])  # the cache knows the file, and must not be asked
same([d + "/x.py"])

# NUL: a line ends at its first one
for text in (b"print(1)\0", b"print(1)\n\0", b"\0print(1)\nprint(2)\n", b"x=1\0y(\nprint(2)\n",
             b"#a\0b\nprint(3)",
             b"'a\0b'\nprint(3)\n", b"\xef\xbb\xbfprint(4)\0", b"# coding: utf-8\nprint(5)\0\n", b"\0",
             "print(6)".encode("utf-16"), "print('\u4e2d')".encode("utf-16-be"), b"\0\0\n\0"):
    same([file("zero.py", text)])


def process_substitution(program, text):
    done = subprocess.run(["bash", "-c", f'"{program}" <(printf "%s" "$0") a', text],
                          capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout, done.stderr


for text in ("import sys; print(sys.argv[1:], __file__[:8])", "raise SystemExit(3)",
             "print(open(__file__).read())"):
    expect(process_substitution(KRAIT, text) == process_substitution(REFERENCE, text), f"<(…): {text}")

# ---- zip archives
archive = os.path.join(d, "plain.pyz")
with zipfile.ZipFile(archive, "w") as z:
    z.writestr("__main__.py", "import sys, helper\nprint('main', helper.x, sys.argv[1:], __name__)\n")
    z.writestr("helper.py", "x = 5\n")
with open(archive, "rb") as f:
    plain = f.read()
with zipfile.ZipFile(os.path.join(d, "comment.pyz"), "w") as z:
    z.writestr("__main__.py", "print('with a comment')\n")
    z.comment = b"words " * 1000
for path in (archive, os.path.join(d, "comment.pyz"),
             file("shebang.pyz", b"#!/usr/bin/env python3\n" + plain),
             file("noise.pyz", os.urandom(3000) + plain),
             file("empty.zip", b"PK\5\6" + bytes(18))):
    same([path, "1"], edit=lambda text: text.replace(KRAIT, "PROGRAM").replace(REFERENCE, "PROGRAM"))
file("not_a_zip.py", "x = 'PK\\5\\6'\nprint(len(x))\n")
same([d + "/not_a_zip.py"])
finish()
