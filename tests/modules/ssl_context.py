"""Contexts of ssl: what attributes take and refuse, what is loaded from where, what is said of mistakes."""
import os
import ssl
import tempfile
import warnings

from _case import error, outcome
from _tls import contexts, path, placeless

warnings.simplefilter("ignore")


def tried(name, value, protocol=ssl.PROTOCOL_TLS_SERVER):
    """What becomes of a new context's attribute, or why it is refused."""
    context = ssl._SSLContext(protocol)
    refused = outcome(setattr, context, name, value)
    return getattr(context, name) if refused is None else refused


NO_INT = "TypeError: 'str' object cannot be interpreted as an integer"
CLIENT, SERVER, OLD = ssl.PROTOCOL_TLS_CLIENT, ssl.PROTOCOL_TLS_SERVER, ssl.PROTOCOL_TLSv1_2
for name, value, result in (
        ("verify_mode", 0, 0), ("verify_mode", 1, 1), ("verify_mode", 2, 2), ("verify_mode", "x", NO_INT),
        ("verify_mode", 3, "ValueError: invalid value for verify_mode"),
        ("verify_flags", 0x20, 0x20), ("verify_flags", "x", "TypeError: argument must be int, not str"),
        ("minimum_version", 0x303, 0x303), ("minimum_version", -2, -2), ("minimum_version", -1, 0x304),
        ("minimum_version", 0x999, "ValueError: Unsupported TLS/SSL version 0x999"),
        ("minimum_version", 1 << 40, "OverflowError: Option is too long"),
        ("maximum_version", -1, -1), ("maximum_version", -2, 0x301), ("maximum_version", "x", NO_INT),
        ("num_tickets", 0, 0), ("num_tickets", 5, 5), ("num_tickets", -1,
         "ValueError: value must be non-negative"),
        ("check_hostname", 1, True), ("check_hostname", "", False), ("_host_flags", 3,
         3), ("_host_flags", -1, 2**32 - 1),
        ("post_handshake_auth", 5, True), ("options", "x", NO_INT),
        ("options", 1 << 64, "OverflowError: Python int too large to convert to C long"),
        ("sni_callback", 1, "TypeError: not a callable object"), ("sni_callback", print, print),
        ("_msg_callback", 1, "TypeError: not a callable object"), ("_msg_callback", print, print),
        ("keylog_filename", 1, "TypeError: expected str, bytes or os.PathLike object, not int"),
        ("keylog_filename", "/proc/nowhere/x",
         "FileNotFoundError: [Errno 2] No such file or directory: '/proc/nowhere/x'"),
        ("protocol", 1,
         "AttributeError: attribute 'protocol' of '_ssl._SSLContext' objects is not writable")):
    assert tried(name, value) == result, (name, value, tried(name, value))
assert tried("sni_callback", print, CLIENT) == "ValueError: sni_callback cannot be set on TLS_CLIENT context"
assert tried("num_tickets", 1, CLIENT) == "ValueError: SSLContext is not a server context."
assert tried("verify_mode", 0, CLIENT) == (
    "ValueError: Cannot set verify_mode to CERT_NONE when check_hostname is enabled.")
assert tried("minimum_version", 0x303, OLD) == (
    "ValueError: The context's protocol doesn't support modification of highest and lowest version.")
for name in "options", "verify_mode", "verify_flags", "num_tickets", "check_hostname", "_host_flags":
    assert error(delattr, ssl._SSLContext(SERVER), name) == "TypeError: function takes at least one argument"

assert error(ssl._SSLContext, 1) == "ValueError: invalid or unsupported protocol version 1"
assert error(ssl._SSLContext) == "TypeError: _SSLContext expected 1 argument, got 0"
assert error(ssl._SSLContext, "x") == NO_INT
plain = ssl._SSLContext(SERVER)
assert (plain.verify_mode, plain.check_hostname, plain.verify_flags, plain._host_flags) == (0, False,
        0x8000, 4)
assert (plain.minimum_version, plain.maximum_version, plain.protocol, plain.num_tickets) == (-2, -1,
        SERVER, 2)
assert ssl._SSLContext(CLIENT).verify_mode == 2 and ssl._SSLContext(CLIENT).check_hostname
assert set(plain.session_stats().values()) == {0} and list(plain.session_stats())[:2] == ["number", "connect"]
plain.options = 0
assert plain.options == 0
with warnings.catch_warnings(record=True) as told:
    warnings.simplefilter("always")
    plain.options |= ssl.OP_NO_TLSv1
    ssl._SSLContext(ssl.PROTOCOL_TLS)
assert [str(w.message) for w in told] == [
    "ssl.OP_NO_SSL*/ssl.OP_NO_TLS* options are deprecated", "ssl.PROTOCOL_TLS is deprecated"]

# ciphers, curves, protocols
assert error(plain.set_ciphers, "nothing") == "SSLError: ('No cipher can be selected.',)"
plain.set_ciphers("ECDHE-ECDSA-AES128-GCM-SHA256")
cipher = plain.get_ciphers()[-1]
assert (cipher["name"], cipher["id"], cipher["protocol"], cipher["aead"]) == (
    "ECDHE-ECDSA-AES128-GCM-SHA256", 0x0300C02B, "TLSv1.2", True)
