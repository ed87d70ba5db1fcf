"""Threads that write to one stream in a loop do not keep another thread out of it: who waits gets in.

Each writer was inside, in its raw write, whenever the others looked."""
import io
import os
import threading
import time

ROUNDS = 30


class Slow(io.RawIOBase):
    """A raw stream that lets other threads run while it writes, as a file does."""

    def writable(self):
        return True

    def write(self, data):
        time.sleep(0.0005)
        return len(data)


def busy(stream, ended):
    while not ended.is_set():
        stream.write(b".")
        stream.flush()


def try_out(stream):
    ended = threading.Event()
    writers = [threading.Thread(target=busy, args=(stream, ended), daemon=True) for _ in range(4)]
    for writer in writers:
        writer.start()
    time.sleep(0.02)
    for _ in range(ROUNDS):
        stream.write(b"!")
        stream.flush()
    ended.set()
    for writer in writers:
        writer.join()
    # free again
    stream.write(b"?")
    stream.flush()


try_out(io.BufferedWriter(Slow(), 16))
with open(os.devnull, "wb") as null:
    try_out(null)
