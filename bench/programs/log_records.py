"""A logged program: loggers in a tree, handlers of our own and of the library's, filters, formatters of all
three styles, adapters, exceptions with tracebacks, dictConfig.
"""
import hashlib
import io
import logging
import logging.config
import logging.handlers
import sys
import time


class Clockless(logging.Filter):
    """Gives records what would otherwise change from run to run, and counts them by level."""

    def __init__(self, name=""):
        super().__init__(name)
        self.counts = {}

    def filter(self, record):
        record.created = 1.6e9 + record.lineno
        record.msecs = record.lineno % 1000
        record.short = record.name.rpartition(".")[2]
        self.counts[record.levelname] = self.counts.get(record.levelname, 0) + 1
        return record.levelno > logging.DEBUG or record.args != ()


class Digest(logging.Handler):
    def __init__(self):
        super().__init__()
        self.sum, self.lines = hashlib.md5(), 0

    def emit(self, record):
        self.sum.update(self.format(record).encode())
        self.lines += 1


class Tagged(logging.LoggerAdapter):
    def process(self, message, kw):
        return f"<{self.extra['tag']}> {message}", kw


def handlers(out):
    digest = Digest()
    digest.setFormatter(logging.Formatter("%(levelname)-8s %(name)s:%(funcName)s %(message)s"))
    stream = logging.StreamHandler(out)
    stream.setLevel(logging.WARNING)
    stream.setFormatter(logging.Formatter("{levelno:03d}|{short:>8}|{message}", style="{"))
    memory = logging.handlers.MemoryHandler(50, flushLevel=logging.CRITICAL, target=stream)
    dated = Digest()
    formatter = logging.Formatter("$asctime $levelname $message", "%Y-%m-%d %H", style="$")
    formatter.converter = time.gmtime
    dated.setFormatter(formatter)
    dated.setLevel(logging.INFO)
    return digest, memory, dated


def work(log, i):
    log.debug("start %d of %s", i, "many")
    if i % 3 == 0:
        log.info("item %(id)05d costs %(price).2f", {"id": i, "price": i / 7})
    if i % 10 == 0:
        log.warning("late by %s", i % 60, extra={"due": i})
    if i % 50 == 0:
        try:
            {}[i]
        except KeyError:
            log.exception("no item %r", i)
    log.debug("end")


def main(n):
    out = io.StringIO()
    digest, memory, dated = handlers(out)
    tidy = Clockless()
    root = logging.getLogger("shop")
    root.setLevel(logging.DEBUG)
    root.propagate = False
    for handler in (digest, memory, dated):
        handler.addFilter(tidy)
        root.addHandler(handler)
    logging.config.dictConfig({
        "version": 1, "incremental": True, "loggers": {"shop.quiet": {"level": "WARNING"}}})
    names = ("stock", "stock.food", "quiet", "till.one.two")
    logs = [logging.getLogger("shop." + name) for name in names]
    logs.append(Tagged(logs[0], {"tag": "vip"}))
    for i in range(n):
        work(logs[i % len(logs)], i)
    memory.close()
    lines = [line for line in out.getvalue().splitlines() if line.startswith("0")]
    digests = hashlib.md5("\n".join(lines).encode()).hexdigest()[:8], digest.sum.hexdigest()[:8]
    assert not logs[2].isEnabledFor(logging.INFO) and logs[3].getEffectiveLevel() == logging.DEBUG
    print("lines", digest.lines, dated.lines, len(lines), *digests, lines[-1])
    print("counts", sorted(tidy.counts.items()), logging.getLogger("shop.till").parent is root)


main(int(sys.argv[1]) if len(sys.argv) > 1 else 15000)
