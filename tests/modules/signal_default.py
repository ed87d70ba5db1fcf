"""Without a handler of the program's own SIGINT is handled by signal.default_int_handler itself."""
import _signal
import signal

assert signal.getsignal(signal.SIGINT) is signal.default_int_handler is _signal.default_int_handler
assert signal.default_int_handler.__self__ is _signal and signal.default_int_handler.__module__ == "_signal"
assert signal.signal(signal.SIGINT, signal.SIG_IGN) is signal.default_int_handler
assert signal.getsignal(signal.SIGINT) == signal.SIG_IGN
assert signal.signal(signal.SIGINT, signal.default_int_handler) == signal.SIG_IGN
try:
    signal.raise_signal(signal.SIGINT)
except KeyboardInterrupt:
    pass
else:
    raise AssertionError("no KeyboardInterrupt")
