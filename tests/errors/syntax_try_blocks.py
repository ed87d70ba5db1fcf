"""Syntax errors: try blocks. Text, line, caret range."""
SOURCES = [
    "try: pass", "try:\n  pass\nx = 1", "try:\n  pass\nexcept\n  pass", "try:\n  pass\nexcept:\npass", "try:\n  pass\nexcept:\n  pass\nexcept ValueError:\n  pass", "try:\n  pass\nexcept A, B:\n  pass", "try:\n  pass\nexcept A as 1:\n  pass", "try:\n  pass\nexcept A as b.c:\n  pass", "try:\n  pass\nfinally\n  pass", "try:\n  pass\nfinally:\npass", "try:\npass\nexcept: pass", "except: pass", "finally: pass", "try:\n  pass\nelse:\n  pass", "try:\n  pass\nexcept* A:\n  pass\nexcept B:\n  pass", "try:\n  pass\nexcept*:\n  pass", "try:\n  pass\nexcept A:\n  pass\nexcept* B:\n  pass", "try\n  pass",
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
