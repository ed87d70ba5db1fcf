# A started process has its starter's mask of signals, and defaults where that has handlers; those stay.
import os
import signal
import subprocess
import sys
import threading

SHOW = """
import signal
print(sorted(map(int, signal.pthread_sigmask(signal.SIG_BLOCK, []))),
      *[signal.getsignal(s) for s in (signal.SIGUSR1, signal.SIGUSR2, signal.SIGHUP)], sep=";")
"""
received = []
signal.signal(signal.SIGUSR1, lambda number, frame: received.append(number))
signal.signal(signal.SIGUSR2, signal.SIG_IGN)
signal.signal(signal.SIGHUP, signal.SIG_DFL)
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGWINCH])
for preexec in (None, lambda: None):
    command = [sys.executable, "-c", SHOW]
    out = subprocess.run(command, stdout=subprocess.PIPE, text=True, preexec_fn=preexec).stdout
    mask, handled, ignored, plain = out.strip().split(";")
    assert mask == f"[{int(signal.SIGWINCH)}]", mask
    assert handled.endswith("SIG_DFL") or handled.startswith("0"), handled
    assert ignored == str(signal.SIG_IGN) and plain == str(signal.SIG_DFL)
assert signal.pthread_sigmask(signal.SIG_BLOCK, []) == {signal.SIGWINCH}
signal.raise_signal(signal.SIGUSR1)
assert received == [signal.SIGUSR1] and signal.getsignal(signal.SIGUSR2) == signal.SIG_IGN

# signals that arrive meanwhile reach the parent's handlers, not the child
stop = threading.Event()


def pester():
    while not stop.wait(0.001):
        os.kill(os.getpid(), signal.SIGUSR1)


thread = threading.Thread(target=pester)
thread.start()
for _ in range(30):
    assert subprocess.call(["true"]) == 0
stop.set()
thread.join()
assert set(received) == {signal.SIGUSR1}

# what fails in the child is told, and leaves the parent as it was
for command, named, kind in [(["/no/such/program"], {}, FileNotFoundError), (["/"], {}, PermissionError),
                             (["true"], {"cwd": "/no/such/folder"}, FileNotFoundError)]:
    try:
        subprocess.Popen(command, **named)
    except kind as e:
        assert e.filename in (command[0], named.get("cwd"))
    else:
        assert False, command
where, mask = os.getcwd(), os.umask(0o22)
assert subprocess.call(["true"], cwd="/", umask=0o77, start_new_session=True, env={}) == 0
assert os.getcwd() == where and os.umask(mask) == 0o22
