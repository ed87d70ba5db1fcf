"""A prompt at the end of pipes: what a statement writes is there before the next one is read."""
import os
import select
import subprocess
import sys
import time

KRAIT = os.environ.get("KRAIT") or sys.executable
environment = {k: v for k, v in os.environ.items() if k != "PYTHONUNBUFFERED"}


def read_until(stream, wanted):
    seen, end = b"", time.monotonic() + 30
    while wanted not in seen and time.monotonic() < end:
        if select.select([stream], [], [], 0.1)[0]:
            piece = os.read(stream.fileno(), 4096)
            if not piece:
                break
            seen += piece
    assert wanted in seen, (wanted, seen)
    return seen


for separate in False, True:
    with subprocess.Popen([KRAIT, "-E", "-i"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment,
                          stderr=subprocess.PIPE if separate else subprocess.STDOUT) as process:
        errors = process.stderr if separate else process.stdout
        read_until(errors, b">>> ")
        for statement, answers, wanted in [
                (b"print('foo')\n", process.stdout, b"foo\n"),
                (b"print('no end', end='')\n", process.stdout, b"no end"),
                (b"6 * 7\n", process.stdout, b"42\n"),
                (b"1/0\n", errors, b"ZeroDivisionError: division by zero\n"),
                (b"import sys; _ = sys.stdout.write('then'); raise OSError\n", process.stdout, b"then"),
                (b"1 +\n", errors, b"SyntaxError: invalid syntax\n"),
                (b"print('err', file=sys.stderr)\n", errors, b"err\n"),
                (b"for i in range(2): print(i)\n\n", process.stdout, b"0\n1\n")]:
            process.stdin.write(statement)
            process.stdin.flush()
            read_until(answers, wanted)
        process.stdin.close()
        assert process.wait(30) == 0
