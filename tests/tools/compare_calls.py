#!/usr/bin/python3.11
"""What natively implemented functions and methods say of their arguments, under CPython 3.11 and under Krait.

    compare_calls.py [--krait PATH] [--show N] [MODULE or FUNCTION…]

Both interpreters run this file with --worker. Each function is called in a process of its own, in a folder
that is thrown away, with missing, too many, wrong, negative and huge arguments, by position and by name; in a
tuple that is accepted, each place is replaced by each value. What is raised, to the text, or the type of the
result must be the same. Left out: what ends or waits for processes, reaches a network or changes the machine.
"""
import argparse
import importlib
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.abspath(__file__)
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(HERE)))
MODULES = """_abc _asyncio _bisect _blake2 _bz2 _codecs _collections _contextvars _crypt _csv _datetime
    _elementtree _functools _hashlib _heapq _imp _io _json _locale _lsprof _lzma _md5 _opcode
    _operator _pickle _posixshmem _queue _random _sha1 _sha256 _sha3 _sha512 _signal _socket _sqlite3
    _sre _ssl _stat _statistics _string _struct _thread _tracemalloc _typing _uuid _warnings _weakref
    _zoneinfo array atexit audioop binascii builtins cmath errno fcntl gc grp itertools marshal math
    mmap posix pwd pyexpat resource select spwd sys syslog termios time unicodedata zlib""".split()
LEFT_OUT = set("""posix.kill posix.killpg posix._exit posix.abort posix.fork posix.forkpty
    posix.execv posix.execve
    posix.posix_spawn posix.posix_spawnp posix.system posix.closerange posix.sched_setscheduler
    posix.sched_setparam posix.sched_setaffinity posix.setpriority posix.setpgid posix.pidfd_open
    posix.register_at_fork posix.chroot posix.dup2 posix.setxattr posix.setuid posix.setreuid
    posix.setresuid posix.seteuid posix.nice posix.sync _signal.raise_signal _signal.pthread_kill
    _signal.pause _signal.sigwait _signal.sigwaitinfo _signal.pidfd_send_signal _signal.alarm
    _signal.setitimer _signal.pthread_sigmask time.sleep time.clock_settime time.clock_settime_ns
    _socket.sethostname _socket.gethostbyname _socket.gethostbyname_ex _socket.gethostbyaddr
    _socket.getaddrinfo _socket.getnameinfo resource.prlimit _thread.interrupt_main
    _thread._exit_thread builtins.breakpoint builtins.input builtins.exec builtins.eval
    sys.breakpointhook sys.settrace sys.setprofile sys._clear_type_cache sys._debugmallocstats
    sys.call_tracing _thread.start_new_thread _thread.start_new sys.setrecursionlimit _socket.close
    resource.setrlimit _imp.create_dynamic _imp.exec_dynamic sys.set_asyncgen_hooks sys.addaudithook
    atexit._run_exitfuncs atexit._clear _ssl.RAND_bytes _ssl.RAND_pseudo_bytes posix.urandom
    posix.getrandom marshal.load marshal.loads sys.getrefcount gc.get_referrers gc.get_referents
    gc.get_objects sys._getframe itertools.repeat itertools.count itertools.cycle
    posix.posix_fallocate _signal.default_int_handler""".split())
INSTANCES = """[1] {1:2} (1,) 'ab' b'ab' bytearray(b'ab') {1} frozenset([1]) 5 1.5 2j range(5)
    memoryview(b'ab')
    slice(1) object() property() _collections.deque([1]) _collections.OrderedDict()
    _collections.defaultdict() array.array('i',[1]) array.array('u') _io.BytesIO(b'ab')
    _io.StringIO('ab') _io.FileIO('/dev/null') _io.TextIOWrapper(_io.BytesIO(b'ab'))
    _io.BufferedReader(_io.BytesIO(b'ab')) _io.BufferedWriter(_io.BytesIO())
    _io.BufferedRandom(_io.BytesIO()) _random.Random() _datetime.date(2000,1,1)
    _datetime.datetime(2000,1,1) _datetime.time() _datetime.timedelta(1) _datetime.timezone.utc
    _struct.Struct('i') zlib.compressobj() zlib.decompressobj() _bz2.BZ2Compressor()
    _bz2.BZ2Decompressor() _lzma.LZMADecompressor() _md5.md5() _sha3.shake_128() _blake2.blake2b()
    _socket.socket() _sre_pattern _sre_match mmap.mmap(-1,99) select.poll() _contextvars.Context()
    _contextvars.ContextVar('a') _csv.reader([]) _csv_writer _thread.allocate_lock() _thread.RLock()
    _queue.SimpleQueue() _ssl.MemoryBIO() _ssl._SSLContext(16) _sqlite3.connect(':memory:')
    _elementtree.Element('a') _elementtree.TreeBuilder() pyexpat.ParserCreate() functools.partial(int)
    _operator.itemgetter(1) unicodedata.ucd_3_2_0 BaseException() OSError() StopIteration()
    UnicodeDecodeError('a',b'b',0,1,'c') iter([1]) iter((1,)) iter('a') reversed([1]) iter({1:2})
    zip() map(int,[]) enumerate([]) itertools.islice([],1) itertools.chain() (i*for*i*in*[1])
    _decimal.Decimal(1) _decimal.Context() type int str dict list _pickle.Pickler(_io.BytesIO())
    _pickle.Unpickler(_io.BytesIO())""".split()
