"""hmac: a digest with a key, whichever way the algorithm is given."""
import hashlib
import hmac

assert hmac.new(b"key", b"message", "sha256").hexdigest() == hmac.digest(b"key", b"message", "sha256").hex()
assert hmac.new(b"k", b"m", "sha256").hexdigest() == hmac.new(b"k", b"m", hashlib.sha256).hexdigest()