assert (cipher["kea"], cipher["auth"], cipher["digest"], cipher["symmetric"]) == (
    "kx-ecdhe", "auth-ecdsa", None, "aes-128-gcm")
assert plain.set_ecdh_curve("prime256v1") is None
assert error(plain.set_ecdh_curve, "round") == "ValueError: unknown elliptic curve name 'round'"
assert error(plain.set_ecdh_curve, 1) == "TypeError: expected str, bytes or os.PathLike object, not int"
assert error(plain._set_alpn_protocols, "x") == "TypeError: a bytes-like object is required, not 'str'"

# the context's own certificate
for args, result in (
        ((path("server"),), ""), ((path("server"), path("server")), ""), ((path("server"), None, None), ""),
        ((path("locked"), None, "secret"), ""), ((path("locked"), None, b"secret"), ""),
        ((path("locked"), None, bytearray(b"secret")), ""), ((path("locked"), None, lambda: "secret"), ""),
        ((path("locked"), None, lambda: b"secret"), ""), ((path("server"), None, "unused"), ""),
        (("/proc/nowhere",), "FileNotFoundError: [Errno 2] No such file or directory"),
        ((path("server"), "/proc/nowhere"), "FileNotFoundError: [Errno 2] No such file or directory"),
        ((path("ca"),), "SSLError: [SSL] PEM lib"),
        ((path("server"), path("client")),
         "SSLError: [X509: KEY_VALUES_MISMATCH] key values mismatch"),
        ((1,), "TypeError: certfile should be a valid filesystem path"),
        ((path("server"), 1), "TypeError: keyfile should be a valid filesystem path"),
        ((path("locked"), None, "wrong"), "SSLError: [SSL] PEM lib"),
        ((path("locked"), None, "x" * 2000), "ValueError: password cannot be longer than 1024 bytes"),
        ((path("locked"), None, lambda: "x" * 2000), "ValueError: password cannot be longer than 1024 bytes"),
        ((path("locked"), None, 1), "TypeError: password should be a string or callable"),
        ((path("locked"), None, lambda: 1), "TypeError: password callback must return a string"),
        ((path("locked"), None, lambda: 1 / 0), "ZeroDivisionError: division by zero"),
        ((path("server"), None, lambda: 1 / 0), "")):
    found = placeless(outcome(plain.load_cert_chain, *args))
    assert found == result, (args, found)

# those that it trusts
context = ssl._SSLContext(CLIENT)
assert context.cert_store_stats() == {"x509": 0, "crl": 0, "x509_ca": 0} and context.get_ca_certs() == []
for kwargs, result in (
        ({}, "TypeError: cafile, capath and cadata cannot be all omitted"),
        ({"cafile": "/proc/nowhere"}, "FileNotFoundError: [Errno 2] No such file or directory"),
        ({"cafile": 1}, "TypeError: cafile should be a valid filesystem path"),
        ({"capath": 1}, "TypeError: capath should be a valid filesystem path"),
        ({"cadata": 1}, "TypeError: cadata should be an ASCII string or a bytes-like object"),
        ({"cadata": "\xe9"}, "TypeError: cadata should be an ASCII string or a bytes-like object"),
        ({"cadata": ""}, "ValueError: Empty certificate data"),
        ({"cadata": "x"}, "SSLError: no start line: cadata does not contain a certificate"),
        ({"cadata": b"x"}, "SSLError: not enough data: cadata does not contain a certificate"),
        ({"capath": os.path.dirname(path("ca"))}, "")):
    assert placeless(outcome(context.load_verify_locations, **kwargs)) == result, kwargs
with open(path("ca")) as f:
    pem = f.read()
for give in ({"cafile": path("ca")}, {"cadata": pem}, {"cadata": ssl.PEM_cert_to_DER_cert(pem)},
        {"cadata": pem + pem}):
    context = ssl._SSLContext(CLIENT)
    context.load_verify_locations(**give)
    assert context.cert_store_stats() == {"x509": 1, "crl": 0, "x509_ca": 1}
    assert context.get_ca_certs(True) == [ssl.PEM_cert_to_DER_cert(pem)]
    assert context.get_ca_certs()[0]["subject"][-1] == (("commonName", "authority"),)
context.load_verify_locations(cafile=path("server"))
assert context.cert_store_stats() == {"x509": 2, "crl": 0, "x509_ca": 1} and len(context.get_ca_certs()) == 1

# parameters of key exchange; keys that are logged
assert error(context.load_dh_params, "/proc/nowhere") == (
    "FileNotFoundError: [Errno 2] No such file or directory: '/proc/nowhere'")
assert placeless(error(context.load_dh_params, path("ca"))) == (
    "SSLError: [PEM: NO_START_LINE] no start line")
with tempfile.TemporaryDirectory() as folder:
    name = os.path.join(folder, "keys")
    context.keylog_filename = name
    assert context.keylog_filename == name and open(name).read().startswith("# TLS secrets log file")
    context.keylog_filename = None
    assert context.keylog_filename is None
