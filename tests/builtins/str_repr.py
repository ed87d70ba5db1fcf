"""repr and ascii of str: quotes, escapes, what is printable."""
from _case import outcome

assert ascii("é") == "'\\xe9'" and repr("é") == "'é'"
assert repr("a'b") == '"a\'b"' and repr('a"b') == "'a\"b'" and repr("a'\"b") == "'a\\'\"b'"
assert repr("\n\t\r\\\0\x7f\xa0\xad") == "'\\n\\t\\r\\\\\\x00\\x7f\\xa0\\xad'"
assert repr("é日😀") == "'é日😀'" and repr("\ud800") == "'\\ud800'"
assert repr("\u200b\u3000\ue000\U000e0001") == "'\\u200b\\u3000\\ue000\\U000e0001'"
assert ascii("é日😀") == "'\\xe9\\u65e5\\U0001f600'"
assert outcome(lambda: repr("abc")) == "'abc'"
assert outcome(lambda: repr("a'b")) == '"a\'b"'
assert outcome(lambda: repr('a"b')) == '\'a"b\''
assert outcome(lambda: repr("a'b\"c")) == '\'a\\\'b"c\''
assert outcome(lambda: repr("\n\t\r\\")) == "'\\n\\t\\r\\\\'"
assert outcome(lambda: repr("\x00\x1f\x7f")) == "'\\x00\\x1f\\x7f'"
assert outcome(lambda: repr("\xe9\xa0")) == "'é\\xa0'"
assert outcome(lambda: repr("\u20ac\u200b")) == "'€\\u200b'"
assert outcome(lambda: repr("\U0001f600\U000e0001")) == "'😀\\U000e0001'"
assert outcome(lambda: repr("\ud800")) == "'\\ud800'"
assert outcome(lambda: ascii("\xe9\u20ac\U0001f600'")) == '"\\xe9\\u20ac\\U0001f600\'"'
assert outcome(lambda: ascii("abc")) == "'abc'"
assert outcome(lambda: "abc".__repr__()) == "'abc'"
