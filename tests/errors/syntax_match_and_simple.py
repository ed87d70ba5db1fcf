"""Syntax errors: match and simple. Text, line, caret range."""
SOURCES = [
    "raise x,", "raise x from", "raise from x", "assert", "assert x,", "assert (x, 'message')", "pass x", "pass = 1", "break x", "continue 1", "del x y", "@", "@x", "@x\ny = 1", "@x y\ndef f(): pass", "@\ndef f(): pass", "match x:\n  pass", "match x:\ncase 1: pass", "match x:\n  case 1\n    pass", "match x:\n  case 1:\n  pass", "match x:\n  case a: pass\n  case b: pass", "match x:\n  case _: pass\n  case 1: pass", "match x:\n  case a | b: pass", "match x:\n  case (a, a): pass", "match x:\n  case a | 1: pass", "match x:\n  case {**a, 'b': 1}: pass", "match x:\n  case {a: 1}: pass", "match x:\n  case [*a, *b]: pass", "match x:\n  case A(b=1, b=2): pass", "match x:\n  case A(b=1, 2): pass", "match x:\n  case 1 + 2: pass", "match x:\n  case -a: pass", "match x:\n  case f'': pass", "match x:\n  case 1 as a.b: pass", "match x:\n  case 1 as _: pass", "match x:\n  case {'a': 1, 'a': 2}: pass", "match x:\n  case {**_}: pass", "match x:\n  case a.b(): pass\n  case a(): y", "match x:\n  case (1 as a) | (2 as b): pass", "match x:\n  case 1 if: pass", "match x\n  case 1: pass", "match:\n  case 1: pass",
]


def main():
    import sys
    for number, source in enumerate(SOURCES, 1):
        print("----", number, repr(source), file=sys.stderr)
        try:
            compile(source, "<test>", "exec")
            print("compiles", file=sys.stderr)
        except (SyntaxError, ValueError) as e:
            sys.excepthook(type(e), e, None)


main()
