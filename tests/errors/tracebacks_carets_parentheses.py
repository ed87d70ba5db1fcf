"""Where carets stand beside parentheses: those of a tuple and of a generator are part of it."""
import linecache
import os
import sys
import tempfile

LINES = """(1,2)[5]
(x,2)[5]
((1,2))[5]
f((1,2)[5])
(  1,  2  )[5]
(1,2)[5]+1
(x )  [5]
(x,)  [5]
(x)+(y)
()[1]
(  )[1]
x+()
x + ( )
x+(1,2)
x + ((y))
(i for i in t)[1]
(i for i in t) + x
( (i for i in t) ) @ x
("a,b")[9]
("for", )[9]
(f(1,2))[3]
(lambda q: 3)[1]
x+(f(1,2))
x + ("x for y")
(t[1:2])+x
(x if x else y)[1]
x+(x if x else y)
(x,y)*(1,2)"""

os.chdir(tempfile.mkdtemp())
path = "lines.py"
for line in LINES.splitlines():
    with open(path, "w") as f:
        f.write(line)
    linecache.clearcache()
    try:
        exec(compile(line, path, "exec"), {"f": lambda *a: None, "x": None, "y": None, "t": ()})
    except Exception as e:
        sys.__excepthook__(type(e), e, e.__traceback__.tb_next)
os.remove(path)
os.rmdir(os.getcwd())
