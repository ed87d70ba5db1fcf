"""Callbacks of ssl: of servers' names, messages, passwords; that raise, drop what they work on, come back."""
import gc
import ssl
import sys
import tempfile
import weakref

from _case import error, outcome
from _tls import Pair, contexts, path

ignored = []
sys.unraisablehook = lambda told: ignored.append((told.exc_type.__name__, told.object))

# the name that a client asks for
ours, theirs = contexts()
seen = []


def note(end, name, context):
    seen.append((end, name, context))


ours.sni_callback = note
assert ours.sni_callback is note
pair = Pair(ours, theirs).shake()
assert seen == [(pair.server, "localhost", ours)]
nameless = contexts()[1]
nameless.check_hostname = False
Pair(ours, nameless, None).shake()
assert seen[1][1] is None

# another context with another certificate
other, _ = contexts("other")
ours.sni_callback = lambda end, name, context: setattr(end, "context", other)
pair = Pair(ours, theirs, "other.krait.test").shake()
assert pair.server.context is other
assert pair.client.getpeercert()["subject"] == ((("commonName", "other.krait.test"),),)


# alerts, and what is not one
def answer(result):
    ours, theirs = contexts()
    ours.sni_callback = result
    try:
        Pair(ours, theirs).shake()
    except ssl.SSLError as e:
        return e.reason


assert answer(lambda *a: ssl.ALERT_DESCRIPTION_ACCESS_DENIED) == "CALLBACK_FAILED"
assert ignored == []
assert answer(lambda *a: "text") == "CALLBACK_FAILED" and ignored.pop() == ("TypeError", "text")
raising = lambda *a: 1 / 0
assert answer(raising) == "CALLBACK_FAILED" and ignored.pop()[0] == "ZeroDivisionError"
assert answer(lambda: None) == "CALLBACK_FAILED" and ignored.pop()[0] == "TypeError"


# the callback lets go of everything, and looks back in
def drop(end, name, context):
    context.sni_callback = None
    end.context = contexts()[0]
    del context
    gc.collect()
    for look in end.cipher, end.version, end.pending, end.shared_ciphers, lambda: end.session:
        outcome(look)
    for call in end.do_handshake, end.unwrap, lambda: end.read(1), lambda: end.write(b"x"):
        assert error(call) is not None


def dropping():
    ours, theirs = contexts()
    ours.sni_callback = drop
    ours.set_ecdh_curve("secp384r1")  # the client's first offer is refused: it greets twice
    return Pair(ours, theirs)


if sys.implementation.name != "cpython":  # there, a call within a call on one object is anyone's guess
    dropping().shake()

# messages
ours, theirs = contexts()
messages = []
theirs._msg_callback = lambda end, *rest: messages.append((end, rest))
pair = Pair(ours, theirs).shake()
assert {end for end, rest in messages} == {pair.client}
assert [rest[3].name for _, rest in messages if rest[0] == "write"
        and rest[2] == ssl._TLSContentType.HANDSHAKE] == [
    "CLIENT_HELLO", "FINISHED"]
assert all(isinstance(rest[4], bytes) for _, rest in messages)


def failing(*args):
    calls.append(args)
    raise KeyError("message")


calls = []
theirs._msg_callback = failing
assert error(Pair(ours, theirs).shake) == "KeyError: 'message'" and calls
theirs._msg_callback = None
Pair(ours, theirs).shake()

# passwords
class Context(ssl.SSLContext):
    pass


def password_that_drops():
    global context
    context = None
    gc.collect()
    return "secret"


context = Context(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(path("locked"), password=password_that_drops)
context = Context(ssl.PROTOCOL_TLS_SERVER)


def password_that_comes_back():
    context.load_cert_chain(path("server"))
    return "secret"


context.load_cert_chain(path("locked"), password=password_that_comes_back)


class Text(str):
    pass


context.load_cert_chain(path("locked"), password=Text("secret"))
assert error(context.load_cert_chain, path("locked"),
        password=lambda: Text("wrong")).startswith("SSLError: [SSL] PEM lib")

# keys that are logged
with tempfile.NamedTemporaryFile() as file:
    ours, theirs = contexts()
    ours.keylog_filename = file.name
    Pair(ours, theirs).shake()
    lines = open(file.name).read().splitlines()
    assert lines[0].startswith("#") and all(line.count(" ") == 2 for line in lines[1:])
    assert len(lines) == 6, lines
    ours.keylog_filename = None
    Pair(ours, theirs).shake()
    assert len(open(file.name).read().splitlines()) == 6

# owners
ours, theirs = contexts()
pair = Pair(ours, theirs)
inner = pair.client._sslobj
assert inner.owner is pair.client and error(setattr, inner, "owner", 1) == (
    "TypeError: cannot create weak reference to 'int' object")
gone = weakref.ref(pair.client)
pair = None
gc.collect()
assert (gone() is None) == (inner.owner is None)
assert error(inner.do_handshake).startswith("SSLWantReadError")
assert not ignored, ignored
