"""time: clocks, sleeping, calendar times."""
import time

start = time.monotonic()
time.sleep(0.02)
assert 0.015 < time.monotonic() - start < 2 and time.time() > 1.6e9 and time.perf_counter_ns() > 0
assert time.strftime("%Y", time.gmtime(0)) == "1970" and time.gmtime(86400).tm_mday == 2
assert time.struct_time(range(9)).tm_mon == 1 and time.process_time() > 0
