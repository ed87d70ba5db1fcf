"""subprocess: input, output, status, and what fails."""
import subprocess
import sys

from _case import error

r = subprocess.run(
    [sys.executable, "-c", "import sys; print(sys.stdin.read().upper(), end=''); sys.exit(4)"], input="abc",
    capture_output=True, text=True)
assert (r.returncode, r.stdout, r.stderr) == (4, "ABC", "")
assert subprocess.check_output(["echo", "hi"]) == b"hi\n"
assert error(subprocess.run, ["false"], check=True) == (
    "CalledProcessError: Command '['false']' returned non-zero exit status 1.")
assert error(subprocess.run, ["no-such-program-here"]).startswith(
    "FileNotFoundError: [Errno 2] No such file or directory: 'no-such-program-here'")
