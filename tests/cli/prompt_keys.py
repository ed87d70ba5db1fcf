"""The prompt on a terminal: lines are edited, Ctrl-C ends a line or a statement and not the interpreter."""
import os
import pty
import select
import sys
import tempfile
import time

KRAIT = os.environ.get("KRAIT") or sys.executable


def drive(keys):
    """What a terminal shows: each of the keys is sent once what it waits for is there."""
    pid, fd = pty.fork()
    if pid == 0:
        os.environ.update(TERM="xterm", HOME=tempfile.mkdtemp())
        os.execv(KRAIT, [KRAIT])
    shown, seen = b"", 0
    for wanted, key in keys:
        end = time.monotonic() + 30
        while wanted not in shown[seen:] and time.monotonic() < end:
            if select.select([fd], [], [], 0.1)[0]:
                try:
                    shown += os.read(fd, 4096)
                except OSError:
                    break
        assert wanted in shown[seen:], (wanted, shown[seen:])
        seen = shown.index(wanted, seen) + len(wanted)
        os.write(fd, key)
    os.waitpid(pid, 0)
    return shown


drive([(b">>> ", b"import readline, rlcompleter, time\r"),
       (b">>> ", b'readline.parse_and_bind("bind ^I rl_complete")\r'),
       (b">>> ", b"x = 41\r"),
       (b">>> ", b"\x10 + 1\r"),                       # the line before, and more
       (b">>> ", b"'is %d' % x\r"),
       (b"'is 42'", b"readline.get_completer_d\t"),
       (b"elims", b")\r"),
       (b">>> ", b"def f("), (b"f(", b"\x03"),         # a line is given up
       (b"KeyboardInterrupt", b"'after the line'[6:]\r"),
       (b"'the line'", b"print('no' + 'w'); time.sleep(60)\r"),
       (b"now", b"\x03"),                              # it runs: the terminal is the statement's
       (b"KeyboardInterrupt", b"'%s the sleep' % 'after'\r"),
       (b"'after the sleep'", b"input('name: ')\r"),
       (b"name: ", b"h\xc3\xa9\r"),
       (b"'h\xc3\xa9'", b"exit()\r")])
