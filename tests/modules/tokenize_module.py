"""tokenize, token and keyword: a line's tokens, and which names are keywords."""
import io
import keyword
import token
import tokenize

toks = [
    (token.tok_name[k.type], k.string)
    for k in tokenize.generate_tokens(io.StringIO("x = 'a' # c\n").readline)]
assert toks == [
    ("NAME", "x"), ("OP", "="), ("STRING", "'a'"), ("COMMENT", "# c"), ("NEWLINE", "\n"), ("ENDMARKER", "")]
assert keyword.iskeyword("for") and keyword.softkwlist == ["_", "case", "match"]
