"""A terminal of its own for a test of curses: the function runs in a child whose terminal it is."""
import os
import pty
import struct
import sys
import traceback


def on_screen(function, keys=b"", lines=24, columns=80):
    """Runs function() where curses can begin; the keys are typed at once."""
    import fcntl
    import termios
    report, told = os.pipe()
    child, terminal = pty.fork()
    if child == 0:
        os.close(report)
        os.environ["TERM"] = "xterm"
        for name in ("LINES", "COLUMNS"):
            os.environ.pop(name, None)
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        try:
            function()
            os.write(told, b"done")
        except BaseException:
            os.write(told, traceback.format_exc().encode())
        finally:
            os._exit(0)
    os.close(told)
    if keys:
        os.write(terminal, keys)
    try:
        while os.read(terminal, 65536):
            pass
    except OSError:
        pass  # the child has ended
    text = b""
    while part := os.read(report, 65536):
        text += part
    os.close(report)
    os.close(terminal)
    os.waitpid(child, 0)
    if text != b"done":
        sys.exit(text.decode() or "the child ended without a word")
