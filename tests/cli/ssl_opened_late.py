"""libcrypto and libssl are opened by the first call that needs them, whichever it is, and the module knows
their version before."""
from _both import finish, same

FIRST = [
    "_ssl.RAND_add('a', 1.0)", "len(_ssl.RAND_bytes(3))", "_ssl.RAND_pseudo_bytes(2)[1]",
    "_ssl.RAND_status()", "_ssl.RAND_bytes(-1)", "_ssl._test_decode_cert('/nowhere')",
    "_ssl.get_default_verify_paths()", "_ssl.nid2obj(5)", "_ssl.nid2obj(129)", "_ssl.nid2obj(-1)",
    "_ssl.txt2obj('2.5.4.3')", "_ssl.txt2obj('1.3.6.1.5.5.7.3.1')",
    "_ssl.txt2obj('1.3.6.1.5.5.7.3.2', name=False)", "_ssl.txt2obj('1.3.6.1.5.5.7.3.1', name=True)",
    "_ssl.txt2obj('clientAuth', name=True)", "_ssl.txt2obj('nothing')",
    "_ssl._SSLContext(_ssl.PROTOCOL_TLS_CLIENT).verify_mode", "_ssl._SSLContext(77)",
    "_ssl._SSLContext()", "_ssl.MemoryBIO().write(b'abc')", "_ssl.MemoryBIO().read()",
    "(lambda b: (b.write_eof(), b.write(b'x')))(_ssl.MemoryBIO())",
    "_ssl.MemoryBIO(1)", "_ssl.SSLSession()", "_ssl.Certificate()",
    "ssl.create_default_context().get_ciphers()[0]['name']",
    "ssl.get_default_verify_paths().openssl_cafile", "ssl.OPENSSL_VERSION", "ssl.OPENSSL_VERSION_INFO",
    "ssl.SSLError(1, 'x').reason", "hashlib.new('ripemd160', b'a').hexdigest()",
    "sorted(hashlib.algorithms_available)", "ssl.Purpose.SERVER_AUTH.longname", "ssl._DEFAULT_CIPHERS",
]

for call in FIRST:
    same(["-c", "import _ssl, ssl, hashlib\nbefore = ssl.OPENSSL_VERSION, ssl.OPENSSL_VERSION_NUMBER\n"
          f"print({call})\nprint(before)"])
same(["-c", "import ssl; print(ssl.OPENSSL_VERSION, ssl.OPENSSL_VERSION_INFO)"],
     env={"LD_LIBRARY_PATH": "/nowhere"})
finish()
