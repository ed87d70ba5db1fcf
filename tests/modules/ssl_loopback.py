"""TLS over sockets on loopback: handshake, what was agreed upon, data, the end."""
import socket
import ssl

from _tls import connected, contexts, served

ours, theirs = contexts()


def echo(secure):
    while data := secure.recv(10000):
        secure.sendall(data)
    secure.unwrap()


for timeout in None, 60:
    address, thread, raised = served(ours, echo)
    with connected(theirs, address, timeout=timeout) as secure:
        assert secure.version() == secure.cipher()[1] == "TLSv1.3" and secure.cipher()[2] in (128, 256)
        assert not secure.session_reused and not secure.server_side and secure.server_hostname == "localhost"
        assert secure.getpeercert()["subject"][-1] == (("commonName", "localhost"),)
        assert secure.compression() is None and secure.selected_alpn_protocol() is None
        for size in 1, 16384, 16385, 300000:
            message = bytes(range(256)) * (size // 256 + 1)
            got = bytearray()
            secure.sendall(message[:size])
            while len(got) < size:
                got += secure.recv(size - len(got))
            assert got == message[:size]
        assert secure.send(b"abcdef") == 6
        room = bytearray(10)
        assert secure.recv_into(memoryview(room)[2:]) == 6 and room == b"\0\0abcdef\0\0"
        assert secure.pending() == 0
        assert secure.send(b"abcdef") == 6 and secure.recv(2) == b"ab"
        assert secure.pending() == 4 and secure.recv(9) == b"cdef"
        plain = secure.unwrap()
        assert isinstance(plain, socket.socket)
    thread.join()
    assert not raised or isinstance(raised[0], (ssl.SSLError, OSError))

# the other versions, asked for by either side
for version, name in (ssl.TLSVersion.TLSv1_2, "TLSv1.2"), (ssl.TLSVersion.TLSv1_3, "TLSv1.3"):
    ours, theirs = contexts()
    theirs.maximum_version = version
    address, thread, raised = served(ours, echo)
    with connected(theirs, address) as secure:
        assert secure.version() == name
        assert secure.get_channel_binding() is not None
        secure.sendall(b"x")
        assert secure.recv(1) == b"x"
    thread.join()

# the peer goes away without a word, or with one
for how in "close", "unwrap":
    address, thread, raised = served(ours, lambda secure: secure.unwrap() if how == "unwrap" else None)
    with connected(theirs, address) as secure:
        assert secure.recv(1) == b""
        if how == "unwrap":
            secure.unwrap()
    thread.join()

# no TLS at all on the other side
with socket.create_server(("127.0.0.1", 0)) as listener:
    plain = socket.create_connection(listener.getsockname())
    other, _ = listener.accept()
    other.sendall(b"220 hello, this is not TLS\r\n")
    try:
        theirs.wrap_socket(plain, server_hostname="localhost")
        raise AssertionError
    except ssl.SSLError as e:
        assert (e.reason, e.library, e.errno) == ("WRONG_VERSION_NUMBER", "SSL", 1), e
        assert str(e) == "[SSL: WRONG_VERSION_NUMBER] wrong version number (_ssl.c:992)"
    other.close()
