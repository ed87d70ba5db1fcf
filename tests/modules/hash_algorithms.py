"""hashlib: every algorithm in one piece, in many, and copied; known digests; key derivation; BLAKE2's
parameters.
"""
import hashlib

from _case import error

known = {
    "md5": "900150983cd24fb0d6963f7d28e17f72",
    "sha1": "a9993e364706816aba3e25717850c26c9cd0d89d",
    "sha224": "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7",
    "sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    "sha3_256": "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532",
    "blake2s": "508c5e8c327c14e2e1a72ba34eeb452f37458b209ed63a294d999b4c86675982",
}
for name, digest in known.items():
    assert hashlib.new(name, b"abc").hexdigest() == digest == getattr(hashlib, name)(b"abc").hexdigest()

data = bytes(range(251)) * 200
for name in sorted(hashlib.algorithms_guaranteed):
    whole = hashlib.new(name, data)
    size = () if whole.digest_size else (33,)
    for step in (1, 63, 64, 65, 137, 20000):
        h = hashlib.new(name)
        for i in range(0, min(len(data), step * 300), step):
            h.update(data[i:i + step])
        twin = h.copy()
        h.update(b"")
        assert h.digest(*size) == twin.digest(*size) == (
            hashlib.new(name, data[:step * 300]).digest(*size)), (name, step)
    assert whole.hexdigest(*size) == whole.digest(*size).hex()

assert hashlib.pbkdf2_hmac("sha256", b"password", b"salt", 2).hex() == (
    "ae4d0c95af6b46d32d0adff928f06dd02a303f8ef3c251dfd6e2d85a95474c43")
a = hashlib.blake2b(b"x", digest_size=16, key=b"k", salt=b"s", person=b"p")
assert a.digest_size == 16 and len(a.digest()) == 16 and a.name == "blake2b" and a.block_size == 128
assert error(hashlib.md5, "text") == "TypeError: Strings must be encoded before hashing"
assert error(hashlib.new, "nope") == "ValueError: unsupported hash type nope"

assert hashlib.md5(b"abc").hexdigest() == "900150983cd24fb0d6963f7d28e17f72"
assert hashlib.sha1(b"abc").hexdigest() == "a9993e364706816aba3e25717850c26c9cd0d89d"
assert hashlib.sha256(b"abc").hexdigest() == (
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
assert hashlib.sha512(b"").hexdigest()[:16] == "cf83e1357eefb8bd"
assert hashlib.sha3_256(b"").hexdigest()[:16] == "a7ffc6f8bf1ed766"
assert hashlib.blake2b(b"", digest_size=8).hexdigest() == "e4a6a0577479b2b4"
assert hashlib.blake2s(b"abc").hexdigest()[:8] == "508c5e8c"
assert hashlib.new("sha224", b"").hexdigest()[:8] == "d14a028c"
assert hashlib.shake_128(b"").hexdigest(4) == "7f9c2ba4"
h = hashlib.sha256()
h.update(b"a")
c = h.copy()
h.update(b"bc")
assert h.hexdigest() == hashlib.sha256(b"abc").hexdigest() and c.digest() == hashlib.sha256(b"a").digest()
assert h.digest_size == 32 and h.block_size == 64 and h.name == "sha256"
assert error(h.update, "x") == "TypeError: Strings must be encoded before hashing"
assert hashlib.pbkdf2_hmac("sha256", b"p", b"s", 2).hex()[:8] == (
    hashlib.pbkdf2_hmac("sha256", b"p", b"s", 2).hex()[:8])
