"""Audit events (sys.addaudithook): which the C parts raise, in which order and with which arguments.

Each case is a statement, and behind it, indented, the events that it raises besides those of exec itself.
What differs from run to run is shown as a sign: a descriptor as FD, addresses and flags as N, folders as TMP.
"""
import _ctypes
import _thread
import array
import ast
import asyncio
import copy
import ctypes
import fcntl
import gc
import glob
import importlib.util
import io
import marshal
import mmap
import os
import pathlib
import pickle
import re
import resource
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import syslog
import tempfile
import threading
import types
import urllib.request

state = types.SimpleNamespace(on=False)  # also names of the cases, which are run in one namespace
got = []


def shown(value):
    if type(value) is types.CodeType:
        return f"<code {value.co_name}>"
    for name in "path", "meta_path", "path_hooks":
        if value is getattr(sys, name):
            return "sys." + name
    text = repr(value).replace(folder, "TMP")
    if type(value) is int and value == FD:
        return "FD"
    if type(value) is int and value >= 100000:
        return "N"
    if type(value) is bytes and len(value) > 40:
        return "bytes"
    text = re.sub(r"handle [0-9a-f]+|0x[0-9a-f]+|laddr=\([^)]*\)", "N", text)
    return re.sub(r"fd=\d+", "fd=N", text)


def hook(event, arguments):
    if state.on:
        state.on = False
        got.append(f"{event} ({', '.join(map(shown, arguments))})")
        state.on = True


def events(source):
    """Those of the statement, and how it ends unless well."""
    code = compile(source.replace("; def ", "\ndef ").replace("; if ", "\nif "), "<case>", "exec")
    got.clear()
    state.on = True
    try:
        exec(code, names)
    except Exception as e:
        got.append(f"{type(e).__name__}")
    finally:
        state.on = False
    return got[1:]


folder = tempfile.mkdtemp()
os.chdir(folder)
with open("plain", "w") as f:
    f.write("x = 1\n")
