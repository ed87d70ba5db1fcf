"""socket: a pair and a server over loopback, timeouts, what is refused."""
import socket
import threading

from _case import error

a, b = socket.socketpair()
a.sendall(b"hello")
assert b.recv(3) == b"hel" and b.recv(10, socket.MSG_PEEK) == b"lo"
room = bytearray(4)
assert b.recv_into(room) == 2 and room == b"lo\0\0"
assert a.family == socket.AF_UNIX and a.type == socket.SOCK_STREAM and a.gettimeout() is None
assert a.getblocking()
b.settimeout(0.02)
assert error(b.recv, 1) == "TimeoutError: timed out"
b.setblocking(False)
assert error(b.recv, 1).startswith("BlockingIOError")
a.close()
assert b.recv(1) == b""
assert a.fileno() == -1 and error(a.send, b"x").startswith("OSError: [Errno 9]")
b.close()

# ---- a server
server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(("127.0.0.1", 0))
server.listen()
assert server.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR) == 1


def serve():
    connection, peer = server.accept()
    with connection, connection.makefile("rwb") as stream:
        stream.write(stream.readline().upper())


thread = threading.Thread(target=serve)
thread.start()
with socket.create_connection(server.getsockname()) as client:
    client.sendall(b"words\n")
    assert client.getpeername() == server.getsockname()
    assert client.makefile("rb").read() == b"WORDS\n"
thread.join()
port = server.getsockname()[1]
server.close()
assert error(socket.create_connection, ("127.0.0.1", port)).startswith("ConnectionRefusedError: [Errno 111]")
