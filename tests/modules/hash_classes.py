# The classes of hash objects that the modules of one family have: their names, what they refuse, and that
# their objects do what those of _hashlib do.
import _blake2
import _hashlib
import _md5
import _sha1
import _sha3
import _sha256
import _sha512

from _case import raises

MADE = {_md5.md5: _md5.MD5Type, _sha1.sha1: _sha1.SHA1Type, _sha256.sha224: _sha256.SHA224Type,
        _sha256.sha256: _sha256.SHA256Type, _sha512.sha384: type(_sha512.sha384()),
        _sha512.sha512: _sha512.SHA384Type}
for make, kind in MADE.items():
    one = make(b"a")
    name = f"{make.__module__}.{make.__name__}"
    assert (type(one) is kind and f"{kind.__module__}.{kind.__qualname__}" == name
            and one.name == make.__name__)
    assert repr(one).startswith(f"<{name} object at 0x")
    raises(TypeError, kind, f"cannot create '{name}' instances")
    raises(TypeError, lambda: type("Sub", (kind,), {}), f"type '{name}' is not an acceptable base type")

for make in *MADE, _sha3.sha3_224, _sha3.sha3_256, _sha3.sha3_384, _sha3.sha3_512:
    one, other = make(b"abc"), _hashlib.new(make.__name__, b"abc")
    for part in b"", b"x" * 1000, bytes(1 << 20):
        one.update(part)
        other.update(part)
    copy = one.copy()
    copy.update(b"more")
    assert type(copy) is type(one) and copy.digest() != one.digest() == other.digest()
    assert one.hexdigest() == other.hexdigest() and one.digest_size == other.digest_size == len(one.digest())
    assert one.block_size == other.block_size
    raises(TypeError, lambda: one.update("a"), "Strings must be encoded before hashing")
    raises(TypeError, lambda: one.update(5), "object supporting the buffer API required")

for kind in (_sha3.sha3_224, _sha3.sha3_256, _sha3.sha3_384, _sha3.sha3_512, _sha3.shake_128,
        _sha3.shake_256):
    one = kind(b"abc")
    assert type(one) is kind and kind.__module__ == "_sha3" and one.name == kind.__name__
    assert one._rate_bits == one.block_size * 8 and one._rate_bits + one._capacity_bits == 1600
    assert one._suffix == (b"\x1f" if "shake" in one.name else b"\x06")
    raises(TypeError, lambda: type("Sub", (kind,), {}),
            f"type '_sha3.{kind.__name__}' is not an acceptable base type")
    raises(TypeError, lambda: kind("a"), "Strings must be encoded before hashing")
for kind in _sha3.shake_128, _sha3.shake_256:
    one, other = kind(b"abc"), _hashlib.new(kind.__name__, b"abc")
    assert one.digest(100) == other.digest(100) and one.hexdigest(7) == other.hexdigest(7)
    assert one.digest_size == 0 and one.digest(0) == b""
    raises(ValueError, lambda: one.digest(-1), "value must be positive")
    raises(ValueError, lambda: one.digest(1 << 30), "length is too large")
    raises(TypeError, lambda: one.digest("a"), "an integer is required")
assert type(_sha3.implementation) is str and type(_sha3.keccakopt) is int
assert _blake2.blake2b().name == "blake2b"
