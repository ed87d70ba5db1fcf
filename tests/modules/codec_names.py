"""Codecs by name: what encode and decode make of code pages, idna, punycode, escapes."""
import codecs

assert "é".encode("cp1252") == b"\xe9"
assert b"\x80".decode("cp1252") == "€" and "я".encode("koi8-r") == b"\xd1"
assert "é".encode("idna") == b"xn--9ca" and codecs.BOM_UTF8 == b"\xef\xbb\xbf"
assert b"\xef\xbb\xbfa".decode("utf-8-sig") == "a" and "a\u20ac".encode("utf-7") == b"a+IKw-"
assert "é".encode("unicode_escape") == b"\\xe9" and b"\\n\\x41".decode("unicode_escape") == "\nA"
assert "é\u20ac".encode("raw_unicode_escape") == b"\xe9\\u20ac"
assert "müller".encode("punycode") == b"mller-kva"
