"""Whatever ends a recorded program: its status is its own, and the recording holds what there was."""
import os
import signal
import subprocess

from _recording import KRAIT, Recording, expect, finish, folder, run, write

WORK = """
import time
def work(seconds):
    end = time.process_time() + seconds
    n = 0
    while time.process_time() < end:
        for i in range(1000): n += i
    return n
"""
# name: what the program does after its work, the status that its parent sees, whether there is an END
ENDS = {
    "returns": ("", 0, True),
    "exits": ("import sys; sys.exit(7)", 7, True),
    "raises": ("raise ValueError('told')", 1, True),
    "leaves at once": ("import os; os._exit(3)", 3, False),
    "segfault": ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", -signal.SIGSEGV, False),
    "killed": ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", -signal.SIGKILL, False),
    "interrupted": ("import os, signal; os.kill(os.getpid(), signal.SIGINT)\nwork(1)", -signal.SIGINT, True),
    "aborts": ("import os; os.abort()", -signal.SIGABRT, False),
}
here = folder()


def record(name, text, arguments=("-X", "profile=r.kprof"), env=None, timeout=120):
    """(status, errors, Recording) of the program"""
    script = write(os.path.join(here, "p.py"), WORK + text)
    path = os.path.join(here, "r.kprof")
    for old in os.listdir(here):
        if ".kprof" in old:
            os.unlink(os.path.join(here, old))
    status, out, errors = run([*arguments, script], here, env, timeout)
    recording = Recording(path) if os.path.exists(path) else None
    if recording:
        expect(recording.totals["torn"] == 0, f"{name}: torn {recording.totals['torn']}")
        late = recording.totals["samples"] - len(recording.samples)
        expect(0 <= late <= 1, f"{name}: {late} samples were counted and are not there")
    return status, errors, recording


def ends():
    for name, (text, wanted, is_known) in ENDS.items():
        status, errors, recording = record(name, "work(0.15)\n" + text)
        expect(status == wanted, f"{name}: status {status}, not {wanted}: {errors[-300:]}")
        expect(bool(recording.totals["ended"]) == is_known, f"{name}: ended {recording.totals}")
        if is_known:
            expect(recording.status == wanted, f"{name}: END {recording.status}")
        kept = sum(weight for *_, weight in recording.samples)
        expect(kept > 90_000, f"{name}: {kept} µs of 150,000 kept")
        expect(any("work" in dict(recording.frames(s[2])) for s in recording.samples), f"{name}: work")


def supervised():
    """With the report: the program runs in a child of the command, which ends as it does."""
    for name in ("returns", "exits", "leaves at once", "segfault", "killed", "interrupted"):
        text, wanted, _ = ENDS[name]
        status, _, _ = record(name, "work(0.02)\n" + text, ("profile", "-o", "r.kprof"))
        expect(status == wanted, f"profile, {name}: status {status}, not {wanted}")
    for arguments in (["record"], ["--quiet"]):
        status, errors, recording = record("record", "import sys; sys.exit(9)",
                                           ("profile", *arguments, "-o", "r.kprof"))
        expect((status, errors, recording.status) == (9, "", 9), f"{arguments}: {status} {errors}")


def cannot_begin():
    mark = os.path.join(here, "it_ran")
    script = write(os.path.join(here, "p.py"), f"open({mark!r}, 'w')")
    for path in ("/nowhere/r.kprof", "/proc/r.kprof", "/dev/full", here):
        for arguments in (["-X", "profile=" + path], ["profile", "-o", path],
                          ["profile", "record", "-o", path]):
            status, _, errors = run(arguments + [script], here)
            expect(status == 125, f"{arguments}: status {status}")
            told = errors.startswith(f"krait: cannot record to '{path}': ")
            expect(told and errors.count("\n") == 1, errors)
    expect(not os.path.exists(mark), "the program ran")
    for arguments in (["profile"], ["profile", "-r", "0", script], ["profile", "--mode", "x", script],
                      ["profile", "--what", script], ["profile", "-o"]):
        status, _, errors = run(arguments, here)
        expect(status == 2 and errors.startswith("krait profile: "), f"{arguments}: {status} {errors}")


def file_of_that_name():
    """profile is a command unless there is a program of that name."""
    other = folder()
    write(os.path.join(other, "profile"), "print('a program')")
    expect(run(["profile", "-c", "1"], other)[1] == "a program\n", "a file named profile")


def no_room():
    """A file that cannot grow: the recording ends with one line, the program goes on."""
    text = ("import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))\n"
            "for i in range(3000): exec(f'def f{i}(): return {i}\\nf{i}()')\nwork(0.1)\n"
            "import sys; sys.exit(5)")
    status, errors, recording = record("no room", text)
    expect(status == 5 and errors.count("\n") == 1 and "no room" in errors, f"no room: {status} {errors}")
    expect(recording.size == 65536, f"no room: {recording.size} bytes")


def forks():
    text = ("import os\nfor i in range(50):\n    pid = os.fork()\n    if not pid:\n        work(0.004)\n"
            "        os._exit(i)\n    assert os.waitpid(pid, 0)[1] == i << 8\nwork(0.05)")
    status, errors, recording = record("forks", text)
    expect(status == 0, f"forks: {status} {errors}")
    expect(len(recording.children) == 50, f"forks: {len(recording.children)} children")
    sampled = 0
    for pid, name in recording.children:
        child = Recording(os.path.join(here, name))
        expect((child.pid, child.parent) == (pid, recording.pid), f"forks: {child.pid} of {child.parent}")
        sampled += any("work" in dict(child.frames(s[2])) for s in child.samples)
    expect(sampled > 30, f"forks: {sampled} of 50 were sampled")
    status, errors, recording = record("alone", text, ("profile", "record", "--no-children", "-o", "r.kprof"))
    expect(status == 0 and not recording.children, f"--no-children: {status} {errors}")
    expect([n for n in os.listdir(here) if ".kprof" in n] == ["r.kprof"], "--no-children: files")


