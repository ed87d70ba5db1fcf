"""socket over loopback, timeouts, addresses; asyncio streams on top."""
import asyncio, socket, threading

from _case import error

# ---- a pair
a, b = socket.socketpair()
a.sendall(b"hello")
assert b.recv(3) == b"hel" and b.recv(10, socket.MSG_PEEK) == b"lo"
room = bytearray(4)
assert b.recv_into(room) == 2 and room == b"lo\0\0"
assert a.family == socket.AF_UNIX and a.type == socket.SOCK_STREAM and a.gettimeout() is None and a.getblocking()
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

# ---- datagrams
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as two:
    one.bind(("127.0.0.1", 0))
    assert two.sendto(b"x" * 9, one.getsockname()) == 9
    data, peer = one.recvfrom(100)
    assert data == b"x" * 9 and peer[1] == two.getsockname()[1]

# ---- addresses
assert socket.inet_aton("1.2.3.4") == b"\1\2\3\4" and socket.inet_ntoa(b"\1\2\3\4") == "1.2.3.4"
assert socket.inet_ntop(socket.AF_INET6, socket.inet_pton(socket.AF_INET6, "::1")) == "::1"
assert socket.ntohl(socket.htonl(77)) == 77 and socket.htons(1) == 256
assert socket.getaddrinfo("127.0.0.1", 80, type=socket.SOCK_STREAM) == [
    (socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", ("127.0.0.1", 80))]
assert error(socket.socket().connect, "x") == "TypeError: connect(): AF_INET address must be tuple, not str"
assert error(socket.socket().bind, ("", 70000)) == "OverflowError: bind(): port must be 0-65535."


# ---- asyncio
async def handle(reader, writer):
    writer.write((await reader.readline())[::-1])
    await writer.drain()
    writer.close()


async def main():
    listener = await asyncio.start_server(handle, "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*listener.sockets[0].getsockname())
    writer.write(b"abc\n")
    assert await reader.read() == b"\ncba"
    writer.close()
    listener.close()
    assert await asyncio.gather(*(asyncio.sleep(0.001, i) for i in range(5))) == [0, 1, 2, 3, 4]
    async with asyncio.TaskGroup() as group:
        task = group.create_task(asyncio.sleep(0, 7))
    return task.result() + await asyncio.to_thread(lambda: 5)


assert asyncio.run(main()) == 12
print("ok")