os.mkdir("dir")
FD = os.dup2(os.open("plain", os.O_RDWR), 77)
sys.addaudithook(hook)
socket.getaddrinfo("127.0.0.1", 80)  # loads an encoding
urllib.request.urlopen("data:,x")
names = dict(globals(), number=ctypes.c_int(5), libc=ctypes.CDLL(None), database=sqlite3.connect(":memory:"),
             code=(lambda a: a).__code__, datagrams=socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
sys.modules.pop("_heapq", None)

CASES = r'''
_thread.start_new_thread(len, ((1, 2),))
_thread.start_new_thread(len, ((1, 2),), {})
array.array("i", [1, 2])
    array.__new__ ('i', [1, 2])
array.array("b")
    array.__new__ ('b', None)
array.array("z")
    array.__new__ ('z', None)
    ValueError
copy.copy(array.array("i", [1]))
    array.__new__ ('i', [1])
sys.breakpointhook = len; breakpoint("ab")
    builtins.breakpoint (<built-in function len>)
sys.stdin = io.StringIO("line\n"); input("prompt"); sys.stdin = sys.__stdin__
    builtins.input ('prompt')
sys.stdin = io.StringIO("line\n"); input(); sys.stdin = sys.__stdin__
    builtins.input (None)
compile("1", "f.py", "eval")
    compile (b'1', 'f.py')
compile(b"1", b"g.py", "exec")
    compile (b'1', 'g.py')
compile(ast.Expression(ast.Constant(1, lineno=1, col_offset=0)), "h.py", "eval")
    compile (<ast.Expression object at N>, None)
ast.parse("1")
    compile (b'1', '<unknown>')
eval("1")
    compile (b'1', '<string>')
    exec (<code <module>>)
exec("x = 1")
    compile (b'x = 1', '<string>')
    exec (<code <module>>)
ctypes.addressof(number)
    ctypes.addressof (c_int(5))
ctypes.create_string_buffer(5)
    ctypes.create_string_buffer (None, 5)
ctypes.create_unicode_buffer("abc")
    ctypes.create_unicode_buffer ('abc', 4)
ctypes.CDLL("libm.so.6")
    ctypes.dlopen ('libm.so.6')
libc.getpid()
    ctypes.dlsym (<CDLL 'None', N at N>, 'getpid')
ctypes.c_int.in_dll(libc, "no_such_symbol")
    ctypes.dlsym (<CDLL 'None', N at N>, 'no_such_symbol')
    ValueError
ctypes.get_errno(); ctypes.set_errno(5)
    ctypes.get_errno ()
    ctypes.set_errno (5)
ctypes.string_at(b"abc", 2)
    ctypes.string_at (N, 2)
ctypes.wstring_at("abc", 2)
    ctypes.wstring_at (N, 2)
ctypes.c_int.from_address(ctypes.addressof(number))
    ctypes.addressof (c_int(5))
    ctypes.cdata (N)
ctypes.c_int.from_buffer(bytearray(8), 4)
    ctypes.cdata/buffer (N, 8, 4)
    ctypes.cdata (N)
ctypes.c_int.from_buffer_copy(b"12345678", 1)
    ctypes.cdata/buffer (N, 8, 1)
ctypes.CFUNCTYPE(ctypes.c_int)(("getpid", libc))
    ctypes.dlsym (<CDLL 'None', N at N>, 'getpid')
_ctypes.dlclose(_ctypes.dlopen("libm.so.6", 2))
    ctypes.dlopen ('libm.so.6')
_ctypes.dlsym(_ctypes.dlopen("libm.so.6", 2), "cos")
    ctypes.dlopen ('libm.so.6')
    ctypes.dlsym/handle (N, 'cos')
_ctypes.call_function(ctypes.cast(libc.getpid, ctypes.c_void_p).value, ())
    ctypes.call_function (N, ())
_ctypes.PyObj_FromPtr(id(number)) and None
    builtins.id (N)
    ctypes.PyObj_FromPtr (c_int(5))
fcntl.fcntl(FD, fcntl.F_GETFD)
    fcntl.fcntl (FD, 1, None)
fcntl.fcntl(FD, fcntl.F_GETFD, b"abcdefgh")
    fcntl.fcntl (FD, 1, b'abcdefgh')
fcntl.ioctl(FD, 0x5421, 2)
    fcntl.ioctl (FD, 21537, 2)
    OSError
fcntl.ioctl(FD, 0x5421, bytearray(b"ab"))
    fcntl.ioctl (FD, 21537, bytearray(b'ab'))
fcntl.flock(FD, fcntl.LOCK_SH)
    fcntl.flock (FD, 1)
fcntl.lockf(FD, fcntl.LOCK_EX, 1, 2, 0)
    fcntl.lockf (FD, 2, 1, 2, 0)
types.FunctionType(code, {})
    function.__new__ (<code <lambda>>)
gc.get_objects(1) and None
    gc.get_objects (1)
gc.get_objects(generation=None) and None
    gc.get_objects (-1)
gc.get_referents([], {})
    gc.get_referents (([], {}))
glob.glob("*.none")
    glob.glob ('*.none', False)
    glob.glob/2 ('*.none', False, None, None)
    os.scandir ('.')
list(glob.iglob("*", root_dir="dir", recursive=True))
    glob.glob ('*', True)
    glob.glob/2 ('*', True, 'dir', None)
    os.scandir ('dir')
list(pathlib.Path("dir").glob("*"))
    pathlib.Path.glob (PosixPath('dir'), '*')
    os.scandir ('dir')
list(pathlib.Path("dir").rglob("*"))
    pathlib.Path.rglob (PosixPath('dir'), '*')
    os.scandir ('dir')
    os.scandir ('dir')
import sys
import _heapq
    import ('_heapq', None, sys.path, sys.meta_path, sys.path_hooks)
import missing
    import ('missing', None, sys.path, sys.meta_path, sys.path_hooks)
    ModuleNotFoundError
__import__("_heapq") and None
marshal.dumps([1])
    marshal.dumps ([1], 4)
marshal.dumps([1], 2)
    marshal.dumps ([1], 2)
marshal.dump([1], io.BytesIO())
    marshal.dumps ([1], 4)
marshal.loads(b"N")
    marshal.loads (b'N')
marshal.load(io.BytesIO(b"N"))
    marshal.load ()
mmap.mmap(-1, 4096)
    mmap.__new__ (-1, 4096, 0, 0)
mmap.mmap(FD, 4, access=mmap.ACCESS_READ)
    mmap.__new__ (FD, 4, 1, 0)
mmap.mmap(FD, 0, mmap.MAP_PRIVATE, mmap.PROT_READ)
    mmap.__new__ (FD, 0, 1, 0)
mmap.mmap(FD, 0, access=9)
    ValueError
(lambda a=1, *, b=2: 0).__defaults__
    object.__getattr__ (<function <lambda> at N>, '__defaults__')
(lambda a=1, *, b=2: 0).__kwdefaults__
    object.__getattr__ (<function <lambda> at N>, '__kwdefaults__')
f = lambda: 0; f.__code__ = code
    object.__setattr__ (<function <lambda> at N>, '__code__', <code <lambda>>)
f = lambda: 0; f.__defaults__ = (); f.__kwdefaults__ = {}
    object.__setattr__ (<function <lambda> at N>, '__defaults__', ())
    object.__setattr__ (<function <lambda> at N>, '__kwdefaults__', {})
f = lambda: 0; del f.__defaults__; del f.__kwdefaults__
    object.__delattr__ (<function <lambda> at N>, '__defaults__')
    object.__delattr__ (<function <lambda> at N>, '__kwdefaults__')
f = lambda: 0; f.__closure__, f.__globals__, f.__name__, f.__annotations__, f.__dict__
K = type("K", (), {}); K.__bases__ = (object,)
    object.__setattr__ (<class '__main__.K'>, '__bases__', (<class 'object'>,))
K = type("K", (), {}); K().__class__ = type("L", (), {})
    object.__setattr__ (<__main__.K object at N>, '__class__', <class '__main__.L'>)
K.__name__ = "L"; K.__module__ = "m"; K.__qualname__ = "q"; K.__doc__ = "d"; K.__abstractmethods__ = ()
    object.__setattr__ (<class '__main__.K'>, '__name__', 'L')
    object.__setattr__ (<class '__main__.K'>, '__module__', 'm')
    object.__setattr__ (<class 'm.K'>, '__qualname__', 'q')
    object.__setattr__ (<class 'm.q'>, '__doc__', 'd')
K.__name__ = 5
    object.__setattr__ (<class 'm.q'>, '__name__', 5)
    TypeError
del K.__name__
    TypeError
del K.__module__
    TypeError
int.__name__ = "x"
    TypeError
g = (i for i in ()); g.gi_code, g.gi_frame, g.gi_running, g.gi_yieldfrom
    object.__getattr__ (<generator object <genexpr> at N>, 'gi_code')
    object.__getattr__ (<generator object <genexpr> at N>, 'gi_frame')
c = asyncio.sleep(0); c.cr_code, c.cr_frame, c.cr_await; c.close()
    object.__getattr__ (<coroutine object sleep at N>, 'cr_code')
    object.__getattr__ (<coroutine object sleep at N>, 'cr_frame')
a = (i async for i in ()); a.ag_code, a.ag_frame, a.ag_running
    TypeError
frame = sys._getframe(); frame.f_code, frame.f_back, frame.f_locals, frame.f_lineno, frame.f_trace
    sys._getframe (<frame at N, file '<case>', line 1, code <module>>)
    object.__getattr__ (<frame at N, file '<case>', line 1, code <module>>, 'f_code')
frame.f_trace = None; frame.f_trace_lines = True
t = types.TracebackType(None, frame, 1, 1); t.tb_frame, t.tb_next, t.tb_lineno
    object.__getattr__ (<traceback object at N>, 'tb_frame')
t.tb_next = None
code.co_code and code.co_consts and None
classmethod(len).__func__; types.MethodType(len, 5).__self__
sys._getframe(0) and None
    sys._getframe (<frame at N, file '<case>', line 1, code <module>>)
sys._current_frames() and None
    sys._current_frames ()
sys._current_exceptions() and None
    sys._current_exceptions ()
sys.settrace(None); sys.setprofile(None)
    sys.settrace ()
    sys.setprofile ()
sys.set_asyncgen_hooks(firstiter=None)
    sys.set_asyncgen_hook_firstiter ()
sys.set_asyncgen_hooks(None, None)
    sys.set_asyncgen_hook_finalizer ()
    sys.set_asyncgen_hook_firstiter ()
sys.addaudithook(hook and (lambda *a: None))
    sys.addaudithook ()
sys.audit("mine", 1, 2)
    mine (1, 2)
sys.audit("mine")
    mine ()
sys.audit(5)
    TypeError
open("plain").close()
    open ('plain', 'r', N)
open(b"plain", "r+b", buffering=0).close()
    open (b'plain', 'r+', N)
open("made", "x").close()
    open ('made', 'x', N)
open("none")
    open ('none', 'r', N)
    FileNotFoundError
open(FD, closefd=False).close()
    open (FD, 'r', N)
io.open_code(folder + "/plain").close()
    open ('TMP/plain', 'r', N)
os.close(os.open("plain", os.O_RDONLY))
    open ('plain', None, N)
os.open("none", os.O_RDONLY, dir_fd=None)
    open ('none', None, N)
    FileNotFoundError
os.chdir(b"."); os.fchdir(os.dup2(os.open(".", 0), 78))
    os.chdir (b'.')
    open ('.', None, N)
    os.chdir (78)
os.chmod("plain", 0o644); os.fchmod(FD, 0o644)
    os.chmod ('plain', 420, -1)
    os.chmod (FD, 420, -1)
os.chown("plain", -1, -1); os.fchown(FD, -1, -1); os.lchown("plain", -1, -1)
    os.chown ('plain', N, N, -1)
    os.chown (FD, N, N, -1)
    os.chown ('plain', N, N, -1)
os.listxattr("plain"); os.listxattr(follow_symlinks=False)
    os.listxattr ('plain')
    os.listxattr (None)
os.getxattr(b"plain", "user.none")
    os.getxattr (b'plain', 'user.none')
    OSError
os.removexattr("plain", "user.none")
    os.removexattr ('plain', 'user.none')
    OSError
os.setxattr("none", "user.none", b"x")
    os.setxattr ('none', 'user.none', b'x', 0)
    FileNotFoundError
os.kill(0, 0)
    os.kill (0, 0)
os.killpg(0, 0)
    os.killpg (0, 0)
os.link("plain", "hard")
    os.link ('plain', 'hard', -1, -1)
os.link("plain", "hard2", src_dir_fd=None, follow_symlinks=True)
    os.link ('plain', 'hard2', -1, -1)
os.listdir(); os.listdir(b"dir"); os.listdir(FD)
    os.listdir (None)
    os.listdir (b'dir')
    os.listdir (FD)
    NotADirectoryError
os.lockf(FD, os.F_LOCK, 0)
    os.lockf (FD, 1, 0)
os.mkdir("new"); os.mkdir("new2", 0o700, dir_fd=None)
    os.mkdir ('new', 511, -1)
    os.mkdir ('new2', 448, -1)
os.rename("new", "new3"); os.replace("new3", "new")
    os.rename ('new', 'new3', -1, -1)
    os.rename ('new3', 'new', -1, -1)
os.rmdir("new"); os.rmdir(b"new2")
    os.rmdir ('new', -1)
    os.rmdir (b'new2', -1)
os.remove("hard"); os.unlink("hard2")
    os.remove ('hard', -1)
    os.remove ('hard2', -1)
os.scandir().close(); os.scandir("dir").close(); os.scandir(b".").close()
    os.scandir (None)
    os.scandir ('dir')
    os.scandir (b'.')
os.symlink("plain", "soft"); os.symlink(b"plain", b"soft2", target_is_directory=True)
    os.symlink ('plain', 'soft', -1)
    os.symlink (b'plain', b'soft2', -1)
os.readlink("soft"); os.stat("plain"); os.access("plain", 1)
os.system("true")
    os.system (b'true')
os.truncate("made", 3); os.ftruncate(FD, 6)
    os.truncate ('made', 3)
    os.truncate (FD, 6)
os.utime("plain"); os.utime("plain", (1, 2)); os.utime("plain", ns=(1, 2)); os.utime(FD, (1.5, 2))
    os.utime ('plain', None, None, -1)
    os.utime ('plain', (1, 2), None, -1)
    os.utime ('plain', None, (1, 2), -1)
    os.utime (FD, (1.5, 2), None, -1)
os.putenv("AUDITED", "1"); os.unsetenv(b"AUDITED")
    os.putenv (b'AUDITED', b'1')
    os.unsetenv (b'AUDITED')
os.environ["AUDITED"] = "2"; del os.environ["AUDITED"]
    os.putenv (b'AUDITED', b'2')
    os.unsetenv (b'AUDITED')
list(os.walk("dir"))
    os.walk ('dir', True, None, False)
    os.scandir ('dir')
os.posix_spawn("/bin/true", ["true"], {}) and os.wait() and None
    os.posix_spawn ('/bin/true', ['true'], {})
os.posix_spawn("/no/thing", ["x"], {"A": "B"})
    os.posix_spawn ('/no/thing', ['x'], {'A': 'B'})
    FileNotFoundError
os.spawnv(os.P_WAIT, "/bin/true", ["true"])
    os.fork ()
os.execv("/no/thing", ["x"])
    os.exec ('/no/thing', ['x'], None)
    FileNotFoundError
os.execve("/no/thing", ["x"], {"A": "B"})
    os.exec ('/no/thing', ['x'], {'A': 'B'})
    FileNotFoundError
child = os.fork(); if child == 0: os._exit(0)
    os.fork ()
os.waitpid(child, 0) and None
child, terminal = os.forkpty(); if child == 0: os._exit(0)
    os.forkpty ()
os.waitpid(child, 0) and None
subprocess.run(["true"]) and None
    subprocess.Popen ('true', ['true'], None, None)
subprocess.run("true", shell=True, cwd=folder, env={"PATH": "/bin"}) and None
    subprocess.Popen ('/bin/sh', ['/bin/sh', '-c', 'true'], 'TMP', {'PATH': '/bin'})
pickle.loads(pickle.dumps(len))
    pickle.find_class ('builtins', 'len')
pickle._loads(pickle.dumps(len))
    pickle.find_class ('builtins', 'len')
resource.prlimit(0, resource.RLIMIT_CORE) and None
    resource.prlimit (0, 4, None)
resource.prlimit(0, resource.RLIMIT_CORE, (0, 0)) and None
    resource.prlimit (0, 4, (0, 0))
resource.setrlimit(resource.RLIMIT_CORE, [0, 0])
    resource.setrlimit (4, [0, 0])
resource.getrlimit(resource.RLIMIT_CORE) and None
shutil.copyfile("plain", "copy")
    shutil.copyfile ('plain', 'copy')
    open ('plain', 'r', N)
    open ('copy', 'w', N)
shutil.chown("plain", 0, 0)
    shutil.chown ('plain', 0, 0)
    os.chown ('plain', 0, 0, -1)
signal.pthread_kill(threading.get_ident(), 0)
    signal.pthread_kill (N, 0)
socket.socket().close()
    socket.__new__ (<socket.socket fd=-1, family=0, type=0, proto=0>, 2, 1, 0)
socket.socket(socket.AF_INET, socket.SOCK_DGRAM, 0).close()
    socket.__new__ (<socket.socket fd=-1, family=0, type=0, proto=0>, 2, 2, 0)
for s in socket.socketpair(): s.close()
    socket.__new__ (<socket.socket fd=-1, family=0, type=0, proto=0>, 1, 1, 0)
    socket.__new__ (<socket.socket fd=-1, family=0, type=0, proto=0>, 1, 1, 0)
datagrams.bind(("127.0.0.1", 0))
    socket.bind (<socket.socket fd=N, family=2, type=2, proto=0, N>, ('127.0.0.1', 0))
s = socket.socket(); s.connect_ex(("127.0.0.1", 1)); s.close()
    socket.__new__ (<socket.socket fd=-1, family=0, type=0, proto=0>, 2, 1, 0)
    socket.connect (<socket.socket fd=N, family=2, type=1, proto=0, N>, ('127.0.0.1', 1))
s = socket.socket(socket.AF_UNIX); s.connect("/none")
    socket.__new__ (<socket.socket fd=-1, family=0, type=0, proto=0>, 1, 1, 0)
    socket.connect (<socket.socket fd=N, family=1, type=1, proto=0>, '/none')
    FileNotFoundError
s.bind(b"un"); s.close()
    socket.bind (<socket.socket fd=N, family=1, type=1, proto=0>, b'un')
socket.getaddrinfo("127.0.0.1", 80, type=1) and None
    socket.getaddrinfo ('127.0.0.1', 80, 0, 1, 0)
socket.gethostbyname("127.0.0.1"); socket.gethostbyname_ex("127.0.0.1")
    socket.gethostbyname ('127.0.0.1')
    socket.gethostbyname ('127.0.0.1')
socket.gethostname() and None
    socket.gethostname ()
socket.sethostname(5)
    TypeError
socket.getnameinfo(("127.0.0.1", 80), 3)
    socket.getnameinfo (('127.0.0.1', 80))
socket.getservbyname("http", "tcp"); socket.getservbyport(80)
    socket.getservbyname ('http', 'tcp')
    socket.getservbyport (80, None)
datagrams.sendto(b"x", ("127.0.0.1", 9))
    socket.sendto (<socket.socket fd=N, family=2, type=2, proto=0, N>, ('127.0.0.1', 9))
datagrams.sendmsg([b"x"], [], 0, ("127.0.0.1", 9))
    socket.sendmsg (<socket.socket fd=N, family=2, type=2, proto=0, N>, ('127.0.0.1', 9))
a, b = socket.socketpair(); a.sendmsg([b"x"]); b.recv(1); a.close(), b.close()
    socket.__new__ (<socket.socket fd=-1, family=0, type=0, proto=0>, 1, 1, 0)
    socket.__new__ (<socket.socket fd=-1, family=0, type=0, proto=0>, 1, 1, 0)
    socket.sendmsg (<socket.socket fd=N, family=1, type=1, proto=0>, None)
sqlite3.connect(":memory:").close()
    sqlite3.connect (':memory:')
    sqlite3.connect/handle (<sqlite3.Connection object at N>)
sqlite3.connect(database=folder + "/none/none")
    sqlite3.connect ('TMP/none/none')
    OperationalError
database.enable_load_extension(True)
    sqlite3.enable_load_extension (<sqlite3.Connection object at N>, True)
database.load_extension("none")
    sqlite3.load_extension (<sqlite3.Connection object at N>, 'none')
    OperationalError
database.enable_load_extension(False)
    sqlite3.enable_load_extension (<sqlite3.Connection object at N>, False)
syslog.openlog(); syslog.closelog()
    syslog.openlog ('audit_events.py', 0, 8)
    syslog.closelog ()
syslog.openlog("me", 1, logoption=1) if 0 else syslog.openlog("me", 1, 8)
    syslog.openlog ('me', 1, 8)
syslog.syslog("text"); syslog.syslog(3, "text")
    syslog.syslog (6, 'text')
    syslog.syslog (3, 'text')
syslog.setlogmask(255); syslog.closelog()
    syslog.setlogmask (255)
    syslog.closelog ()
setattr(K, "z", 1); delattr(K, "z"); K.__dict__; K.__mro__; K.__subclasses__()
'''


def cases():
    for line in CASES.strip("\n").split("\n"):
        if line[0] != " ":
            case = line, []
            yield case
        else:
            case[1].append(line.strip())


wrong = []
for source, wanted in list(cases()):
    seen = events(source)
    if seen != wanted:
        wrong += [source] + ["  expected " + e for e in wanted] + ["  got      " + e for e in seen]
names["datagrams"].close()
os.chdir("/")
shutil.rmtree(folder)
assert not wrong, "\n".join(wrong)