SKIPPED_METHODS = """__class__ __new__ __subclasshook__ __init_subclass__ __dir__ __sizeof__ __getstate__
    ljust rjust
    center zfill expandtabs __mul__ __rmul__ __imul__ __pow__ __rpow__ __lshift__ __rlshift__ connect
    connect_ex accept recv recvfrom recvmsg recv_into recvfrom_into recvmsg_into sendto send sendall
    sendmsg get put acquire __reduce_ex__ __reduce__ resize detach truncate __repr__ __hash__ mro
    __enter__ listen __del__ load_verify_locations load_cert_chain serialize enable_load_extension
    load_extension""".split()
NAMES = """key default x sep maxsplit encoding errors buffering mode flags level data length size value
    dir_fd follow_symlinks object protocol timeout strict start end""".split()


class Index:
    """An index that is none."""
    def __index__(self):
        return "x"


def values():
    return [None, True, 0, 1, -1, 3, 2 ** 31, 2 ** 32, 2 ** 63, -2 ** 63 - 1, 2 ** 64, 10 ** 30, 1.5, -0.5,
            float("nan"), 2j, "", "a", "a\0b", "\udc80", "é", b"", b"a", b"a\0b", bytearray(b"a"),
            memoryview(b"a"), [], [1], (), (1, 2), ("a", 1), {}, {1}, Index(), object(), int, len]


def shapes():
    yield ()
    for v in values():
        yield (v,)
    for v in values():
        for other in (1, "a", b"a", [1]):
            yield v, other
            yield other, v
    for v in values():
        yield 1, 1, v
        yield "a", "a", v
        yield "a", 1, v
        yield v, 1, 1
        yield v, "a", 1
    for count in 3, 4, 5, 6, 8, 12:
        for v in 1, "a", b"a", None, [1]:
            yield (v,) * count


def shown(v):
    if isinstance(v, tuple):
        return "(" + " ".join(shown(x) for x in v) + ")"
    if type(v) in (object, Index, memoryview):
        return type(v).__name__
    return repr(v)


def outcome(call, arguments, named):
    try:
        result = call(*arguments, **named)
    except BaseException as e:
        return f"{type(e).__name__}: {e}"
    return "ok " + type(result).__name__


def outcomes(call):
    """(arguments, what came) of all calls of a function"""
    accepted = []
    for arguments in shapes():
        answer = outcome(call, arguments, {})
        if answer.startswith("ok ") and len(accepted) < 4 and len(arguments) not in map(len, accepted):
            accepted.append(arguments)
        yield shown(arguments), answer
    for base in accepted:
        for i in range(len(base)):
            for v in values():
                yield shown(base[:i] + (v,) + base[i + 1:]), outcome(call, base[:i] + (v,) + base[i + 1:], {})
        for more in 1, None, "a":
            yield shown(base + (more,)), outcome(call, base + (more,), {})
            yield shown(base + (more,) * 2), outcome(call, base + (more,) * 2, {})
    for base in [(), (1,), ("a",), *accepted]:
        yield f"{shown(base)} nonsense=1", outcome(call, base, {"nonsense": 1})
        for name in NAMES:
            for v in 1, -1, 2 ** 63, "a", None:
                yield f"{shown(base)} {name}={v!r}", outcome(call, base, {name: v})


