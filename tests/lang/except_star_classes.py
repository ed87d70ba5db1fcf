"""The classes of every except* clause are evaluated, also when no exception is left for it."""
log = []


def classes(name, cls):
    log.append(name)
    return cls


try:
    raise ExceptionGroup("g", [ValueError(1)])
except* classes("first", ValueError):
    log.append("handled")
except* classes("second", TypeError):
    log.append("not reached")
assert log == ["first", "handled", "second"], log
