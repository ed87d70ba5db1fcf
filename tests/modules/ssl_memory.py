"""TLS in memory: MemoryBIO, a connection over two of them, what is asked for when."""
import ssl

from _case import error
from _tls import Pair, contexts

bio = ssl.MemoryBIO()
assert (bio.pending, bio.eof, bio.read()) == (0, False, b"")
assert bio.write(b"abcdef") == 6 and bio.write(bytearray(b"gh")) == 2
assert bio.write(memoryview(b"xijx")[1:3]) == 2
assert bio.read(2) == b"ab" and bio.pending == 8 and bio.read(0) == b"" and bio.read(-3) == b"cdefghij"
bio.write(b"rest")
bio.write_eof()
assert not bio.eof and error(bio.write, b"x") == "SSLError: ('cannot write() after write_eof()',)"
assert bio.read(100) == b"rest" and bio.eof and bio.read() == b""
assert error(bio.write, "x") == "TypeError: a bytes-like object is required, not 'str'"
big = ssl.MemoryBIO()
for i in range(300):
    big.write(bytes([i % 256]) * i)
    assert len(big.read(i // 2)) == i // 2
left = sum(i - i // 2 for i in range(300))
assert big.pending == left and len(big.read()) == left

ours, theirs = contexts()
pair = Pair(ours, theirs)
client, server = pair.client, pair.server
assert error(client.do_handshake).startswith("SSLWantReadError: ")
assert error(server.do_handshake).startswith("SSLWantReadError: ")
for impossible in (client.read, 1), (client.write, b"x"):
    assert error(*impossible).startswith("SSLWantReadError: ")
assert error(client.getpeercert) == "ValueError: handshake not done yet" and client.version() is None
assert client.cipher() is None and client.pending() == 0 and client.get_channel_binding() is None
pair.shake()
assert client.version() == server.version() == "TLSv1.3" and client.cipher() == server.cipher()
assert client.get_channel_binding() == server.get_channel_binding() is not None
assert server.getpeercert() is None and server.getpeercert(True) is None
assert client.getpeercert(True)[:2] == b"0\x82" and server.server_hostname is None
assert server.server_side and not client.server_side and client.server_hostname == "localhost"
assert client.context is theirs and server.context is ours

# data: more than a record, in parts, into buffers
assert client.write(b"x" * 100000) == 100000 and client.write(memoryview(b"abc")) == 3
assert error(server.read).startswith("SSLWantReadError: ")
pair.carry()
assert len(server.read(1 << 20)) == 16384 and server.pending() == 0
assert len(server.read(10)) == 10 and server.pending() == 16374
left = 100000 - 16394
room = bytearray(7)
assert server.read(len=0, buffer=room) == 7 and server.read(3, room) == 3 and server.read(100, room) == 7
left -= 17
while left > 0:
    left -= len(server.read(left))
assert server.read(1024) == b"abc" and server.read(0) == b""
assert error(server.read, -1) == "ValueError: size should not be negative"
assert error(server.read, 1, b"x") == (
    "TypeError: read() argument 2 must be read-write bytes-like object, not bytes")
assert error(server.write, "x") == "TypeError: a bytes-like object is required, not 'str'"
assert server.read(5, bytearray()) == 0

# the end, said by both
assert error(client.unwrap).startswith("SSLWantReadError: ")
pair.carry()
assert server.read(5) == b"" and server.unwrap() is None
pair.carry()
assert client.unwrap() is None
assert error(client.write, b"x") == "SSLError: [SSL: PROTOCOL_IS_SHUTDOWN] protocol is shutdown (_ssl.c:2393)"

# the end, said by nobody
pair = Pair(ours, theirs).shake()
pair.to_client.write_eof()
try:
    while pair.client.read(10):
        pass
except ssl.SSLEOFError as e:
    assert (e.errno, e.reason, e.library) == (8, None, None)
    assert "EOF occurred in violation of protocol" in str(e)

# one MemoryBIO for both directions: it reads its own words
loop = ssl.MemoryBIO()
strange = theirs.wrap_bio(loop, loop, server_hostname="localhost")
try:
    strange.do_handshake()
    raise AssertionError
except ssl.SSLError as e:
    assert type(e) is ssl.SSLError and e.library == "SSL", e
