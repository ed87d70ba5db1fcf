# tracemalloc: where memory was taken, how much is there, and what is forgotten.
import gc
import subprocess
import sys
import tracemalloc

from _case import error

assert not tracemalloc.is_tracing() and tracemalloc.get_traced_memory() == (0, 0)
assert tracemalloc.get_object_traceback([]) is None and tracemalloc._get_traces() == []
for frames in (0, -1, 65536):
    assert error(tracemalloc.start, frames) == "ValueError: the number of frames must be in range [1; 65535]"
assert error(tracemalloc.take_snapshot).startswith("RuntimeError: the tracemalloc module must be tracing")


def take(size):
    return bytes(size)


def keep():
    return [take(100_000) for _ in range(20)]  # line 21


tracemalloc.start(2)
tracemalloc.start(5)  # changes nothing
assert tracemalloc.is_tracing() and tracemalloc.get_traceback_limit() == 2
kept = keep()
now, most = tracemalloc.get_traced_memory()
assert 2_000_000 <= now <= 2_100_000 and most >= now, (now, most)
where = tracemalloc.get_object_traceback(kept[3])
assert [frame.lineno for frame in where] == [21, 17] and where[0].filename == __file__, where
assert tracemalloc.get_object_traceback(1) is None

top = tracemalloc.take_snapshot().statistics("lineno")[0]
assert top.traceback[0].lineno == 17 and 2_000_000 <= top.size <= 2_100_000 and top.count >= 20

del kept
gc.collect()
assert tracemalloc.get_traced_memory()[0] < 500_000 and tracemalloc.get_traced_memory()[1] >= 2_000_000
tracemalloc.reset_peak()
assert tracemalloc.get_traced_memory()[1] < 500_000

# lists that grow where they are, and garbage in many rounds
grown = []
for i in range(200_000):
    grown.append(i)
    [i]
assert 1_600_000 <= tracemalloc.get_traced_memory()[0] <= 20_000_000
assert tracemalloc.get_tracemalloc_memory() > 0
tracemalloc.clear_traces()
assert tracemalloc.get_object_traceback(grown) is None and tracemalloc.get_traced_memory()[0] < 10_000
tracemalloc.stop()
assert not tracemalloc.is_tracing() and tracemalloc.get_traced_memory() == (0, 0)

# from the start
for option, limit in ("tracemalloc", 1), ("tracemalloc=7", 7), ("tracemalloc=0", None):
    show = "import tracemalloc as t; print(t.get_traceback_limit() if t.is_tracing() else None)"
    command = [sys.executable, "-X", option, "-c", show]
    out = subprocess.run(command, stdout=subprocess.PIPE, text=True).stdout
    assert out.strip() == str(limit), (option, out)
command = [sys.executable, "-X", "tracemalloc=-1", "-c", ""]
refused = subprocess.run(command, stderr=subprocess.PIPE, text=True)
assert refused.returncode == 1 and "-X tracemalloc=NFRAME: invalid number of frames" in refused.stderr
