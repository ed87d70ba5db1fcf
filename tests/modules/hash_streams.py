"""Digests of streams that come in pieces of every size, before and behind the point where a library
takes over; copies on the way, HMACs and keys derived.
"""
import hashlib
import hmac
import itertools

DATA = bytes(i * i % 251 for i in range(1 << 16)) * 10
NAMES = ["md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_256", "blake2b", "blake2s"]


def in_pieces(name, data, sizes):
    """(digest, digest of a copy that goes its own way in the middle)"""
    stream, at, copy = hashlib.new(name), 0, None
    for size in sizes:
        if at >= len(data):
            break
        stream.update(data[at:at + size])
        at += size
        if copy is None and at > len(data) // 2:
            copy = stream.copy()
            copy.update(b"another end")
            middle = at
    return stream.hexdigest(), copy.hexdigest(), middle


SIZES = [[1], [3, 61, 64], [55, 56, 57], [63, 64, 65, 0], [111, 112, 113, 127, 128, 129], [4096], [5000, 1],
         [20000, 7]]
shown = []
for length in (1, 200, 4000, 70000, len(DATA)):
    data = DATA[:length]
    for name in NAMES:
        whole = hashlib.new(name, data).hexdigest()
        for sizes in SIZES:
            if length > 4000 * max(sizes):
                continue  # too many pieces
            digest, copied, middle = in_pieces(name, data, itertools.cycle(sizes))
            assert digest == whole, (name, length, sizes)
            other = hashlib.new(name, data[:middle] + b"another end").hexdigest()
            assert copied == other, (name, length, sizes)
        shown.append(whole)
        keyed = hmac.new(b"key" * 30, data, name)
        shown.append(keyed.hexdigest())
        assert keyed.hexdigest() == hmac.digest(b"key" * 30, data, name).hex()
together = hashlib.sha256("".join(shown).encode()).hexdigest()
assert together == "0f8590c755d011c1c0444f92af238b1bca0147c0e0827997b9718c1454dd8050", together
for name in "md5", "sha1", "sha256", "sha512":
    key = hashlib.pbkdf2_hmac(name, b"password", b"salt", 1000, 40)
    together += key.hex()
assert hashlib.md5(together.encode()).hexdigest() == "1731c3f5a9faf45193a590cdcd8c42de"
