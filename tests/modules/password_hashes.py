# Shadow passwords and hashing them; UUIDs of the system's library.
import os
import warnings

from _case import error

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import crypt
    import spwd
import _crypt

assert _crypt.crypt("pw", "ab") == "abzlUXK5ed5rs" and _crypt.crypt("pw", "x") == "*0"
assert _crypt.crypt("pw", "$1$abcdefgh") == "$1$abcdefgh$IQtUouv7y7Q9dRWkQEPCc."
assert crypt.METHOD_SHA512 in crypt.methods
assert error(_crypt.crypt, 5, "ab") == "TypeError: crypt() argument 1 must be str, not int"
assert error(_crypt.crypt, "a\0b", "ab") == "ValueError: embedded null character"
assert error(_crypt.crypt, "a") == "TypeError: crypt expected 2 arguments, got 1"

if os.access("/etc/shadow", os.R_OK):
    root = spwd.getspnam("root")
    assert root[0] == root.sp_namp == root.sp_nam == "root" and len(root) == 9 and type(root.sp_max) is int
    assert root.sp_pwd == root.sp_pwdp and root in spwd.getspall()
    assert error(spwd.getspnam, "no such user") == "KeyError: 'getspnam(): name not found'"
assert error(spwd.getspnam, 5) == "TypeError: getspnam() argument must be str, not int"
assert error(spwd.getspnam, "a\0b") == "ValueError: embedded null byte"

try:
    import _uuid
except ImportError:
    pass
else:
    uuid, how = _uuid.generate_time_safe()
    assert type(uuid) is bytes and len(uuid) == 16 and how in (0, -1)
