"""What is reported on standard error: lines of source as their file is encoded, notes, what is left at the
exit, what was allocated where, exceptions that nobody can catch; and what the prompt shows of text that its
stream lacks."""
import os
import re

from _both import finish, folder, same

here = folder()


def addresses(text):
    return re.sub("0x[0-9a-f]+", "0x", text)


def lines(text):
    """In one order: what is left at the exit goes in any."""
    return "\n".join(sorted(addresses(text).splitlines()))


def script(name, source, encoding="utf-8"):
    path = os.path.join(here, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding=encoding) as file:
        file.write(source)
    return path


# ---- source in its own encoding
CODED = (("latin-1", "hé ho"), ("iso-8859-15", "€uro"), ("cp437", "ßé"), ("koi8-r", "Привет"),
         ("utf-8", "日本 é"), ("iso-2022-jp", "日本"))
for encoding, text in CODED:
    first = f"# coding: {encoding}\n"
    same([script("coded.py", f"{first}x = '{text}' + str(1) + 1\n", encoding)])
    same([script("coded.py", f"\n{first}if 1:\n    raise RuntimeError('{text}')\n", encoding)])
    same([script("coded.py", f"{first}import warnings; warnings.warn('{text}')\n", encoding)])
same([script("late.py", "x = 'é' + 1\n# coding: latin-1\n")])

# ---- a file whose name has lost its folder is looked for on sys.path
script("far/moved.py", "import os, warnings\nos.chdir('/')\nwarnings.warn('moved')\n1 / 0\n")
same(["-c", "import sys; sys.path.insert(0, 'far'); import moved; sys.path[0] = 'nowhere'"], cwd=here)
same([os.path.join("far", "moved.py")], cwd=here)
same(["-c", f"import sys; sys.path.append({here + '/far'!r})\n"
      "exec(compile('\\n\\n\\n1 / 0', 'gone/moved.py', 'exec'))"])
same(["-c", "exec(compile('1 / 0', '<odd', 'exec'))"])

# ---- notes that are no list of texts
SIZED = "type('S', (), {'__len__': lambda s: 2, '__getitem__': lambda s, i: i})()"
UNSIZED = "type('S', (), {'__getitem__': lambda s, i: i})()"
MUTE = "type('B', (), {'__repr__': lambda s: 1/0, '__str__': lambda s: 1/0})()"
for notes in ("5", "'text'", "[1, 'two']", "(1,)", "None", "{}", "b'ab'", "range(2)", "{1}", SIZED, UNSIZED,
              MUTE, f"[{MUTE}]"):
    same(["-c", f"e = ValueError(1); e.__notes__ = {notes}; raise e"])

# ---- what is still there at the exit
same(["-c", "def g():\n try: yield\n finally: print('closed')\nx = g(); next(x)"])
same(["-c", "def g():\n try: yield\n finally: print('closed')\nx = g()"])
same(["-c", "async def a():\n try: yield\n finally: print('closed')\nx = a()\n"
      "try: x.__anext__().send(None)\nexcept StopIteration: pass"])
same(["-c", "async def c(): pass\nx = c()"])
same(["-c", "def g():\n try: yield\n finally: yield\nx = g(); next(x)"], edit=addresses)
same(["-c", "import sys, io\nsys.stdout = io.StringIO()\nclass A:\n"
      " def __del__(self): print('gone', sys.stdout is sys.__stdout__)\na = A()"])
same(["-c", "import sys\nsys.stdout = open(1, 'w', closefd=False)\nprint('written')\nclass A:\n"
      " def __del__(self): print('too')\na = A()"])
for mode in ("-Wd", "-We", "-Wi"):
    same([mode, "-c", "f = open('/etc/passwd')"], edit=lines)
    same([mode, "-c", "f = open('/etc/passwd', 'rb'); g = open('/etc/passwd', 'rb', 0)"], edit=lines)
    same([mode, "-c", "import socket; s = socket.socket()"], edit=lines)
    same([mode, "-c", "import os; s = os.scandir('/'); next(s)"], edit=lines)
same(["-Wd", "-c", f"import sys; sys.stdout = open({here + '/out'!r}, 'w'); print('text')"], edit=lines)
same(["-c", "f = open(1, 'w', closefd=False); f.write('not flushed')"])

# ---- a warning says where its object came from
LOSES = "import gc\ndef f():\n    x = open('/etc/passwd')\nf(); gc.collect()\n"
same(["-Wd", script("loses.py", LOSES)])
same(["-Wd", "-X", "tracemalloc=5", script("loses.py", LOSES)])

# ---- exceptions that nobody can catch have a place
same(["-c", "import gc, weakref\nclass A: pass\ndef f():\n a = A(); a.a = a\n return weakref.ref(a, int)\n"
      "r = f()\ngc.collect()"], edit=addresses)
same([script("told.py", "import gc\ndef g():\n    try: yield\n    finally: yield\n"
             "def f():\n    x = g()\n    ring = [x]; ring.append(ring)\n    next(x)\nf()\ngc.collect()\n")],
     edit=addresses)
ASYNC = """import gc
class W:
    def __await__(self): yield
async def g():
    try: yield
    finally: await W()
def f():
    x = g()
    ring = [x]; ring.append(ring)
    try: x.__anext__().send(None)
    except StopIteration: pass
f()
gc.collect()
"""
same([script("async_told.py", ASYNC)], edit=addresses)

# ---- the prompt, on a stream that cannot write all
for encoding in ("ascii", "latin-1", "utf-8", "cp1252"):
    same(["-i"], stdin="'a=\\xe9 b=\\udc80 c=\\U00010000 d=\\U0010ffff'\n'\\u20ac'\n",
         env={"PYTHONIOENCODING": encoding}, edit=lambda text: re.sub("(?m)^Python .*\n.*\n", "", text))
finish()
