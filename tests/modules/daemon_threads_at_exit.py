"""Daemon threads that are in the middle of reading and writing files do not keep the process from ending."""
import subprocess
import sys

CHILD = """
import os, threading, time
ran = set()
def work():
    while True:
        with open(__file__, "rb") as source, open(os.devnull, "wb") as sink:
            sink.write(source.read(200))
            time.sleep(0.0002)
        ran.add(threading.current_thread())
threads = [threading.Thread(target=work, daemon=True) for _ in range(20)]
for t in threads:
    t.start()
while len(ran) < len(threads):
    time.sleep(0.001)
print("leaving")
"""

for _ in range(3):
    done = subprocess.run(
        [sys.executable, "-c", CHILD.replace("__file__", repr(__file__))], capture_output=True, text=True,
        timeout=60)
    assert (done.returncode, done.stdout) == (
        0, "leaving\n"), (done.returncode, done.stdout, done.stderr[-500:])
print("ok")
