"""Exceptions of ssl that come again and again: each is an object of its own that says the same, and what one
connection failed with is not told of the next.
"""
import os
import ssl

KEYS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "_tls")


def pair(client_context, server_context):
    to_client, to_server = ssl.MemoryBIO(), ssl.MemoryBIO()
    return (client_context.wrap_bio(to_client, to_server, server_hostname="localhost"),
            server_context.wrap_bio(to_server, to_client, server_side=True))


def raised(function, *args):
    try:
        function(*args)
    except ssl.SSLError as e:
        return e


def shake_hands(ends):
    waiting = list(ends)
    while waiting:
        for end in waiting[:]:
            try:
                end.do_handshake()
                waiting.remove(end)
            except ssl.SSLWantReadError:
                pass


server_context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
server_context.load_cert_chain(os.path.join(KEYS, "server.pem"))
client_context = ssl.create_default_context(cafile=os.path.join(KEYS, "ca.pem"))
distrustful = ssl.create_default_context()

client, server = pair(client_context, server_context)
early = [raised(server.do_handshake) for _ in range(3)]
shake_hands((client, server))
client.write(b"x")
assert server.read(10) == b"x"

late = [raised(server.read, 10) for _ in range(4)] + [raised(server.read, 10, bytearray(10))]
assert len({id(e) for e in early + late}) == 8
for group in (early, late):
    for e in group:
        assert type(e) is ssl.SSLWantReadError and e.errno == ssl.SSL_ERROR_WANT_READ == e.args[0]
        assert e.args == group[0].args and str(e) == e.strerror == e.args[1], e
        assert e.strerror.startswith("The operation did not complete (read) (_ssl.c:"), e
        assert e.library is None and e.reason is None
        assert e.__context__ is None and e.__traceback__.tb_next is not None
assert early[0].args != late[0].args  # the numbers of lines
late[0].reason = "mine"
assert late[1].reason is None and raised(server.read, 10).reason is None

# ---- one that leaves errors in the queue, then one that would only wait
for _ in range(2):
    stranger, other = pair(distrustful, server_context)
    while True:
        e = raised(stranger.do_handshake)
        if not isinstance(e, ssl.SSLWantReadError):
            break
        raised(other.do_handshake)
    assert type(e) is ssl.SSLCertVerificationError and e.reason == "CERTIFICATE_VERIFY_FAILED", e
    try:
        distrustful.load_cert_chain(os.path.join(KEYS, "ca.pem"), os.path.join(KEYS, "ca.pem"))
    except ssl.SSLError as refused:
        assert refused.library
    e = raised(server.read, 10)
    assert type(e) is ssl.SSLWantReadError and e.args == late[0].args, e
    client.write(b"still there")
    assert server.read(100) == b"still there"


# ---- a method of the program that is called when one is made
made = []


def init(self, *args):
    made.append(self)


ssl.SSLWantReadError.__init__ = init
try:
    server.read(10)
except ssl.SSLWantReadError:
    pass
del ssl.SSLWantReadError.__init__
assert [type(e) for e in made] == [ssl.SSLWantReadError]
assert made[0].__traceback__.tb_frame.f_code.co_name == "<module>"
assert type(raised(server.read, 10)) is ssl.SSLWantReadError
