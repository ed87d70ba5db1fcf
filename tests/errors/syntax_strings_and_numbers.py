"""Syntax errors: strings and numbers. Text, line, caret range."""
from _refusals import show

SOURCES = [
    "'abc", "\"abc", "'''abc", "\"\"\"abc\n\n", "'abc\ndef'", "f'{a'", "f'{a}}'", "f'{'", "f'}'", "f'{}'",
    "f'{!r}'", "f'{a!x}'", "f'{a!}'", "f'{a b}'", "f'{a:{b'", "f'{lambda x: 1}'", "f'{a = }}'", "f'{*}'",
    "f'{#}'", "f'{\\n}'", "f'{a:{b:{c}}}'", "b'é'", "'a' b'b'", "f'{a}' b'b'", "'\\x1'", "'\\u12'",
    "'\\N{foo}'", "b'\\x1'", "0777", "0b12", "0o9", "0xg", "1__0", "1_", "1e", "1.2.3", "1..2", "1e5x",
    "0b", "1j2", "1if", "0_7"]
show(SOURCES)
