"""ord and chr: the whole range, and what they refuse."""
from _case import error

assert ord("a") == 97 and ord("😀") == 0x1F600 and chr(0x1F600) == "😀" and chr(0) == "\0"
assert chr(0x10FFFF) == "\U0010ffff"
assert error(ord, "ab") == "TypeError: ord() expected a character, but string of length 2 found"
assert error(ord, 5) == "TypeError: ord() expected string of length 1, but int found"
assert error(chr, 0x110000) == "ValueError: chr() arg not in range(0x110000)"
assert error(chr, -1) == "ValueError: chr() arg not in range(0x110000)" and ord(b"a") == 97
