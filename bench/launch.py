"""Measure processes for the scripts beside it: seconds, processor time, peak memory and output of one run,
through the launcher that launch.c makes a program.
"""
import os
import platform
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
LAUNCHER = os.path.join(ROOT, "build", "bench-launch")
GUIDED = os.path.join(ROOT, "build-release", "krait")  # ./setup build --release
KRAIT = GUIDED if os.path.exists(GUIDED) else os.path.join(ROOT, "build", "krait")


# The caller's settings of Python must not slow one side down (PYTHONDONTWRITEBYTECODE would).
PLAIN = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}


class Failure(Exception):
    """The process ended badly; the text says how."""


class Run:
    """One finished process: seconds by the clock and of the processor (user and system, with its
    children), peak memory in KB, what it printed.
    """

    def __init__(self, command, timeout=120, env=None, check=True):
        with tempfile.TemporaryFile() as out:
            reader, writer = os.pipe()
            with os.fdopen(reader) as report:
                move = [
                    (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                    (os.POSIX_SPAWN_DUP2, out.fileno(), 1),
                    (os.POSIX_SPAWN_DUP2, out.fileno(), 2),
                    (os.POSIX_SPAWN_DUP2, writer, 3)]
                launcher = os.posix_spawn(LAUNCHER, [LAUNCHER, str(timeout)] + command,
                                          PLAIN if env is None else env, file_actions=move)
                os.close(writer)
                numbers = report.read().split()
            os.waitpid(launcher, 0)
            out.seek(0)
            self.output = out.read().decode("utf-8", "backslashreplace")
        self.seconds, user, system = map(float, numbers[:3])
        self.processor = user + system
        self.memory, status = int(numbers[3]), int(numbers[4])
        if status == -1:
            raise Failure(f"no end after {timeout} s")
        self.code = os.waitstatus_to_exitcode(status)
        if check and self.code:
            raise Failure(f"exit status {self.code}: " + self.output.strip()[-300:])


def prepare():
    """Compile the launcher when it is missing or old."""
    sources = [os.path.join(HERE, "launch.c"), os.path.join(ROOT, "src/driver/launch.c")]
    if not os.path.exists(LAUNCHER) or os.path.getmtime(LAUNCHER) < max(map(os.path.getmtime, sources)):
        os.makedirs(os.path.dirname(LAUNCHER), exist_ok=True)
        subprocess.run(["cc", "-O1", "-I", ROOT, "-o", LAUNCHER, *sources], check=True)


def version_of(command):
    """What `-VV` prints; ends the script when that is a build which must not be measured."""
    try:
        done = subprocess.run(
            command + ["-VV"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=20)
    except OSError as error:
        sys.exit(f"cannot run {command[0]}: {error.strerror}")
    version = " ".join(done.stdout.split())
    low = version.lower()
    if "krait" in low and ("release" not in low or "sanit" in low or "switch" in low):
        sys.exit(f"{command[0]} is not a plain Release build: {version}")
    return version


def machine():
    model = ""
    try:
        with open("/proc/cpuinfo") as f:
            model = next((line.split(":", 1)[1].strip() for line in f if line.startswith("model name")), "")
    except OSError:
        pass
    return {
        "cpu": model,
        "cores": os.cpu_count(),
        "system": platform.platform(),
        "date": time.strftime("%Y-%m-%d")}
