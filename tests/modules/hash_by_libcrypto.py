"""Digests that only libcrypto has, its names for the others, and HMAC objects of all of them."""
import _hashlib
import hashlib
import hmac

from _case import error

known = {
    "sm3": "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
    "ripemd160": "8eb208f7e05d987a9b044a8e98c6b087f15a0bfc",
    "sha512_256": "53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23",
    "md5-sha1": "900150983cd24fb0d6963f7d28e17f72a9993e364706816aba3e25717850c26c9cd0d89d",
}
for name, digest in known.items():
    h = hashlib.new(name, b"a")
    twin = h.copy()
    h.update(b"bc")
    assert h.hexdigest() == digest and h.digest() == bytes.fromhex(digest) and h.name == name
    twin.update(bytearray(b"bc"))
    assert twin.hexdigest() == digest and h.digest_size == len(digest) // 2
    assert name in hashlib.algorithms_available and name in _hashlib.openssl_md_meth_names
    assert hashlib.new(name, b"x" * 100000).digest() == hashlib.new(name, b"x" * 100000).copy().digest()
for alias, name in (("SHA2-256", "sha256"), ("sha-256", "sha256"), ("RMD160", "ripemd160"),
        ("SHAKE128", "shake_128"),
                    ("BLAKE2B512", "blake2b"), ("SHA512-256", "sha512_256"), ("SHA3-256", "sha3_256"),
                    ("SSL3-MD5", "md5")):
    assert _hashlib.new(alias).name == name
for name in "nope", "md4", "whirlpool", "":
    assert error(_hashlib.new, name) == "ValueError: [digital envelope routines] unsupported"

# HMAC objects
for name in sorted(hashlib.algorithms_available - {"shake_128", "shake_256"}):
    for key in b"", b"k", b"key" * 100:
        h = _hashlib.hmac_new(key, b"mes", name)
        twin = h.copy()
        h.update(b"sage")
        slow = hmac.HMAC.__new__(hmac.HMAC)
        slow._init_old(key, b"message", name)
        assert h.digest() == slow.digest() == _hashlib.hmac_digest(key, b"message", name), (name, key)
        assert h.hexdigest() == h.digest().hex() and twin.digest() != h.digest()
        assert (h.name, h.digest_size, h.block_size) == (f"hmac-{name}", slow.digest_size, slow.block_size)
h = _hashlib.hmac_new(b"k", digestmod=hashlib.sha256)
assert repr(h).startswith("<sha256 HMAC object @ 0x")
assert type(hmac.new(b"k", b"m", "sm3")._hmac) is _hashlib.HMAC
assert _hashlib.hmac_new(b"k", None, "md5").hexdigest() == hmac.new(b"k", digestmod="md5").hexdigest()
assert error(h.update, "x") == "TypeError: Strings must be encoded before hashing"
assert error(_hashlib.hmac_new, b"k") == "TypeError: Missing required parameter 'digestmod'."
assert error(_hashlib.hmac_new, "k", digestmod="md5") == (
    "TypeError: a bytes-like object is required, not 'str'")
for digestmod, message in (
        ("nope", "ValueError: [digital envelope routines] unsupported"), ("shake_128",
         "ValueError: no reason supplied"),
        (None, "UnsupportedDigestmodError: Unsupported digestmod None"),
        (hashlib.blake2b, "UnsupportedDigestmodError: Unsupported digestmod <class '_blake2.blake2b'>")):
    assert error(_hashlib.hmac_new, b"k", b"m", digestmod) == message
    assert error(_hashlib.hmac_digest, b"k", b"m", digestmod) == message
assert error(_hashlib.HMAC) == "TypeError: cannot create '_hashlib.HMAC' instances"
assert _hashlib._constructors[hashlib.md5] == "md5"

# key derivation
assert hashlib.pbkdf2_hmac("sm3", b"p", b"s", 3).hex() == (
    "f3ad54bf19c5621d162b6212a94e46de786b921f8e143ee8c85324264fd557db")
assert hashlib.pbkdf2_hmac("sha512_256", b"p", b"s", 3).hex() == (
    "24ef135f8e94db7097149af603b77e43d75fb00a4deaa13a8ed5aeb631398562")
assert error(hashlib.pbkdf2_hmac, "nope", b"p", b"s", 1) == (
    "ValueError: [digital envelope routines] unsupported")
assert error(hashlib.pbkdf2_hmac, "shake_128", b"p", b"s", 1) == "ValueError: no reason supplied"
assert error(lambda: hashlib.scrypt(b"p", salt=b"s", n=1 << 20, r=8, p=1, maxmem=10)) == (
    "ValueError: [digital envelope routines] memory limit exceeded")
assert error(hmac.compare_digest, "a", b"a") == "TypeError: a bytes-like object is required, not 'str'"
