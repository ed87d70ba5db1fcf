"""One process: what it cost, how it ended, what it printed.

In Krait the program itself is the launcher (src/driver/launch.c), elsewhere one that is compiled from the
same source. Where there is neither, the process is started from here: then its peak memory is not known when
it is no larger than this process.
"""
import hashlib
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

NAME = "krait-launch"
NUMBERS = ("wall", "user", "system", "rss", "status", "minor", "major", "voluntary", "involuntary", "error")
SOURCES = ("bench/launch.c", "src/driver/launch.c", "src/driver/launch.h")
KEPT = 1 << 16  # so much of an output is kept, to say where two differ


class Run:
    """A finished process: seconds, peak memory in KB (None: not known), faults, switches, wait status."""

    def __init__(self, numbers, output, errors, timeout):
        for name, number in zip(NUMBERS, numbers):
            setattr(self, name, number)
        self.output, self.errors, self.timeout = output, errors, timeout
        self.code = None if self.status == -1 else os.waitstatus_to_exitcode(self.status)

    @property
    def failure(self):
        """How it ended badly, or None."""
        if self.error:
            return f"cannot be run: {os.strerror(self.error)}"
        if self.code is None:
            return f"no end after {self.timeout:g} s"
        if self.code < 0:
            return f"died of {signal_name(-self.code)}" + self.last_words()
        return f"exit status {self.code}" + self.last_words() if self.code else None

    def last_words(self):
        lines = self.errors.decode("utf-8", "backslashreplace").split("\n")
        last = next((line.strip() for line in reversed(lines) if line.strip()), "")
        return ": " + last[-200:] if last else ""

    def digest(self, way):
        """The hash of the output; way: exact, or sorted for its lines in any order."""
        data = b"".join(sorted(self.output.splitlines(True))) if way == "sorted" else self.output
        return hashlib.sha256(data).hexdigest()[:16]

    def record(self):
        """As it stands in the document."""
        shown = ("wall", "user", "system", "rss", "minor", "major", "voluntary", "involuntary", "code")
        return {name: getattr(self, name) for name in shown}


def signal_name(number):
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


class Launcher:
    """What runs processes: a program (path, name) of launch.c, or none."""

    def __init__(self, path=None, name=NAME):
        self.path, self.name = path, name

    @property
    def is_program(self):
        return self.path is not None

    def run(self, command, environment, timeout=0):
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            move = [(os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                    (os.POSIX_SPAWN_DUP2, out.fileno(), 1), (os.POSIX_SPAWN_DUP2, err.fileno(), 2)]
            ask = self.ask if self.is_program else wait_here
            numbers = ask(command, environment, timeout, move)
            return Run(numbers, contents(out), contents(err)[-KEPT:], timeout)

    def ask(self, command, environment, timeout, move):
        lines = self.report([f"{timeout:.6f}", *command], environment, move)
        if not lines:
            raise OSError(f"the launcher {self.path} said nothing")
        words = lines[0].split()
        return [float(word) for word in words[:3]] + [int(word) for word in words[3:]]

    def report(self, arguments, environment, move=()):
        """What the launcher says on its descriptor 3, in lines."""
        reader, writer = os.pipe()
        with os.fdopen(reader) as said:
            move = [*move, (os.POSIX_SPAWN_DUP2, writer, 3)] if writer != 3 else [*move]
            if writer == 3:
                os.set_inheritable(writer, True)
            try:
                process = os.posix_spawn(self.path, [self.name, *arguments], environment, file_actions=move)
            finally:
                os.close(writer)
            try:
                return said.read().splitlines()
            except BaseException:
                os.kill(process, signal.SIGTERM)
                raise
            finally:
                os.waitpid(process, 0)

    def spin(self, rounds, parts):
        """The processor's seconds of a loop of so many rounds, several times."""
        if self.is_program:
            return [float(line) for line in self.report(["--spin", str(rounds), str(parts)], {})]
        return [spin_here(rounds // 20) for _ in range(parts)]


def spin_here(rounds):
    began, x = time.thread_time(), 1
    for _ in range(rounds):
        x = x * 5 & 0xFFFFFF
    return time.thread_time() - began


def contents(file):
    file.seek(0)
    return file.read()


def wait_here(command, environment, timeout, move):
    """The launcher's numbers, without it."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    try:
        child = os.posix_spawnp(command[0], command, environment, file_actions=move, setpgroup=0)
    except OSError as error:
        return [0.0, 0.0, 0.0, None, 127 << 8, 0, 0, 0, 0, error.errno]
    ended = threading.Event()
    late = threading.Timer(timeout, lambda: ended.set() or stop_group(child))
    if timeout:
        late.start()
    try:
        _, status, usage = os.wait4(child, 0)
    except BaseException:
        stop_group(child)
        os.waitpid(child, 0)
        raise
    finally:
        late.cancel()
    wall = time.perf_counter() - began
    rss = usage.ru_maxrss if usage.ru_maxrss > own else None
    return [wall, usage.ru_utime, usage.ru_stime, rss, -1 if ended.is_set() else status, usage.ru_minflt,
            usage.ru_majflt, usage.ru_nvcsw, usage.ru_nivcsw, 0]


def stop_group(group):
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        pass


# ---- which launcher
def find():
    """The launcher for this interpreter."""
    if sys.implementation.name == "krait":
        return Launcher("/proc/self/exe")
    path = compiled()
    return Launcher(path, path) if path else Launcher()


def compiled():
    """The path of the launcher compiled from its source, or None: without source or compiler."""
    root = os.path.dirname(os.path.abspath(__file__))
    for _ in range(4):  # krait/bench in src/library
        root = os.path.dirname(root)
    sources = [os.path.join(root, name) for name in SOURCES]
    compiler = shutil.which("cc")
    try:
        texts = b"".join(open_and_read(source) for source in sources)
        return compiler and compile_once(compiler, root, sources, hashlib.sha256(texts).hexdigest()[:16])
    except (OSError, subprocess.SubprocessError):
        return None


def open_and_read(path):
    with open(path, "rb") as file:
        return file.read()


def compile_once(compiler, root, sources, key):
    home = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    folder = os.path.join(home, "krait-bench")
    path = os.path.join(folder, "launch-" + key)
    if not os.path.exists(path):
        os.makedirs(folder, exist_ok=True)
        made = f"{path}.{os.getpid()}"
        subprocess.run([compiler, "-O1", "-I", root, "-o", made, *sources[:2]], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.replace(made, path)
    return path
