"""str: upper, lower, title, capitalize, swapcase, casefold with Unicode's special cases."""
from _case import outcome

assert "Hello".upper() == "HELLO" and "Hello".lower() == "hello" and "hello".capitalize() == "Hello"
assert "hELLO wORLD".capitalize() == "Hello world"
assert "hello world it's".title() == "Hello World It'S" and "aBc".swapcase() == "AbC"
assert "ß".upper() == "SS" and "ß".casefold() == "ss" and "ﬁ".upper() == "FI" and "İ".lower() == "i̇"
assert "ΑΣ".lower() == "ας" and "Σ".lower() == "σ" and "ǆ".title() == "ǅ" and "ŉ".upper() == "ʼN"
assert "éÀ".swapcase() == "Éà" and "STRASSE".casefold() == "strasse" and "ᾳ".upper() == "ΑΙ"
assert "µ".upper() == "Μ" and "ÿ".upper() == "Ÿ" and "日".upper() == "日" and "\u01f0".upper() == "J\u030c"
assert "\ufb03".capitalize() == "Ffi"
assert outcome(lambda: "Hello World".lower()) == 'hello world'
assert outcome(lambda: "Hello World".upper()) == 'HELLO WORLD'
assert outcome(lambda: "hello wORLD's".title()) == "Hello World'S"
assert outcome(lambda: "hello WORLD".capitalize()) == 'Hello world'
assert outcome(lambda: "Hello World".swapcase()) == 'hELLO wORLD'
assert outcome(lambda: "stra\xdfe".upper()) == 'STRASSE'
assert outcome(lambda: "stra\xdfe".casefold()) == 'strasse'
assert outcome(lambda: "STRASSE".casefold() == "stra\xdfe".casefold()) == True
assert outcome(lambda: "\u039f\u0394\u039f\u03a3".lower()) == 'οδος'
assert outcome(lambda: "\u03a3".lower()) == 'σ'
assert outcome(lambda: "A\u03a3 \u03a3A".lower()) == 'aς σa'
assert outcome(lambda: "\u01c6".title()) == 'ǅ'
assert outcome(lambda: "\u01c6abc".capitalize()) == 'ǅabc'
assert outcome(lambda: "\ufb01".upper()) == 'FI'
assert outcome(lambda: "\u0130".lower()) == 'i̇'
assert outcome(lambda: "\u0149".upper()) == 'ʼN'
assert outcome(lambda: "\xb5".upper()) == 'Μ'
assert outcome(lambda: "\xff".upper()) == 'Ÿ'
assert outcome(lambda: "\U00010428".upper()) == '𐐀'
assert outcome(lambda: "".upper()) == ''
assert outcome(lambda: "a\xe9\u20ac".upper()) == 'AÉ€'
