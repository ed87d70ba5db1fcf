"""Certificates: as dicts, as objects of a chain; whom a client believes, and what it says of others."""
import _ssl
import ssl

from _case import error
from _tls import Pair, contexts, path

ours, theirs = contexts(client="client")
pair = Pair(ours, theirs).shake()
shown = pair.client.getpeercert()
assert list(shown) == ["subject", "issuer", "version", "serialNumber", "notBefore", "notAfter",
        "subjectAltName", "OCSP",
                       "caIssuers", "crlDistributionPoints"]
assert shown["subject"] == ((("countryName", "XY"),), (("localityName", "Nest"),),
        (("organizationName", "Krait tests"),),
                            (("commonName", "localhost"),))
assert shown["issuer"][-1] == (("commonName", "authority"),)
assert (shown["version"], shown["serialNumber"]) == (3, "5A4E")
assert shown["subjectAltName"] == (
    ("DNS", "localhost"), ("DNS", "*.krait.test"), ("IP Address", "127.0.0.1"), ("IP Address",
     "0:0:0:0:0:0:0:1"),
    ("email", "a@krait.test"), ("URI", "https://krait.test/"),
    ("DirName", ((("countryName", "XY"),), (("commonName", "directory"),))), ("Registered ID", "1.2.3.4"),
    ("othername", "<unsupported>"))
assert shown["OCSP"] == ("http://krait.test/ocsp",) and shown["caIssuers"] == ("http://krait.test/ca",)
assert shown["crlDistributionPoints"] == ("http://krait.test/crl",)
first, last = (ssl.cert_time_to_seconds(shown[name]) for name in ("notBefore", "notAfter"))
assert last - first == 36500 * 86400
assert pair.server.getpeercert()["subject"] == ((("commonName", "client"),),)
assert _ssl._test_decode_cert(path("server")) == shown
assert error(_ssl._test_decode_cert, "/proc/nowhere") == "SSLError: (\"Can't open file\",)"
assert error(_ssl._test_decode_cert, __file__) == "SSLError: ('Error decoding PEM-encoded file',)"

# the chain as objects
inner = pair.client._sslobj
chain = inner.get_verified_chain()
first, second = chain
assert inner.get_unverified_chain() == chain and first == first and first != second and (first == 1) is False
assert {first: 1}[inner.get_verified_chain()[0]] == 1
assert repr(second) == "<_ssl.Certificate 'CN=authority,O=Krait tests,C=XY'>"
assert first.get_info() == shown and first.public_bytes(_ssl.ENCODING_DER) == pair.client.getpeercert(True)
assert first.public_bytes() == ssl.DER_cert_to_PEM_cert(first.public_bytes(format=2))
assert error(first.public_bytes, 5) == "ValueError: Unsupported format"
assert error(_ssl.Certificate) == "TypeError: cannot create '_ssl.Certificate' instances"
chain = pair.server._sslobj.get_verified_chain()
assert [c.get_info()["subject"][-1][0][1] for c in chain] == ["client", "authority"]


# whom a client believes
def refused(name="localhost", server="server", trusts=True):
    ours, theirs = contexts(server)
    if not trusts:
        theirs = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        Pair(ours, theirs, name).shake()
    except ssl.SSLCertVerificationError as e:
        assert isinstance(e, ValueError)
        assert (e.reason, e.library, e.errno) == ("CERTIFICATE_VERIFY_FAILED", "SSL", 1)
        assert str(e) == (
            f"[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: {e.verify_message} (_ssl.c:992)")
        return e.verify_code, e.verify_message


assert [refused(name) for name in ("localhost", "a.krait.test", "127.0.0.1", "::1")] == [None] * 4
assert refused("elsewhere") == (62, "Hostname mismatch, certificate is not valid for 'elsewhere'.")
assert refused("krait.test")[0] == refused("a.b.krait.test")[0] == 62
assert refused("10.0.0.1") == (64, "IP address mismatch, certificate is not valid for '10.0.0.1'.")
assert refused(trusts=False) == (20, "unable to get local issuer certificate")
assert refused("localhost", "other")[0] == 62 and refused("other.krait.test", "other") is None

# a server that wants a certificate, and gets none
ours, theirs = contexts(client="client")
naked = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
naked.load_verify_locations(path("ca"))
try:
    Pair(ours, naked).shake()
    raise AssertionError
except ssl.SSLError as e:
    assert e.reason == "PEER_DID_NOT_RETURN_A_CERTIFICATE", e

# names of servers that are none
inner = theirs._wrap_bio
for name, message in (
        ("", "ValueError: server_hostname cannot be an empty string or start with a leading dot."),
        (".krait.test", "ValueError: server_hostname cannot be an empty string or start with a leading dot."),
        ("\xe9",
         "UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: "
         "ordinal not in range(128)"),
        (1, "TypeError: argument must be str, not int"), (b"x", "TypeError: argument must be str, not bytes"),
        ("a\0b", "TypeError: argument must be encoded string without null bytes, not str")):
    assert error(inner, ssl.MemoryBIO(), ssl.MemoryBIO(), False, name) == message, name
assert error(inner, 1, ssl.MemoryBIO(), False) == (
    "TypeError: _wrap_bio() argument 'incoming' must be _ssl.MemoryBIO, not int")
assert error(theirs._wrap_socket, 1, False) == (
    "TypeError: _wrap_socket() argument 'sock' must be _socket.socket, not int")
assert error(inner, ssl.MemoryBIO(), ssl.MemoryBIO(), True) == (
    "SSLError: Cannot create a server socket with a PROTOCOL_TLS_CLIENT context (_ssl.c:788)")
assert error(ours._wrap_bio, ssl.MemoryBIO(), ssl.MemoryBIO(), False) == (
    "SSLError: Cannot create a client socket with a PROTOCOL_TLS_SERVER context (_ssl.c:795)")

# objects of ASN.1
assert ssl._txt2obj("1.3.6.1.5.5.7.3.1") == ssl._txt2obj("serverAuth", name=True) == ssl._nid2obj(129) == (
    129, "serverAuth", "TLS Web Server Authentication", "1.3.6.1.5.5.7.3.1")
assert error(ssl._txt2obj, "x") == "ValueError: unknown object 'x'"
assert error(ssl._txt2obj, "1.2.3.4.5") == error(ssl._nid2obj, 0) == "ValueError: Unknown object"
assert error(ssl._nid2obj, -1) == "ValueError: NID must be positive."
assert error(ssl._nid2obj, 10**6) == "ValueError: unknown NID 1000000"
