# modes: reference cold switch asan
"""Streams and hashes wanted while a long call works on them."""
import bz2
import hashlib
import lzma
import os
import signal
import threading
import zlib

noise = os.urandom(1 << 20)
heard, refused = [], []


def during(call, meanwhile):
    """Calls `meanwhile` in a handler every few milliseconds of the call."""
    def ring(number, frame):
        heard.append(number)
        try:
            meanwhile()
        except RuntimeError as error:
            refused.append(error)
    signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, 0.004, 0.004)
    try:
        return call()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, signal.SIG_IGN)


for make, decompress in ((zlib.compressobj, zlib.decompress), (bz2.BZ2Compressor, bz2.decompress),
                         (lambda: lzma.LZMACompressor(preset=0), lzma.decompress)):
    stream = make()
    added = []

    def add():
        added.append(stream.compress(b""))
    first = during(lambda: stream.compress(noise * 2), add)
    # what a handler got came behind the bytes of the call, or the call was over
    assert decompress(first + b"".join(added) + stream.flush()) == noise * 2

for name in ("sha256", "sha3_256", "blake2b"):
    digest = hashlib.new(name)
    during(lambda: digest.update(noise * 24), lambda: digest.update(b""))
    assert digest.digest() == hashlib.new(name, noise * 24).digest()
assert heard

# several threads on one compressor: each call is whole
stream = zlib.compressobj()


def compress_much():
    for _ in range(3):
        stream.compress(noise)


threads = [threading.Thread(target=compress_much) for _ in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
stream.flush()
