"""The module builtins: its names, and those that site adds to it."""
import builtins

assert builtins.len is len and builtins.__name__ == "builtins" and "print" in dir(builtins)
assert set(
    ("ArithmeticError AssertionError AttributeError BaseException BaseExceptionGroup BlockingIOError "
     "BrokenPipeError BufferError BytesWarning ChildProcessError ConnectionAbortedError ConnectionError "
     "ConnectionRefusedError ConnectionResetError DeprecationWarning EOFError Ellipsis EncodingWarning "
     "EnvironmentError Exception ExceptionGroup False FileExistsError FileNotFoundError FloatingPointError "
     "FutureWarning GeneratorExit IOError ImportError ImportWarning IndentationError IndexError "
     "InterruptedError IsADirectoryError KeyError KeyboardInterrupt LookupError MemoryError "
     "ModuleNotFoundError NameError None NotADirectoryError NotImplemented NotImplementedError OSError "
     "OverflowError PendingDeprecationWarning PermissionError ProcessLookupError RecursionError "
     "ReferenceError ResourceWarning RuntimeError RuntimeWarning StopAsyncIteration StopIteration "
     "SyntaxError SyntaxWarning SystemError SystemExit TabError TimeoutError True TypeError "
     "UnboundLocalError UnicodeDecodeError UnicodeEncodeError UnicodeError UnicodeTranslateError "
     "UnicodeWarning UserWarning ValueError Warning ZeroDivisionError __build_class__ __debug__ __doc__ "
     "__import__ __name__ __package__ abs aiter all anext any ascii bin bool breakpoint bytearray bytes "
     "callable chr classmethod compile complex delattr dict dir divmod enumerate eval exec filter float "
     "format frozenset getattr globals hasattr hash help hex id input int isinstance issubclass iter len "
     "list locals map max memoryview min next object oct open ord pow print property range repr reversed "
     "round set setattr slice sorted staticmethod str sum super tuple type vars zip copyright credits exit "
     "license quit").split()) <= set(dir(builtins)), set(dir(builtins))

# the names that site adds
SITE = (("exit", "Quitter"), ("quit", "Quitter"),
        ("copyright", "_Printer"), ("credits", "_Printer"), ("license", "_Printer"),
        ("help", "_Helper"))
for name, kind in SITE:
    added = getattr(builtins, name)
    for _ in range(2):  # before its first use and after
        assert (type(added).__name__, type(added).__module__, type(added).__qualname__) == (kind,
                "_sitebuiltins", kind), name
        assert added.__class__.__name__ == kind
        repr(added)
        added = getattr(builtins, name)
assert exit.name == "exit" and quit.name == "quit" and type(exit) is type(quit)
assert type(copyright) is not type(exit) is not type(help)
assert repr(exit) == "Use exit() or Ctrl-D (i.e. EOF) to exit"
assert repr(quit) == "Use quit() or Ctrl-D (i.e. EOF) to exit"
