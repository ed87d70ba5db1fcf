"""unicodedata: names, categories, numeric values, normal forms, the old database."""
import unicodedata
import unicodedata as u

from _case import error, outcome

assert outcome(lambda: u.name("a")) == 'LATIN SMALL LETTER A'
assert outcome(lambda: u.name("\u20ac")) == 'EURO SIGN'
assert outcome(lambda: u.name("\uac00")) == 'HANGUL SYLLABLE GA'
assert outcome(lambda: u.name("\u4e00")) == 'CJK UNIFIED IDEOGRAPH-4E00'
assert outcome(lambda: u.name("\x00", "none")) == 'none'
assert outcome(lambda: u.name("\U0001f600")) == 'GRINNING FACE'
assert outcome(lambda: u.lookup("EURO SIGN")) == '€'
assert outcome(lambda: u.lookup("hangul syllable gag".upper())) == '각'
assert outcome(lambda: u.lookup("LATIN SMALL LETTER A")) == 'a'
assert outcome(lambda: u.lookup("latin small letter b")) == 'b'
assert outcome(lambda: u.lookup("NULL")) == '\x00'
assert outcome(lambda: u.lookup("KEYCAP DIGIT ONE")) == '1️⃣'
assert outcome(lambda: u.lookup("CJK UNIFIED IDEOGRAPH-4E00")) == '一'
assert outcome(lambda: u.name("\x00")) == 'ValueError: no such name'
assert outcome(lambda: u.lookup("NO SUCH CHARACTER")) == (
    'KeyError: "undefined character name \'NO SUCH CHARACTER\'"')
assert outcome(lambda: u.name("ab")) == 'TypeError: name() argument 1 must be a unicode character, not str'
assert outcome(lambda: u.name(1)) == 'TypeError: name() argument 1 must be a unicode character, not int'
assert outcome(lambda: u.category("a")) == 'Ll'
assert outcome(lambda: u.category("A")) == 'Lu'
assert outcome(lambda: u.category("1")) == 'Nd'
assert outcome(lambda: u.category(" ")) == 'Zs'
assert outcome(lambda: u.category("\u0378")) == 'Cn'
assert outcome(lambda: u.category("\ud800")) == 'Cs'
assert outcome(lambda: u.bidirectional("a")) == 'L'
assert outcome(lambda: u.bidirectional("\u05d0")) == 'R'
assert outcome(lambda: u.combining("\u0301")) == 230
assert outcome(lambda: u.mirrored("(")) == 1
assert outcome(lambda: u.east_asian_width("\u4e00")) == 'W'
assert outcome(lambda: u.decomposition("\xe9")) == '0065 0301'
assert outcome(lambda: u.decomposition("\ufb01")) == '<compat> 0066 0069'
assert outcome(lambda: u.decomposition("a")) == ''
assert outcome(lambda: u.decimal("5")) == 5
assert outcome(lambda: u.decimal("\u0665")) == 5
assert outcome(lambda: u.digit("\xb2")) == 2
assert outcome(lambda: u.numeric("\xbd")) == 0.5
assert outcome(lambda: u.numeric("\u4e03")) == 7.0
assert outcome(lambda: u.decimal("a", None)) == None
assert outcome(lambda: u.digit("a", -1)) == -1
assert outcome(lambda: u.numeric("a", 7)) == 7
assert outcome(lambda: u.decimal("\xb2")) == 'ValueError: not a decimal'
assert outcome(lambda: u.digit("a")) == 'ValueError: not a digit'
assert outcome(lambda: u.numeric("a")) == 'ValueError: not a numeric character'
assert outcome(lambda: u.normalize("NFC", "e\u0301")) == 'é'
assert outcome(lambda: u.normalize("NFD", "\xe9")) == 'é'
assert outcome(lambda: u.normalize("NFKC", "\ufb01")) == 'fi'
assert outcome(lambda: u.normalize("NFKD", "\u2460\xbd")) == '11⁄2'
assert outcome(lambda: u.normalize("NFC", "\u1100\u1161\u11a8")) == '각'
assert outcome(lambda: u.normalize("NFD", "\uac01")) == '각'
assert outcome(lambda: u.normalize("NFC", "abc")) == 'abc'
assert outcome(lambda: u.normalize("NFD", "a\u0301\u0323") == u.normalize("NFD", "a\u0323\u0301")) == True
assert outcome(lambda: u.normalize("NFX", "a")) == 'ValueError: invalid normalization form'
assert outcome(lambda: u.is_normalized("NFC", "\xe9")) == True
assert outcome(lambda: u.is_normalized("NFD", "\xe9")) == False
assert outcome(lambda: u.is_normalized("NFC", "e\u0301")) == False
assert outcome(lambda: u.is_normalized("NFKC", "abc")) == True
assert outcome(lambda: u.unidata_version) == '14.0.0'
assert outcome(lambda: u.ucd_3_2_0.unidata_version) == '3.2.0'
assert outcome(lambda: u.ucd_3_2_0.category("\U0001f600")) == 'Cn'
assert outcome(lambda: u.ucd_3_2_0.name("a")) == 'LATIN SMALL LETTER A'
assert outcome(lambda: u.ucd_3_2_0.normalize("NFC", "e\u0301")) == 'é'
assert outcome(lambda: u.ucd_3_2_0.bidirectional("+")) == 'ET'
assert outcome(lambda: u.ucd_3_2_0.name("\U0001f600")) == 'ValueError: no such name'
assert outcome(lambda: "\N{BULLET}\N{latin small letter e with acute}\N{NO-BREAK SPACE}\N{LF}") == '•é\xa0\n'
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
