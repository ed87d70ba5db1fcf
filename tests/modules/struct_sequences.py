# Classes of struct sequences: their constructor's refusals, that nothing can be derived from them, what
# their dict shows.
import grp
import os
import pwd
import resource
import signal
import sys
import time
import types

from _case import raises

for kind in os.stat_result, os.terminal_size, os.uname_result, time.struct_time, resource.struct_rusage:
    name = f"{kind.__module__}.{kind.__qualname__}"
    raises(TypeError, lambda: type("Sub", (kind,), {}), f"type '{name}' is not an acceptable base type")
    raises(TypeError, lambda: kind([0] * kind.n_fields, dict=None),
            f"{name}() takes a dict as second arg, if any")
    raises(TypeError, lambda: kind(5), "constructor requires a sequence")
    for count in 0, kind.n_fields + 1:
        which = "" if kind.n_fields == kind.n_sequence_fields else "n at least" if not count else "n at most"
        least = kind.n_fields if count else kind.n_sequence_fields
        raises(TypeError, lambda: kind([0] * count),
               f"{name}() takes a{which} {least}-sequence ({count}-sequence given)")
    one = kind(iter(range(kind.n_fields)))
    assert tuple(one) == tuple(range(kind.n_sequence_fields)) and type(one) is kind
    assert all(isinstance(k, str) and not k.startswith("__struct") for k in vars(kind))
    assert set(kind.__match_args__) <= set(vars(kind)) and kind(one.__reduce__()[1][0],
            one.__reduce__()[1][1]) == one


class Broken:
    def __init__(self, error):
        self.error = error

    def __iter__(self):
        raise self.error


raises(TypeError, lambda: time.struct_time(Broken(TypeError("mine"))), "constructor requires a sequence")
raises(ZeroDivisionError, lambda: time.struct_time(Broken(ZeroDivisionError("mine"))), "mine")
moment = time.struct_time(range(9), {"tm_zone": "here", "nothing": 1})
assert moment.tm_zone == "here" and moment.tm_gmtoff is None
assert time.struct_time(sequence=range(9), dict={"tm_gmtoff": 5}).tm_gmtoff == 5
status = os.stat("/")
assert os.stat_result(range(10)).st_atime == 7 and os.stat_result(range(13)).st_atime == 10
assert repr(os.stat_result(range(10))).endswith("st_size=6, st_atime=7, st_mtime=8, st_ctime=9)")
assert os.stat_result.n_unnamed_fields == 3 and status == os.stat_result(tuple(status))
# ---- what the fields are
for kind in (os.stat_result, os.terminal_size, os.uname_result, os.times_result, time.struct_time,
        pwd.struct_passwd,
             resource.struct_rusage, grp.struct_group, signal.struct_siginfo, type(sys.version_info),
             type(sys.float_info), type(sys.int_info), type(sys.hash_info), type(sys.thread_info),
             type(sys.get_asyncgen_hooks())):
    members = [v for v in vars(kind).values() if isinstance(v, types.MemberDescriptorType)]
    assert len(members) == kind.n_fields - kind.n_unnamed_fields
    assert len({m.__doc__ for m in members}) == len(members) and all(type(m.__doc__) is str for m in members)
assert os.statvfs_result.f_bsize.__doc__ is None

for value in sys.version_info, sys.flags:
    kind = type(value)
    raises(TypeError, lambda: kind(range(5)),
            f"cannot create '{kind.__module__}.{kind.__qualname__}' instances")
