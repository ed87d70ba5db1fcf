"""TLS and threads: one socket that one thread reads and others write; timeouts; signals; closed sockets."""
import signal
import socket
import ssl
import sys
import threading
import time

from _case import error
from _tls import connected, contexts, served

ours, theirs = contexts()
TOTAL, PIECE = 3_000_000, 10_000


def echo(secure):
    while data := secure.recv(65536):
        secure.sendall(data)


def both_ways(timeout):
    """A thread waits for data all the time, the other sends: is all there in the end?"""
    address, server, raised = served(ours, echo)
    secure = connected(theirs, address, timeout=timeout)
    got = bytearray()

    def read():
        while len(got) < TOTAL:
            data = secure.recv(20000)
            if not data:
                return
            got.extend(data)

    reader = threading.Thread(target=read)
    reader.start()
    time.sleep(0.05)
    piece = bytes(i % 251 for i in range(PIECE))
    for _ in range(TOTAL // PIECE):
        secure.sendall(piece)
    reader.join(60)
    whole = not reader.is_alive() and bytes(got) == piece * (TOTAL // PIECE)
    secure.close()
    server.join(60)
    return whole


# neither keeps the other from its work; CPython 3.11 lets both into OpenSSL at once, which at times ends
# badly
for timeout in None, 60:
    assert any(both_ways(timeout) for attempt in range(3 if sys.implementation.name == "cpython" else 1))

# several that write, each piece whole: CPython leaves this to chance
if sys.implementation.name != "cpython":
    address, server, raised = served(ours, echo)
    secure = connected(theirs, address)
    got = bytearray()

    def write(letter):
        for _ in range(20):
            secure.sendall(letter * 50000)

    def read_all():
        while len(got) < 4 * 20 * 50000:
            got.extend(secure.recv(65536))

    threads = [threading.Thread(target=write, args=(letter,)) for letter in (b"a", b"b", b"c", b"d")]
    threads.append(threading.Thread(target=read_all))
    [t.start() for t in threads]
    [t.join(60) for t in threads]
    assert all(got.count(letter) == 20 * 50000 for letter in b"abcd")
    secure.close()
    server.join(60)

# timeouts, of each operation
address, server, raised = served(ours, lambda secure: release.wait(60))
release = threading.Event()
secure = connected(theirs, address)
secure.settimeout(0.05)
started = time.monotonic()
assert error(secure.recv, 1) == "TimeoutError: The read operation timed out"
assert 0.04 < time.monotonic() - started < 20
assert error(lambda: [secure.sendall(b"x" * 100000) for _ in range(1000)]) == (
    "TimeoutError: The write operation timed out")
secure.setblocking(False)
assert error(secure.recv, 1).startswith("SSLWantReadError: The operation did not complete (read)")
release.set()
secure.close()
server.join(60)
with socket.create_server(("127.0.0.1", 0)) as silent:
    plain = socket.create_connection(silent.getsockname())
    plain.settimeout(0.05)
    assert error(theirs.wrap_socket, plain,
            server_hostname="localhost").endswith("The handshake operation timed out")
    plain.close()
    plain = socket.create_connection(silent.getsockname())
    plain.setblocking(False)
    with theirs.wrap_socket(plain, server_hostname="localhost", do_handshake_on_connect=False) as waiting:
        assert error(waiting.do_handshake).startswith("SSLWantReadError: ")

# a signal's handler runs while a read waits, and may end it; or read itself
address, server, raised = served(ours,
        lambda secure: (release.wait(60), secure.sendall(b"late"), secure.recv(1)))
release = threading.Event()
secure = connected(theirs, address, timeout=None)
rang = []


def handler(*args):
    rang.append(1)
    if len(rang) == 1:
        return
    release.set()
    raise InterruptedError("enough")


signal.signal(signal.SIGALRM, handler)
signal.setitimer(signal.ITIMER_REAL, 0.05, 0.05)
assert error(secure.recv, 10) == "InterruptedError: enough"
signal.setitimer(signal.ITIMER_REAL, 0)
assert len(rang) >= 2 and secure.recv(10) == b"late"
secure.close()
server.join(60)

# one end is closed below the other's feet
address, server, raised = served(ours, echo)
secure = connected(theirs, address)
inner = secure._sslobj
secure.close()
assert error(secure.recv, 1).startswith("OSError: [Errno 9]") and error(inner.read, 1)
assert error(inner.shutdown) == "SSLError: Underlying socket connection gone (_ssl.c:2592)"
server.join(60)
