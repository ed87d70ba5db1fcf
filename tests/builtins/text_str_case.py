"""Case mappings and tests, with special casing."""

def outcome(f):
    """The result, or the exception as text."""
    try:
        return f()
    except Exception as e:
        return f"{type(e).__name__}: {e}"


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
assert outcome(lambda: "abc".islower()) == True
assert outcome(lambda: "aBc".islower()) == False
assert outcome(lambda: "123".islower()) == False
assert outcome(lambda: "a1".islower()) == True
assert outcome(lambda: "".islower()) == False
assert outcome(lambda: "ABC".isupper()) == True
assert outcome(lambda: "ABc".isupper()) == False
assert outcome(lambda: "A1".isupper()) == True
assert outcome(lambda: "".isupper()) == False
assert outcome(lambda: "Hello World".istitle()) == True
assert outcome(lambda: "Hello world".istitle()) == False
assert outcome(lambda: "".istitle()) == False
assert outcome(lambda: "\u01c5".istitle()) == True
assert outcome(lambda: "abc1".isalnum()) == True
assert outcome(lambda: "abc ".isalnum()) == False
assert outcome(lambda: "".isalnum()) == False
assert outcome(lambda: "\u4e2d".isalnum()) == True
assert outcome(lambda: "abc".isalpha()) == True
assert outcome(lambda: "ab1".isalpha()) == False
assert outcome(lambda: "\xe9".isalpha()) == True
assert outcome(lambda: "123".isdecimal()) == True
assert outcome(lambda: "\xb2".isdecimal()) == False
assert outcome(lambda: "\u0663".isdecimal()) == True
assert outcome(lambda: "123".isdigit()) == True
assert outcome(lambda: "\xb2".isdigit()) == True
assert outcome(lambda: "\xbd".isdigit()) == False
assert outcome(lambda: "\xbd".isnumeric()) == True
assert outcome(lambda: "\u4e00".isnumeric()) == True
assert outcome(lambda: "a".isnumeric()) == False
assert outcome(lambda: " \t\n\u3000".isspace()) == True
assert outcome(lambda: "".isspace()) == False
assert outcome(lambda: "a ".isspace()) == False
assert outcome(lambda: "\x1c".isspace()) == True
assert outcome(lambda: "abc".isprintable()) == True
assert outcome(lambda: "a\n".isprintable()) == False
assert outcome(lambda: "".isprintable()) == True
assert outcome(lambda: "\xa0".isprintable()) == False
assert outcome(lambda: "\u0378".isprintable()) == False
assert outcome(lambda: "abc".isascii()) == True
assert outcome(lambda: "\x80".isascii()) == False
assert outcome(lambda: "".isascii()) == True
assert outcome(lambda: "abc".isidentifier()) == True
assert outcome(lambda: "1a".isidentifier()) == False
assert outcome(lambda: "_".isidentifier()) == True
assert outcome(lambda: "".isidentifier()) == False
assert outcome(lambda: "\xe9t\xe9".isidentifier()) == True
assert outcome(lambda: "a b".isidentifier()) == False
assert outcome(lambda: "for".isidentifier()) == True
assert outcome(lambda: "a\xe9\u20ac".upper()) == 'AÉ€'
assert outcome(lambda: "\xdf".isupper()) == False
assert outcome(lambda: "\xaa".islower()) == True
assert outcome(lambda: "\u2160".isupper()) == True
