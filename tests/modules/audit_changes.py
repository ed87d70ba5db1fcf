"""What audit hooks are told of attributes that are changed, of sockets and of names that are looked up."""
import _thread
import socket
import sys
from time import sleep

from _case import outcome

seen = []
is_on = False
is_refused = False


def hook(event, arguments):
    if is_on and event != "import":
        seen.append((event, arguments))
        if is_refused:
            raise PermissionError(event)


sys.addaudithook(hook)


def events(function, *arguments):
    global is_on
    seen.clear()
    is_on = True
    outcome(function, *arguments)
    is_on = False
    return seen[:]


class A:
    pass


class B:
    pass


class C(A):
    pass


a = A()
changed = [(C, "__name__", "X"), (C, "__name__", 5), (C, "__bases__", (B,)), (C, "__bases__", ()),
           (C, "__bases__", 5), (C, "__qualname__", "X"), (C, "__module__", "m"), (C, "__doc__", "text"),
           (a, "__class__", B), (a, "__class__", B), (a, "__class__", int)]
for change in changed:
    assert events(setattr, *change) == [("object.__setattr__", change)], change
for change in ((int, "__name__", "x"), (int, "__bases__", ()),
               (a, "__class__", 5), (C, "new", 1), (a, "new", 1)):
    assert events(setattr, *change) == [], change
type.__dict__["__bases__"].__set__(C, (A,))
assert events(type.__dict__["__bases__"].__set__, C, (B,)) == [("object.__setattr__", (C, "__bases__", (B,)))]


def function():
    pass


for change in ((function, "__code__", events.__code__), (function, "__defaults__", (1,)),
               (function, "__kwdefaults__", {})):
    assert events(setattr, *change) == [("object.__setattr__", change)], change
for change in ((function, "__defaults__"), (function, "__kwdefaults__")):
    assert events(delattr, *change) == [("object.__delattr__", change)], change
is_refused = True
events(setattr, C, "__name__", "refused")
events(setattr, a, "__class__", C)
assert C.__name__ == "X" and type(a) is B
is_refused = False


with socket.socket() as s, socket.socket(type=socket.SOCK_DGRAM) as datagrams:
    s.setblocking(False)
    here = "127.0.0.1", 0
    there = "127.0.0.1", 1
    assert events(s.bind, here) == [("socket.bind", (s, here))]
    assert events(s.bind, 5) == events(s.getsockname) == []
    assert events(s.connect, there) == events(s.connect_ex, there) == [("socket.connect", (s, there))]
    assert events(datagrams.sendto, b"x", there) == [("socket.sendto", (datagrams, there))]
    assert events(datagrams.sendmsg, [b"x"], [], 0, there) == [("socket.sendmsg", (datagrams, there))]
    (event, (made, *kind)), = events(lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM, 0).close())
    assert event == "socket.__new__" and kind == [socket.AF_INET, socket.SOCK_STREAM, 0]
    is_refused = True
    events(datagrams.bind, here)
    is_refused = False
    assert datagrams.fileno() >= 0

host = "127.0.0.1"
socket.gethostbyname(host)  # the codec idna is loaded
looked_up = [
    (socket.gethostname, (), ()),
    (socket.gethostbyname, (host,), (host,)),
    (socket.gethostbyaddr, (host,), (host,)),
    (socket.getnameinfo, ((host, 80), socket.NI_NUMERICHOST), ((host, 80),)),
    (socket.getservbyname, ("http",), ("http", None)),
    (socket.getservbyname, ("http", "tcp"), ("http", "tcp")),
    (socket.getservbyport, (80,), (80, None)),
    (socket.sethostname, ("x" * 5000,), (b"x" * 5000,)),
]
for looking, given, told in looked_up:
    assert events(looking, *given) == [("socket." + looking.__name__, told)], looking
assert events(socket.getservbyport, -1) == events(socket.gethostbyname, 5) == []
assert events(socket.gethostbyname_ex, host) == [("socket.gethostbyname", (host,))]
assert events(socket.getaddrinfo, host, 80, 0, socket.SOCK_STREAM)[0] == (
    "socket.getaddrinfo", (host, 80, 0, socket.SOCK_STREAM, 0))

kept = sys.unraisablehook
sys.unraisablehook = silent = lambda arguments: None
seen.clear()
is_on = True
_thread.start_new_thread(int, ("unreadable",))
while not seen or seen[-1][0] != "sys.unraisablehook":
    sleep(0.01)
is_on = False
sys.unraisablehook = kept
assert seen[-1][1][0] is silent and seen[-1][1][1].exc_type is ValueError
