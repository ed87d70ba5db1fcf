#!/usr/bin/python3.11
"""Threads that share containers, with timers' signals, forks, pending exceptions and collections: never a
crash or a hang.
"""
import sys

import _fuzz

ACTIONS = [
    "shared_list.append(n); shared_list[-1:] = [n, n]", "shared_list.sort(key=lambda v: str(v))",
    "del shared_list[g.randrange(5):]", "sum(x for x in list(shared_list) if isinstance(x, int))",
    "shared_dict[g.randrange(50)] = n; shared_dict.pop(g.randrange(50), None)",
    "for k in list(shared_dict): shared_dict.get(k)", "sorted(map(str, dict(shared_dict)))",
    "shared_dict.clear()",
    "shared_set.add(n); shared_set.discard(g.randrange(9)); frozenset(shared_set)",
    "shared_deque.append(n); shared_deque.rotate(1); shared_deque.popleft()", "q.put(n); q.get()",
    "with lock: counter[0] += 1", "with rlock:\n    with rlock: counter[0] += 1",
    "with condition: condition.notify_all()", "event.set(); event.clear(); event.wait(0.0005)",
    "with semaphore: pass",
    "box.value = n; box.__dict__; del box.value",
    "setattr(Box, 'c%d' % g.randrange(4), n); getattr(box, 'c1', 0)",
    "Box.m = lambda self, k=n: k; box.m()", "local.x = n; local.x + 1",
    "gc.collect(g.randrange(3))", "json.loads(json.dumps({'a': [n] * 20}))",
    "re.sub('(a+)', r'<\\1>', 'aab' * 30)", "''.join(str(i) for i in range(100))",
    "next(shared_generator, None)", "list(zip(range(30), shared_list))",
    "pickle.loads(pickle.dumps([n, shared_list[:5]]))", "sys.intern('name%d' % n)",
    "exec('y = %d' % n, {})", "compile('def f(a): return a + %d' % n, 'm', 'exec')",
    "shared_bytes.extend(b'xy'); del shared_bytes[:1]",
    "bytes(shared_bytes); memoryview(shared_bytes).tobytes()",
    "try: raise ValueError(n)\nexcept ValueError as e: kept[0] = e", "Node(n)", "weakref.ref(Box())",
    "hashlib.md5(bytes(3000)).hexdigest()", "zlib.compress(bytes(3000))",
    "time.sleep(0)", "threading.Thread(target=int).start()",
    "if depth < 2:\n    t = threading.Thread(target=work, args=(n, depth + 1)); t.start(); t.join()",
    "os.write(pipe[1], b'x'); os.read(pipe[0], 1)", "sys.setswitchinterval(g.choice([1e-6, 1e-4, 0.005]))",
    "contextvars.copy_context().run(int)", "sys._current_frames()", "sys._getframe().f_locals",
    "traceback.format_stack()", "warnings.warn('w')",
    "shared_file.write('line\\n'); shared_file.flush()", "concurrent(n)",
]
EXTRAS = ["fork()", "signal.setitimer(signal.ITIMER_REAL, 0.002, 0.003)",
          "os.kill(os.getpid(), signal.SIGUSR1)", "send_exception()",
          "signal.setitimer(signal.ITIMER_REAL, 0)", "threading.settrace(lambda *a: None)",
          "threading.setprofile(lambda *a: None)", "sys.settrace(lambda *a: None); sys.settrace(None)",
          "gc.collect()", "thread_pool()", "asyncio_run()"]
PRELUDE = r'''
import collections, concurrent.futures, contextvars, ctypes_stub, gc, hashlib, json, os, pickle, queue, random, re, signal, sys, threading, time, traceback, warnings, weakref, zlib, asyncio, io
warnings.simplefilter('ignore')
threading.excepthook = lambda *a: None
sys.unraisablehook = lambda *a: None
signal.signal(signal.SIGUSR1, lambda *a: shared_list.append(1))
ticks = [0]
def tick(*a): ticks[0] += 1; shared_dict[ticks[0] % 7] = a and 1
old_alarm = signal.getsignal(signal.SIGALRM)
signal.signal(signal.SIGALRM, tick)
shared_list, shared_dict, shared_set, shared_deque, shared_bytes = [], {}, set(), collections.deque(maxlen=50), bytearray(b'abc')
q, lock, rlock, condition, event, semaphore, local = queue.Queue(), threading.Lock(), threading.RLock(), threading.Condition(), threading.Event(), threading.Semaphore(2), threading.local()
counter, kept, pipe, shared_file = [0], [None], os.pipe(), io.StringIO()
class Box: pass
box = Box()
class Node:
    def __init__(self, n): self.me = self; self.n = n
    def __del__(self): shared_list.append(self.n)
def endless():
    n = 0
    while True: n += 1; yield n
shared_generator = endless()
def concurrent(n):
    d = {i: str(i) for i in range(n % 50)}
    for k in list(d): d[k] += 'x'; d.pop(k, None)
def fork():
    pid = os.fork()
    if pid == 0:
        try: shared_list.append(1); gc.collect(); threading.Thread(target=int).start()
        finally: os._exit(0)
    os.waitpid(pid, 0)
class Sent(Exception): pass
def send_exception():
    import _thread
    signal.setitimer(signal.ITIMER_REAL, 0)
def thread_pool():
    with concurrent_futures.ThreadPoolExecutor(3) as pool: list(pool.map(str, range(20)))
import concurrent.futures as concurrent_futures
def asyncio_run():
    async def child(n): await asyncio.sleep(0); return n
    async def main(): return await asyncio.gather(*[child(i) for i in range(10)])
    asyncio.run(main())
'''.replace("ctypes_stub, ", "")


class Threads(_fuzz.Fuzzer):
    """Threads, signals, forks."""
    ROUND = 40
    COMPARES = False
    BATCH = 1              # what a case leaves behind must not reach the next
    SECONDS_A_CASE = 15.0
    SHRINK_SECONDS = 0.0  # what depends on time is not found again by asking often
    PRELUDE = PRELUDE

    def case(self, g):
        chosen = g.sample(ACTIONS, g.randrange(2, 7))
        lines = ["def work(n, depth=0):", "    g = random.Random(n)",
                 f"    for step in range({g.choice([20, 60, 150])} if depth == 0 else 3):",
                 f"        what = g.randrange({len(chosen)})"]
        lines += ["        try:"]
        for i, action in enumerate(chosen):
            lines.append(f"            if what == {i}:")
            lines += ["                " + part for part in action.split("\n")]
        lines += [
            "        except (ValueError, IndexError, KeyError, RuntimeError, AttributeError, TypeError, "
            "BufferError, queue.Empty): pass"]
        lines.append(
            f"threads = [threading.Thread(target=work, args=({g.randrange(999)} + i,), "
            f"daemon={g.random() < .2}) for i in range({g.randrange(1, 6)})]")
        lines.append("for t in threads: t.start()")
        for _ in range(g.randrange(0, 4)):
            lines.append(f"try: {g.choice(EXTRAS)}\nexcept (RuntimeError, OSError): pass")
        lines.append("for t in threads: t.join(20)")
        lines.append(
            "signal.setitimer(signal.ITIMER_REAL, 0); sys.settrace(None); threading.settrace(None); "
            "threading.setprofile(None)\nshow(not any(t.is_alive() for t in threads))")
        return "\n".join(lines)

    def problem(self, krait, reference, text):
        found = super().problem(krait, reference, text)
        return found or (None if krait and krait[-1] == "True" and not krait[-1].startswith("end:")
                         else "differs")


if __name__ == "__main__":
    sys.exit(Threads().main())
