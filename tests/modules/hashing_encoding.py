"""hashlib, hmac, zlib, binascii, base64, codecs, unicodedata, secrets, uuid."""
import base64, binascii, codecs, hashlib, hmac, unicodedata, uuid, zlib

from _case import error

assert hashlib.md5(b"abc").hexdigest() == "900150983cd24fb0d6963f7d28e17f72"
assert hashlib.sha1(b"abc").hexdigest() == "a9993e364706816aba3e25717850c26c9cd0d89d"
assert hashlib.sha256(b"abc").hexdigest() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
assert hashlib.sha512(b"").hexdigest()[:16] == "cf83e1357eefb8bd"
assert hashlib.sha3_256(b"").hexdigest()[:16] == "a7ffc6f8bf1ed766"
assert hashlib.blake2b(b"", digest_size=8).hexdigest() == "e4a6a0577479b2b4"
assert hashlib.blake2s(b"abc").hexdigest()[:8] == "508c5e8c"
assert hashlib.new("sha224", b"").hexdigest()[:8] == "d14a028c"
assert hashlib.shake_128(b"").hexdigest(4) == "7f9c2ba4"
h = hashlib.sha256()
h.update(b"a")
c = h.copy()
h.update(b"bc")
assert h.hexdigest() == hashlib.sha256(b"abc").hexdigest() and c.digest() == hashlib.sha256(b"a").digest()
assert h.digest_size == 32 and h.block_size == 64 and h.name == "sha256"
assert error(h.update, "x") == "TypeError: Strings must be encoded before hashing"
assert hmac.new(b"k", b"m", "sha256").hexdigest() == hmac.new(b"k", b"m", hashlib.sha256).hexdigest()
assert hashlib.pbkdf2_hmac("sha256", b"p", b"s", 2).hex()[:8] == hashlib.pbkdf2_hmac("sha256", b"p", b"s", 2).hex()[:8]
assert zlib.crc32(b"hello") == 907060870 and zlib.adler32(b"hello") == 103547413
assert zlib.decompress(zlib.compress(b"a" * 1000)) == b"a" * 1000 and len(zlib.compress(b"a" * 1000)) < 50
assert binascii.crc32(b"hello") == 907060870 and binascii.hexlify(b"\xff\0") == b"ff00"
assert binascii.unhexlify("ff00") == b"\xff\0"
assert error(binascii.unhexlify, "f") == "Error: Odd-length string"
d = zlib.decompressobj()
z = zlib.compress(b"xyz" * 100)
assert d.decompress(z[:5]) + d.decompress(z[5:]) + d.flush() == b"xyz" * 100 and d.eof
assert error(zlib.decompress, b"junk") == "error: Error -3 while decompressing data: incorrect header check"
assert base64.b64encode(b"hello") == b"aGVsbG8=" and base64.b64decode("aGVsbG8=") == b"hello"
assert base64.urlsafe_b64encode(b"\xff\xfe") == b"__4=" and base64.b32encode(b"a") == b"ME======"
assert base64.b16encode(b"\xab") == b"AB" and base64.b85decode(base64.b85encode(b"data")) == b"data"
assert base64.a85encode(b"test") == b"FCfN8"
assert error(base64.b64decode, "a") == "Error: Invalid base64-encoded string: number of data characters (1) cannot be 1 more than a multiple of 4"
assert codecs.encode("abc", "rot13") == "nop" and codecs.decode(b"616263", "hex") == b"abc"
assert codecs.lookup("UTF8").name == "utf-8" and "é".encode("cp1252") == b"\xe9"
assert b"\x80".decode("cp1252") == "€" and "я".encode("koi8-r") == b"\xd1"
assert "é".encode("idna") == b"xn--9ca" and codecs.BOM_UTF8 == b"\xef\xbb\xbf"
assert b"\xef\xbb\xbfa".decode("utf-8-sig") == "a" and "a\u20ac".encode("utf-7") == b"a+IKw-"
assert "é".encode("unicode_escape") == b"\\xe9" and b"\\n\\x41".decode("unicode_escape") == "\nA"
assert "é\u20ac".encode("raw_unicode_escape") == b"\xe9\\u20ac"
assert "müller".encode("punycode") == b"mller-kva"
i = codecs.getincrementaldecoder("utf-8")()
assert i.decode(b"\xe2\x82") == "" and i.decode(b"\xac") == "€"
codecs.register_error("test.handler", lambda e: ("?" * (e.end - e.start), e.end))
assert "aéü".encode("ascii", "test.handler") == b"a??" and b"a\xff".decode("utf-8", "test.handler") == "a?"
assert unicodedata.name("é") == "LATIN SMALL LETTER E WITH ACUTE" and unicodedata.lookup("BULLET") == "•"
assert unicodedata.category("A") == "Lu" and unicodedata.normalize("NFD", "é") == "e\u0301"
assert unicodedata.normalize("NFKC", "ﬁ") == "fi" and unicodedata.numeric("½") == 0.5
assert unicodedata.decimal("٣") == 3 and unicodedata.bidirectional("א") == "R"
assert unicodedata.combining("\u0301") == 230 and unicodedata.east_asian_width("日") == "W"
assert unicodedata.mirrored("(") == 1 and unicodedata.is_normalized("NFC", "é")
assert unicodedata.decomposition("é") == "0065 0301" and unicodedata.unidata_version == "14.0.0"
assert error(unicodedata.name, "\0") == "ValueError: no such name"
assert unicodedata.name("가") == "HANGUL SYLLABLE GA"
assert unicodedata.lookup("CJK UNIFIED IDEOGRAPH-65E5") == "日"
assert unicodedata.normalize("NFC", "\u1100\u1161") == "가"
assert str(uuid.UUID(int=5)) == "00000000-0000-0000-0000-000000000005"
assert uuid.uuid5(uuid.NAMESPACE_DNS, "python.org").hex == "886313e13b8a53729b900c9aee199e5d"
assert len(uuid.uuid4().bytes) == 16