def spawned():
    """A Krait that a recorded program starts, and one that takes its place."""
    again = ("import subprocess, sys\n"
             "subprocess.run([sys.executable, '-c', 'sum(range(3000000))'], check=True)")
    status, errors, recording = record("spawned", again)
    files = sorted(n for n in os.listdir(here) if ".kprof" in n)
    expect(status == 0 and len(files) == 2, f"spawned: {status} {files} {errors}")
    for name in files[1:]:
        expect(Recording(os.path.join(here, name)).parent == recording.pid, "spawned: parent")
    become = ("import os, sys\nwork(0.05)\n"
              "os.execv(sys.executable, [sys.executable, '-c', 'raise SystemExit(6)'])")
    status, errors, recording = record("exec", become)
    expect(status == 6 and recording.samples, f"exec: {status} {errors}")


def deep():
    text = ("import sys\nsys.setrecursionlimit(200000)\n"
            "def down(n):\n    return down(n - 1) + 1 if n else work(0.05) * 0\n"
            "for i in range(3): down(100000)")
    status, errors, recording = record("deep", text)
    expect(status == 0, f"deep: {status} {errors[-300:]}")
    deepest = max(len(recording.frames(s[2])) for s in recording.samples)
    expect(1000 < deepest < 2010, f"deep: {deepest} frames")


def own_handler():
    """The program's SIGPROF stays its own."""
    text = ("import signal\ncount = 0\ndef told(*a):\n    global count\n    count += 1\n"
            "assert signal.getsignal(signal.SIGPROF) is signal.SIG_DFL\nsignal.signal(signal.SIGPROF, told)\n"
            "work(0.1)\nassert count == 0, count\nsignal.setitimer(signal.ITIMER_PROF, 0.01, 0.01)\n"
            "work(0.2)\nassert 3 <= count <= 40, count\n")
    status, errors, recording = record("own handler", text)
    expect(status == 0, f"own handler: {status} {errors}")
    expect(recording.totals["samples"] > 80, f"own handler: {recording.totals}")


def own_use_of_the_signal():
    """A program that takes the signal of the samples, blocks all or waits for any, is none the wiser."""
    text = ("import signal, time\nn = signal.SIGRTMIN + 6\ngot = []\n"
            "signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())\n"
            "assert signal.sigtimedwait(signal.valid_signals(), 0.05) is None\nwork(0.1)\n"
            "signal.pthread_sigmask(signal.SIG_SETMASK, [])\nassert signal.getsignal(n) == 0\n"
            "signal.signal(n, lambda *a: got.append(a[0]))\nwork(0.1)\nassert len(got) <= 1, got\n"
            "del got[:]\nsignal.raise_signal(n)\nassert got == [n]\nwork(0.1)\n")
    status, errors, recording = record("own use", text)
    expect(status == 0, f"own use: {status} {errors}")
    kept = sum(weight for *_, weight in recording.samples)
    expect(kept > 200_000, f"own use: {kept} µs of 300,000")


def interrupted_calls():
    """Calls that a signal interrupts go on."""
    text = ("import select, socket, subprocess, threading, time\na, b = socket.socketpair()\n"
            "threading.Timer(0.2, lambda: b.send(b'x')).start()\nassert a.recv(1) == b'x'\n"
            "t = time.monotonic(); time.sleep(0.2); assert time.monotonic() - t >= 0.2\n"
            "assert select.select([a], [], [], 0.1) == ([], [], [])\n"
            "assert subprocess.run(['sleep', '0.1']).returncode == 0\n"
            "assert not threading.Lock().acquire() or True\ne = threading.Event(); assert not e.wait(0.1)\n")
    for mode in ("cpu", "wall"):
        status, errors, _ = record("interrupted", text,
                                   ("profile", "record", "--mode", mode, "-r", "5khz", "-o", "r.kprof"))
        expect(status == 0, f"interrupted, {mode}: {status} {errors}")


def threads():
    text = ("import threading\ndef one(): work(0.002)\nfor r in range(2):\n"
            "    all = [threading.Thread(target=one, name=f't{i}') for i in range(200)]\n"
            "    for t in all: t.start()\n    for t in all: t.join()\n")
    status, errors, recording = record("threads", text, ("profile", "record", "-r", "2khz", "-o", "r.kprof"))
    expect(status == 0, f"threads: {status} {errors}")
    expect(len(recording.threads) == 401, f"threads: {len(recording.threads)}")
    expect({f"t{i}" for i in range(200)} <= set(recording.threads.values()), "threads: names")
    expect(len({s[1] for s in recording.samples}) > 40, "threads: few were sampled")


for check in (ends, supervised, cannot_begin, file_of_that_name, no_room, forks, spawned, deep, own_handler,
              own_use_of_the_signal, interrupted_calls, threads):
    try:
        check()
    except (AssertionError, OSError, KeyError, subprocess.TimeoutExpired) as error:
        expect(False, f"{check.__name__}: {type(error).__name__}: {error}")
finish()
