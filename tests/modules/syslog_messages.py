# syslog: masks, and what its functions take and refuse.
import syslog

from _case import error

assert syslog.LOG_MASK(1) == 2 and syslog.LOG_MASK(40) == 256 and syslog.LOG_MASK(-1) == -2147483648
assert syslog.LOG_UPTO(1) == 3 and syslog.LOG_UPTO(syslog.LOG_DEBUG) == 255 and syslog.LOG_UPTO(31) == 0
assert syslog.setlogmask(syslog.LOG_UPTO(syslog.LOG_EMERG)) == 255 and syslog.setlogmask(0) == 1
assert syslog.syslog("nobody reads this") is None and syslog.syslog(syslog.LOG_DEBUG, "nor\0this %s") is None
assert syslog.openlog() is None and syslog.openlog("me", syslog.LOG_PID, syslog.LOG_USER) is None
assert syslog.openlog(ident="it", logoption=0, facility=syslog.LOG_LOCAL0) is None
assert syslog.closelog() is None and syslog.closelog() is None
for call, message in [
    (lambda: syslog.syslog(), "TypeError: [priority,] message string"),
    (lambda: syslog.syslog(3), "TypeError: [priority,] message string"),
    (lambda: syslog.syslog("x", 3), "TypeError: [priority,] message string"),
    (lambda: syslog.syslog(3, b"x"), "TypeError: [priority,] message string"),
    (lambda: syslog.openlog(None), "TypeError: openlog() argument 1 must be str, not None"),
    (lambda: syslog.openlog("a", 1, 8, 9), "TypeError: openlog() takes at most 3 arguments (4 given)"),
    (lambda: syslog.openlog(name=1), "TypeError: 'name' is an invalid keyword argument for openlog()"),
    (lambda: syslog.setlogmask(), "TypeError: mask for priority"),
    (lambda: syslog.LOG_MASK(), "TypeError: LOG_MASK() takes exactly 1 argument (0 given)"),
    (lambda: syslog.LOG_UPTO("x"), "TypeError: 'str' object cannot be interpreted as an integer"),
]:
    assert error(call) == message, error(call)
assert error(syslog.syslog, "\udc80").startswith("UnicodeEncodeError: 'utf-8' codec can't encode")
