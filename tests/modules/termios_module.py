# Attributes of terminals: read, set, refused; sizes; tty and pty above them.
import os
import pty
import termios
import tty

from _case import error

master, slave = os.openpty()
reader, writer = os.pipe()
NO_TERMINAL = "error: (25, 'Inappropriate ioctl for device')"

mode = termios.tcgetattr(slave)
assert len(mode) == 7 and all(type(n) is int for n in mode[:6]) and len(mode[6]) == termios.NCCS
assert all(type(c) is bytes and len(c) == 1 for c in mode[6]) and mode[6][termios.VINTR] == b"\x03"
assert termios.tcsetattr(slave, termios.TCSANOW, mode) is None and termios.tcgetattr(slave) == mode

# without lines, two of the characters are numbers
mode[3] &= ~(termios.ICANON | termios.ECHO)
mode[6][termios.VMIN], mode[6][termios.VTIME] = 7, b"\x03"
termios.tcsetattr(slave, termios.TCSADRAIN, mode)
now = termios.tcgetattr(slave)
assert (now[6][termios.VMIN], now[6][termios.VTIME]) == (7, 3) and not now[3] & termios.ECHO


def changed(i, value):
    attributes = termios.tcgetattr(slave)
    attributes[i] = value
    return attributes


for attributes, message in [
    (tuple(mode), "TypeError: tcsetattr, arg 3: must be 7 element list"),
    (mode[:6], "TypeError: tcsetattr, arg 3: must be 7 element list"),
    (changed(6, []), "TypeError: tcsetattr: attributes[6] must be 32 element list"),
    (changed(6, ["a"] * 32), "TypeError: tcsetattr: elements of attributes must be characters or integers"),
    (changed(6, [b"ab"] * 32), "TypeError: tcsetattr: elements of attributes must be characters or integers"),
    (changed(0, "x"), "TypeError: 'str' object cannot be interpreted as an integer"),
    (changed(0, 2**70), "OverflowError: Python int too large to convert to C long"),
    (changed(4, 12345), "error: (22, 'Invalid argument')"),
]:
    assert error(termios.tcsetattr, slave, 0, attributes) == message, message
assert error(termios.tcsetattr, slave, 99, mode) == "error: (22, 'Invalid argument')"


class Shrinking(int):
    def __index__(self):
        del victim[:]
        return 0


victim = changed(1, Shrinking())
termios.tcsetattr(slave, 0, victim)

# sizes
assert termios.tcsetwinsize(slave, (24, 80)) is None and termios.tcgetwinsize(master) == (24, 80)
for size, message in [
    ((1,), "TypeError: tcsetwinsize, arg 2: must be a two-item sequence"),
    (5, "TypeError: tcsetwinsize, arg 2: must be a two-item sequence"),
    ({1: 2, 3: 4}, "TypeError: tcsetwinsize, arg 2: must be a two-item sequence"),
    ("ab", "TypeError: 'str' object cannot be interpreted as an integer"),
    ((-1, 2), "OverflowError: winsize value(s) out of range."),
    ((1, 65536), "OverflowError: winsize value(s) out of range."),
    ((1, 2**70), "OverflowError: Python int too large to convert to C long"),
]:
    assert error(termios.tcsetwinsize, slave, size) == message

# waiting output and input
assert termios.tcdrain(slave) is None and termios.tcsendbreak(slave, 0) is None
assert termios.tcflow(slave, termios.TCOON) is None
os.write(master, b"lost")
assert termios.tcflush(slave, termios.TCIFLUSH) is None
os.write(master, b"sevenup")
assert os.read(slave, 10) == b"sevenup"

# no terminal, no descriptor
assert issubclass(termios.error, Exception) and not issubclass(termios.error, OSError)
for call in (termios.tcgetattr, termios.tcdrain, termios.tcgetwinsize, lambda fd: termios.tcflow(fd, 0),
             lambda fd: termios.tcflush(fd, 0), lambda fd: termios.tcsendbreak(fd, 0),
             lambda fd: termios.tcsetattr(fd, 0, mode), lambda fd: termios.tcsetwinsize(fd, (1, 2))):
    assert error(call, reader) == NO_TERMINAL
    assert error(call, "x") == "TypeError: argument must be an int, or have a fileno() method."
    assert error(call, -1) == "ValueError: file descriptor cannot be a negative integer (-1)"
    assert error(call, 2**40) == "OverflowError: Python int too large to convert to C int"
    assert error(call, 9999) == "error: (9, 'Bad file descriptor')"

# tty, and a process on a terminal of its own
tty.setraw(slave)
assert not termios.tcgetattr(slave)[3] & (termios.ICANON | termios.ISIG)
pid, terminal = pty.fork()
if not pid:
    os.write(1, b"on a terminal" if os.isatty(0) else b"on none")
    os.read(0, 1)
    os._exit(0)
assert os.read(terminal, 100) == b"on a terminal"
os.write(terminal, b"\n")
os.waitpid(pid, 0)
