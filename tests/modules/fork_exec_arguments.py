# _posixsubprocess.fork_exec: what it takes, what it refuses, and what the child tells.
import _posixsubprocess
import os

from _case import outcome

PLAIN = [[b"true"], [b"/bin/true"], True, None, None, None, -1, -1, -1, -1, -1, -1, None, None,
         True, False, -1, None, None, None, -1, None, True]
NAMES = {"argv": 0, "executables": 1, "keep": 3, "cwd": 4, "env": 5, "p2cread": 6, "errpipe": 13, "gid": 17,
         "groups": 18, "uid": 19, "preexec": 21, "vfork": 22}


def start(**changes):
    """The error, or what the child wrote before it ended."""
    reader, writer = os.pipe()
    arguments = list(PLAIN)
    arguments[12:14] = reader, writer
    arguments[3] = (writer,)
    for name, value in changes.items():
        arguments[NAMES[name]] = value
    pid = outcome(_posixsubprocess.fork_exec, *arguments)
    os.close(writer)
    with open(reader, "rb") as pipe:
        told = pipe.read()
    if isinstance(pid, str):
        return pid
    os.waitpid(pid, 0)
    return told


assert start() == b"" == start(vfork=False) == start(preexec=lambda: None)
assert start(argv=None) == b"" == start(argv=())
assert start(executables=(b"/no/such", b"/bin/true")) == b"" == start(env=[b"a=b"]) == start(groups=None)
for changes, told in [
    ({"argv": 5}, "TypeError: argv must be a tuple"),
    ({"argv": [5]}, "TypeError: expected str, bytes or os.PathLike object, not int"),
    ({"argv": ["a\0b"]}, "ValueError: embedded null byte"),
    ({"executables": 5}, "TypeError: object of type 'int' has no len()"),
    ({"executables": ["/bin/true"]}, "TypeError: expected bytes, str found"),
    ({"executables": []}, b"SubprocessError:0:"),
    ({"executables": [b"/etc/passwd"]}, b"OSError:d:"),
    ({"executables": [b"/no/such", b"/etc/passwd"]}, b"OSError:d:"),
    ({"executables": [b"/no/such"]}, b"OSError:2:"),
    ({"keep": [3]}, "TypeError: fork_exec() argument 4 must be tuple, not list"),
    ({"keep": (5, 4)}, "ValueError: bad value(s) in fds_to_keep"),
    ({"keep": (2**40,)}, "ValueError: bad value(s) in fds_to_keep"),
    ({"cwd": b"/no/such"}, b"OSError:2:noexec"),
    ({"env": [5]}, "TypeError: expected bytes, int found"),
    ({"p2cread": "x"}, "TypeError: 'str' object cannot be interpreted as an integer"),
    ({"p2cread": 2**40}, None),
    ({"errpipe": 2}, "ValueError: errpipe_write must be >= 3"),
    ({"groups": (1,)}, "TypeError: setgroups argument must be a list"),
    ({"groups": [2**64]}, "ValueError: invalid group id"),
    ({"groups": [0] * 70000}, "ValueError: too many groups"),
    ({"uid": 2**64}, "OverflowError: uid is greater than maximum"),
    ({"gid": -2**64}, "OverflowError: gid is less than minimum"),
    ({"preexec": 5}, b"SubprocessError:0:Exception occurred in preexec_fn."),
]:
    got = start(**changes)
    assert got == told or told is None and got.startswith("OverflowError"), (changes, got)
for count in (0, 22, 24):
    assert outcome(_posixsubprocess.fork_exec, *[1] * count) == \
        f"TypeError: fork_exec() takes exactly 23 arguments ({count} given)"
