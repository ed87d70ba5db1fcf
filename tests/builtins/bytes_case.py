"""bytes and bytearray: case methods and predicates know ASCII only."""
from _case import outcome

for B in (bytes, bytearray):
    assert B(b"aBc").upper() == b"ABC" and B(b"aBc").lower() == b"abc" and B(b"ab cd").title() == b"Ab Cd"
    assert B(b"ab").capitalize() == b"Ab" and B(b"aB").swapcase() == b"Ab" and B(b"\xe9").upper() == b"\xe9"
    assert B(b"abc").isalpha() and B(b"12").isdigit() and B(b"a1").isalnum() and B(b" ").isspace()
    assert B(b"ab").islower() and B(b"AB").isupper() and B(b"Ab").istitle() and B(b"a").isascii()
    assert not B(b"\xff").isascii() and not B(b"").isalpha()
assert outcome(lambda: b"abc".upper()) == b'ABC'
assert outcome(lambda: b"ABC".lower()) == b'abc'
assert outcome(lambda: b"hello world".title()) == b'Hello World'
assert outcome(lambda: b"hELLO".capitalize()) == b'Hello'
assert outcome(lambda: b"aBc\xe9".swapcase()) == b'AbC\xe9'
assert outcome(lambda: b"they're".title()) == b"They'Re"
assert outcome(lambda: b"abc".islower()) == True
assert outcome(lambda: b"ABC".isupper()) == True
assert outcome(lambda: b"Abc Def".istitle()) == True
assert outcome(lambda: b"ab1".isalnum()) == True
assert outcome(lambda: b"ab".isalpha()) == True
assert outcome(lambda: b"12".isdigit()) == True
assert outcome(lambda: b" \t".isspace()) == True
assert outcome(lambda: b"a\x80".isascii()) == False
assert outcome(lambda: b"".isascii()) == True
assert outcome(lambda: b"".isalpha()) == False
assert outcome(lambda: b"\xe9".isalpha()) == False
assert outcome(lambda: bytearray(b"ab").upper()) == bytearray(b'AB')
