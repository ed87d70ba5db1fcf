"""Standard streams, scripts from stdin, exit codes, signals, broken pipes."""
import os
import signal
import subprocess
import time

from _both import KRAIT, expect, finish, run, same

same([], stdin="print('from stdin')\nprint(__name__)\n")
same(["-"], stdin="import sys\nprint(sys.argv)\n")
same(["-", "a", "b"], stdin="import sys\nprint(sys.argv)\n")
same([], stdin="x = 1\n1/0\n")
same([], stdin="def f(:\n")
same([], stdin="print('é')\n".encode())
same(["-c", "import sys; print(sys.stdin.read().upper())"], stdin="text é\n")
same(["-c", "print(input('? '), input())"], stdin="one\ntwo\n")
same(["-c", "input()"], stdin="")
same(["-c", "for line in __import__('sys').stdin: print(len(line))"], stdin="a\nbcd\n\nlast")
same([
    "-c",
    "import sys; sys.stdout.write('out'); sys.stderr.write('err'); sys.stdout.buffer.write(b'\\xff')"])
same(["-c", "print('a\\ud800b')"])
same(["-c", "import sys; sys.stdout.close(); print(1)"])
for code in (
        "exit(3)",
        "raise SystemExit",
        "raise SystemExit('text')",
        "raise SystemExit(-1)",
        "raise SystemExit(None)",
        "raise SystemExit([1])",
        "import os; os._exit(9)",
        "import sys; sys.exit(256)",
        "raise KeyboardInterrupt",
        "import atexit; atexit.register(print, 'bye'); 1/0",
        "import threading, time; threading.Thread(target=lambda: (time.sleep(.05), print('thread "
        "done'))).start()",
        "class D:\n def __del__(self): print('del')\nd = D()",
        "import atexit\nclass F:\n def __repr__(s): return 'F'\n def __call__(s): 1/0\n"
        "atexit.register(F())",
        "import sys; sys.stderr = None; 1/0",
        "try:\n  raise SystemExit(4)\nfinally:\n  print('f')"):
    same(["-c", code])
for busy in ("while True: pass", "sorted(range(10**7), key=lambda x: x * 7919 % 10000019)",
             "sum(i * i for i in range(10**10))", "3 ** (10 ** 8)",
             "import re; re.match('(a+)+b', 'a' * 40)", "import time; time.sleep(30)", "input()"):
    p = subprocess.Popen([KRAIT, "-c", busy], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL,
                         stdin=subprocess.PIPE)
    time.sleep(0.4)
    sent = time.time()
    p.send_signal(signal.SIGINT)
    try:
        err = p.communicate(timeout=10)[1].decode()
    except subprocess.TimeoutExpired:
        p.kill()
        err = "no end"
    stopped = p.returncode in (-2, 130) and err.rstrip().endswith("KeyboardInterrupt")
    expect(stopped and time.time() - sent < 3, f"SIGINT within {busy!r}: {p.returncode} {err[-150:]}")
p = subprocess.Popen([KRAIT, "-c", "import sys\nfor i in range(10**6): print(i)"],
                     stdout=subprocess.PIPE, stderr=subprocess.PIPE)
p.stdout.readline()
p.stdout.close()
err = p.stderr.read().decode()
p.wait(timeout=20)
expect("BrokenPipeError" in err and p.returncode in (1, 120), f"a broken pipe: {p.returncode} {err[-200:]}")
status, out, err = run("/bin/sh", ["-c", f"'{KRAIT}' -c 'print(1)' > /dev/full"])
expect(status == 120 and "No space left" in err, f"a full output: {status} {err[-200:]}")
same(["-i", "-c", "x = 5"], stdin="print(x)\n", edit=lambda t: t.replace(">>> ", ""))
finish()