def find(path):
    """The function of a path: MODULE.NAME, or INSTANCE -> NAME."""
    instance, arrow, name = path.partition(" -> ")
    if not arrow:
        module, _, name = path.partition(".")
        return getattr(importlib.import_module(module), name)
    if instance == "_sre_pattern":
        owner = re.compile("a")
    elif instance == "_sre_match":
        owner = re.match("a", "a")
    elif instance == "_csv_writer":
        owner = importlib.import_module("_csv").writer(importlib.import_module("_io").StringIO())
    else:
        used = set(re.findall(r"(?<![\w.])([a-z_]\w+)\.", instance))
        owner = eval(instance.replace("*", " "), {m: importlib.import_module(m) for m in used})
    return getattr(owner, name)


def paths():
    """All functions, as the reference has them."""
    for module in MODULES:
        try:
            there = importlib.import_module(module)
        except ImportError:
            continue
        for name in sorted(vars(there)):
            path = f"{module}.{name}"
            value = vars(there)[name]
            if callable(value) and path not in LEFT_OUT and not name.startswith("__") and \
                    not (isinstance(value, type) and issubclass(value, BaseException)):
                yield path
    for instance in INSTANCES:
        owner = find(instance + " -> __class__")
        for name in sorted(dir(owner)):
            if name not in SKIPPED_METHODS and callable(getattr(owner, name, None)):
                yield f"{instance} -> {name}"


def worker(names, folder):
    """Writes the outcomes of each function, each in a child."""
    import signal as signals
    out = os.dup2(1, 199)
    for number, path in enumerate(names):
        os.write(out, f"@{path}\n".encode())
        pid = os.fork()
        if pid:
            os.waitpid(pid, 0)
            continue
        try:
            signals.alarm(5)
            place = os.path.join(folder, str(number))
            os.mkdir(place)
            os.chdir(place)
            null = os.open("/dev/null", os.O_RDWR)
            for fd in 0, 1, 2:
                os.dup2(null, fd)
            lines = []
            try:
                call = find(path)
            except BaseException as e:
                lines.append(f"not there: {type(e).__name__}: {e}\n")
            else:
                for what, answer in outcomes(call):
                    lines.append(f"{what} => {answer}\n".replace("\r", " ").replace("\0", "\\0"))
                    if len(lines) % 20 == 0:
                        os.write(199, "".join(lines).encode("utf-8", "backslashreplace"))
                        lines.clear()
            os.write(199, "".join(lines).encode("utf-8", "backslashreplace"))
        finally:
            os._exit(0)


def answers_of(program, names):
    """{function: {arguments: outcome}}"""
    with tempfile.TemporaryDirectory() as folder:
        command = [program, "-W", "ignore", HERE, "--worker", folder]
        env = {**os.environ, "PYTHONHASHSEED": "0", "KRAIT_SITE": "0", "LC_ALL": "C.UTF-8"}
        done = subprocess.run(command, input="\n".join(names), cwd=folder, env=env, stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, text=True, errors="replace")
    answers, current = {}, {}
    for line in done.stdout.splitlines():
        if line.startswith("@"):
            current = answers[line[1:]] = {}
        else:
            what, _, answer = re.sub(r"0x[0-9a-f]+", "0xH", line).partition(" => ")
            current[what] = answer
    return answers


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*")
    parser.add_argument("--krait", default=os.path.join(ROOT, "build", "krait"))
    parser.add_argument("--show", type=int, default=3)
    parser.add_argument("--worker")
    options = parser.parse_args()
    if options.worker:
        worker(sys.stdin.read().split("\n"), options.worker)
        return
    asked = set(options.names)
    chosen = [p for p in paths() if not asked or asked & {p, p.split(".")[0]}]
    wanted, got = answers_of(sys.executable, chosen), answers_of(options.krait, chosen)
    calls = wrong = 0
    for path in chosen:
        theirs, ours = wanted.get(path, {}), got.get(path, {})
        differ = [what for what in theirs if theirs[what] != ours.get(what)]
        calls += len(theirs)
        wrong += len(differ)
        if differ:
            print(f"{path}: {len(differ)} of {len(theirs)}")
        for what in differ[:options.show]:
            print(f"    {what}\n        wanted {theirs[what]}\n        got    {ours.get(what)}")
    print(f"{calls} calls of {len(chosen)} functions, {wrong} differ")
    sys.exit(wrong != 0)


main()
