"""logging: levels, formats, exceptions."""
import io
import logging

stream = io.StringIO()
h = logging.StreamHandler(stream)
h.setFormatter(logging.Formatter("%(levelname)s:%(name)s:%(message)s"))
log = logging.getLogger("x.y")
log.addHandler(h)
log.setLevel(logging.INFO)
log.debug("no")
log.info("n=%d", 5)
try:
    1 / 0
except ZeroDivisionError:
    log.exception("failed")
text = stream.getvalue()
assert text.startswith("INFO:x.y:n=5\nERROR:x.y:failed\nTraceback (most recent call last):\n")
assert text.endswith("ZeroDivisionError: division by zero\n")
