"""A NUL after a character that could take a combining mark stays in the codecs of JIS X 0213.

Cause: CPython 3.11 looks for the pair of the character and what follows in a table where NUL stands for the
character alone, and so takes the NUL as part of the pair: it is lost. Repaired in CPython 3.12.
Workaround: none in 3.11; Krait needs none.
"""
import sys

loses = sys.implementation.name == "cpython" and sys.version_info < (3, 12)
for codec in ("euc_jisx0213", "euc_jis_2004", "shift_jisx0213", "shift_jis_2004"):
    for base in "\xe6\u304b\u30c4\u02e9":
        text = base + "\0a"
        wanted = text.replace("\0", "") if loses else text
        assert text.encode(codec).decode(codec) == wanted, (codec, base)
