"""Cold, warm, touched, edited, edited with equal size and restored time: the source always wins."""
import os
import time

from _krait import Place, check, finish

p = Place()
p.made(1)
past = time.time_ns() - 3600 * 10 ** 9
p.made(1, past)
p.expect(1, "cold")
check(p.entries(), "a cold run writes entries")
p.expect(1, "warm")
before = {e: os.stat(e).st_mtime_ns for e in p.entries()}
p.expect(1, "warm again")
check(len(p.entries()) == len(before), "a warm run adds no entries")
os.utime(p.path("made.py"))
p.expect(1, "touched")
p.made(2, past)
p.made(333)
p.expect(333, "edited, other size")
p.made(444)
p.expect(444, "edited at once, equal size")
for i in range(500, 512):
    p.made(i)
    p.expect(i, f"edited within the clock's resolution ({i})")
for mtime in (0, 10 ** 9, past):
    p.made(601 + mtime % 7, mtime)
    p.expect(601 + mtime % 7, f"mtime {mtime}")
p.made(700, 0)
p.expect(700, "mtime 0")
p.made(701, 0)
p.expect(701, "mtime 0, equal size, other content")
os.rename(p.path("made.py"), p.path("made2.py"))
os.rename(p.path("made2.py"), p.path("made.py"))
p.expect(701, "renamed there and back")
p.expect(701, "without writing", "-B")
p.expect(701, "by PYTHONDONTWRITEBYTECODE", env={"PYTHONDONTWRITEBYTECODE": "1"})
os.remove(p.path("made.py"))
check(p.run()[0] == 1 and "No module named 'made'" in p.run()[2],
      "a removed source is not imported from the cache")
finish()
