# Scheduling: os.sched_param and the functions that give and take one, masks of processors, and what
# posix_spawn makes of it.
import os

from _case import raises

policy, param = os.sched_getscheduler(0), os.sched_getparam(0)
assert type(param) is os.sched_param and param.sched_priority == param[0] and len(param) == 1
assert repr(os.sched_param(5)) == "posix.sched_param(sched_priority=5)"
assert os.sched_param(sched_priority="x") == ("x",)
assert os.sched_param.__match_args__ == ("sched_priority",)
raises(TypeError, lambda: os.sched_param(),
        "sched_param() missing required argument 'sched_priority' (pos 1)")
raises(TypeError, lambda: os.sched_param(1, 2), "sched_param() takes at most 1 argument (2 given)")
assert os.sched_param(1).__reduce__() == (os.sched_param, ((1,), {}))

os.sched_setscheduler(0, policy, param)
os.sched_setparam(0, param)
assert os.sched_getscheduler(os.getpid()) == policy
assert type(os.sched_rr_get_interval(0)) is float
low, high = os.sched_get_priority_min(os.SCHED_RR), os.sched_get_priority_max(os.SCHED_RR)
assert 0 < low < high
for call in (os.sched_getparam, os.sched_getscheduler, os.sched_rr_get_interval, os.sched_get_priority_max):
    raises(OSError, lambda: call(-1), "[Errno 22] Invalid argument")
    raises(OverflowError, lambda: call(1 << 40))
raises(OSError, lambda: os.sched_setscheduler(-1, policy, param), "[Errno 22] Invalid argument")


class Other(tuple):
    pass


for set_it in lambda p: os.sched_setparam(0, p), lambda p: os.sched_setscheduler(0, policy, p):
    for wrong in 0, (0,), Other((0,)), None:
        raises(TypeError, lambda: set_it(wrong), "must have a sched_param object")
    raises(TypeError, lambda: set_it(os.sched_param("x")), "'str' object cannot be interpreted as an integer")
    raises(OverflowError, lambda: set_it(os.sched_param(1 << 40)), "sched_priority out of range")
    raises(OverflowError, lambda: set_it(os.sched_param(1 << 70)),
            "Python int too large to convert to C long")
raises(TypeError, lambda: os.sched_setparam(0), "sched_setparam() takes exactly 2 arguments (1 given)")
raises(TypeError, lambda: os.sched_setscheduler(0),
        "sched_setscheduler() takes exactly 3 arguments (1 given)")

# ---- processors
mask = os.sched_getaffinity(0)
os.sched_setaffinity(0, iter(mask))
assert os.sched_getaffinity(0) == mask
for wrong, kind, text in (
        ([-1], ValueError, "negative CPU number"),
        ([1 << 40], OverflowError, "CPU number too large"),
        ([(1 << 31) - 1], OverflowError, "CPU number too large"),
        ([1 << 70], OverflowError, "Python int too large to convert to C long"),
        (["a"], TypeError, "expected an iterator of ints, but iterator yielded <class 'str'>"),
        ([1.5], TypeError, "expected an iterator of ints, but iterator yielded <class 'float'>"),
        (5, TypeError, "'int' object is not iterable"),
        ([], OSError, "[Errno 22] Invalid argument"),
        ([5000], OSError, "[Errno 22] Invalid argument")):
    raises(kind, lambda: os.sched_setaffinity(0, wrong), text)


# ---- posix_spawn
def spawn(**how):
    return os.posix_spawn("/bin/true", ["true"], {}, **how)


for how in {}, {"scheduler": (None, param)}, {"scheduler": (policy, param)}, {"resetids": 1,
        "setsigmask": [1]}:
    assert os.waitpid(spawn(**how), 0)[1] == 0
for how, kind, text in (
        ({"scheduler": (0, 1)}, TypeError, "must have a sched_param object"),
        ({"scheduler": (0, param, 1)}, TypeError, "A scheduler tuple must have two elements"),
        ({"scheduler": ("a", param)}, TypeError, "'str' object cannot be interpreted as an integer"),
        ({"scheduler": [0, param]}, SystemError, "new style getargs format but argument is not a tuple"),
        ({"resetids": None}, TypeError, "'NoneType' object cannot be interpreted as an integer"),
        ({"setsid": "a"}, TypeError, "'str' object cannot be interpreted as an integer"),
        ({"setpgroup": 1 << 70}, OverflowError, "Python int too large to convert to C long"),
        ({"setsigmask": [0]}, ValueError, "signal number 0 out of range [1; 64]"),
        ({"setsigdef": [1 << 70]}, ValueError, "signal number -1 out of range [1; 64]"),
        ({"file_actions": 5}, TypeError, "file_actions must be a sequence or None"),
        ({"file_actions": [[0, 1]]}, TypeError, "Each file_actions element must be a non-empty tuple"),
        ({"file_actions": [(9,)]}, TypeError, "Unknown file_actions identifier"),
        ({"file_actions": [(0, 3, "/dev/null", 0)]}, TypeError,
                "A open file_action tuple must have 5 elements"),
        ({"file_actions": [(1, 3, 4)]}, TypeError, "A close file_action tuple must have 2 elements"),
        ({"file_actions": [(2, 3)]}, TypeError, "A dup2 file_action tuple must have 3 elements"),
        ({"file_actions": [(1, 1 << 40)]}, OverflowError, "signed integer is greater than maximum"),
        ({"file_actions": [(1 << 70,)]}, OverflowError, "Python int too large to convert to C long")):
    raises(kind, lambda: spawn(**how), text)
