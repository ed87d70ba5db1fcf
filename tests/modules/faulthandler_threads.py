"""Where every thread is, or only the one that asks; long names are cut."""
import faulthandler
import re
import signal
import tempfile
import threading

HEAD = r"0x[0-9a-f]+ \(most recent call first\):\n"


def report(function, **options):
    with tempfile.TemporaryFile() as file:
        function(file=file, **options)
        file.seek(0)
        return file.read().decode()


def waits_here(begun, end):
    begun.set()
    end.wait()


begun, end = threading.Event(), threading.Event()
thread = threading.Thread(target=waits_here, args=(begun, end))
thread.start()
begun.wait()
text = report(faulthandler.dump_traceback)
other, mine = text.split("\n\n")
assert re.match("Thread " + HEAD, other) and "in waits_here\n" in other and "in _bootstrap" in other, text
assert re.match("Current thread " + HEAD, mine) and mine.endswith("in <module>\n"), text

only = report(faulthandler.dump_traceback, all_threads=False)
assert only.startswith("Stack (most recent call first):\n") and "waits_here" not in only, only


def by_signal(file, **options):
    faulthandler.register(signal.SIGUSR1, file=file, **options)
    signal.raise_signal(signal.SIGUSR1)
    faulthandler.unregister(signal.SIGUSR1)


assert "in waits_here\n" in report(by_signal)
assert "waits_here" not in report(by_signal, all_threads=False)


def later(file):
    faulthandler.dump_traceback_later(0.01, file=file)
    thread.join(0.3)
    faulthandler.cancel_dump_traceback_later()


text = report(later)
assert text.startswith("Timeout (0:00:00.010000)!\nThread 0x") and "Current" not in text, text
assert "in waits_here\n" in text and "in later\n" in text, text
end.set()
thread.join()

name = "x" * 550
space = {"report": report, "faulthandler": faulthandler}
exec(f"def {name}(): return report(faulthandler.dump_traceback, all_threads=False)", space)
assert f"in {'x' * 500}...\n" in space[name]()
