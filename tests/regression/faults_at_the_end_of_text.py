"""A mistake that a rule words stands when the tokenizer has come to the end of the text, else an unclosed
bracket is told.
"""
MISTAKES = ["f(a, b \n for e in x", "f(**a, *b", "f(a=1,\n b", "f(\nTrue=1", "[\na, b for c in d",
            "{a:\n *b", "(a :=\n b.c", "x = (a\n b", "(\n x.y := 1", "a = (\n 1 = 2",
            "(a\n if b", "del (\n f()", "f(a\n b c", "(\n for f() in x", "f(a\n b ''"]
TAILS = ["", ":", "\n", " x", " ''", ")", "#c", "\n  x\n"]
INCOMPLETE = 0x4200   # PyCF_DONT_IMPLY_DEDENT | PyCF_ALLOW_INCOMPLETE_INPUT, as in codeop

for mistake in MISTAKES + ["..", "a..", ".", "1.", "a ...", "''", '""', "x <", "x <<", "x <<=", "x **=",
                           "x ->", "x :="]:
    for tail in TAILS if mistake in MISTAKES else [""]:
        for mode, flags in (("exec", 0), ("single", 0), ("single", INCOMPLETE), ("eval", 0)):
            try:
                compile(mistake + tail, "m", mode, flags, True)
                print(repr(mistake + tail), mode, flags, "is right")
            except SyntaxError as e:
                print(repr(mistake + tail), mode, flags, e.msg, e.lineno, e.offset, e.end_lineno,
                      e.end_offset)
try:
    compile("def foo(a, b\u00e9, 0777): pass\n", "m", "exec")
except SyntaxError as e:   # in bytes: CPython does not convert these two
    print(ascii(e.msg), e.offset, e.end_offset)
