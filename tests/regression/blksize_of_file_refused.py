"""FileIO._blksize takes an int and nothing else: a refused value raises, and cannot be deleted."""
import io
import os

f = io.FileIO(os.devnull)
for wrong in (None, "x", 1.5):
    try:
        f._blksize = wrong
    except TypeError:
        pass
    else:
        raise AssertionError(wrong)
try:
    del f._blksize
except TypeError:
    pass
else:
    raise AssertionError("deleted")
f._blksize = 99
assert f._blksize == 99
f.close()
