"""What is printed for sources that do not compile: shared by the tables of syntax errors."""
import sys


def show(sources):
    """Prints each source with its number, and the error it is refused with, as the hook for errors does."""
    for number, source in enumerate(sources, 1):
        print("----", number, repr(source), file=sys.stderr)
        try:
            compile(source, "<test>", "exec")
            print("compiles", file=sys.stderr)
        except (SyntaxError, ValueError) as e:
            sys.excepthook(type(e), e.with_traceback(None), None)
