"""While one thread loads a module the others wait for it, unless that would be for ever; a module that
failed is loaded anew by the next."""
import importlib
import os
import sys
import tempfile
import threading

folder = tempfile.TemporaryDirectory()
sys.path.insert(0, folder.name)


def write(name, text):
    with open(os.path.join(folder.name, name + ".py"), "w") as file:
        file.write(text)


def in_threads(count, function):
    results = []
    threads = [threading.Thread(target=lambda: results.append(function())) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive(), function
    return results


def by_statement():
    import slow_by_statement
    return slow_by_statement.last


def by_from():
    from slow_by_from import last
    return last


def by_function():
    return importlib.import_module("slow_by_function").last


for way in by_statement, by_from, by_function:
    write("slow_" + way.__name__,
          "import time\nloads = globals().get('loads', 0) + 1\ntime.sleep(0.1)\nlast = loads\n")
    assert in_threads(6, way) == [1] * 6, way

# both ways at once
write("slow_mixed", "import time\ntime.sleep(0.1)\nlast = 5\n")
ways = [lambda: __import__("slow_mixed").last, lambda: importlib.import_module("slow_mixed").last] * 3
assert in_threads(6, lambda: ways.pop()()) == [5] * 6

# a failure: whoever comes next tries again
write("fails_twice",
      "import builtins, time\nbuiltins.tries = getattr(builtins, 'tries', 0) + 1\ntime.sleep(0.05)\n"
      "if builtins.tries < 3:\n    raise ValueError(builtins.tries)\n")


def fails():
    try:
        import fails_twice
        return "loaded"
    except ValueError:
        return "failed"


in_threads(5, fails)
while fails() != "loaded":
    pass

# two modules that import each other, begun at the two ends: the ring is broken
for one, other in ("ring_a", "ring_b"), ("ring_b", "ring_a"):
    write(one, f"import time\ntime.sleep(0.1)\nimport {other}\ntime.sleep(0.1)\ndone = True\n")
names = ["ring_a", "ring_b"]
in_threads(2, lambda: __import__(names.pop()))
assert sys.modules["ring_a"].done and sys.modules["ring_b"].done

# a longer ring
for i in range(4):
    write(f"ring_{i}", f"import time\ntime.sleep(0.1)\nimport ring_{(i + 1) % 4}\ndone = True\n")
numbers = [0, 1, 2, 3]
in_threads(4, lambda: __import__(f"ring_{numbers.pop()}"))
assert all(sys.modules[f"ring_{i}"].done for i in range(4))

# a child of fork() has the modules that were loaded, and can load the one that another thread was loading
write("forked_while_loading", "import time\nbegun.set()\ntime.sleep(0.3)\nlast = 1\n".replace(
    "begun", "__import__('__main__').begun"))
write("after_fork", "last = 2\n")
begun = threading.Event()
loader = threading.Thread(target=lambda: __import__("forked_while_loading"))
loader.start()
begun.wait()
pid = os.fork()
if pid == 0:
    import after_fork
    os._exit(after_fork.last)
assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 2
loader.join()
assert sys.modules["forked_while_loading"].last == 1
folder.cleanup()
