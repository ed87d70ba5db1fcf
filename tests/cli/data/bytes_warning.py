"""What -b warns about, and what it lets pass."""
import warnings

ba = bytearray(b"a")
CASES = [
    "str(b'a')", 'str(ba)', "b'a' == 'a'", "'a' == b'a'", "b'a' != 'a'", "ba == 'a'", "'a' == ba",
    "ba != 'a'", "b'a' == 97", "97 == b'a'", 'ba == 97', "b'a' < 'a'", 'f\'{b"x"}\'', "'%s' % b'x'",
    "'{}'.format(b'x')", "format(b'x')", "b'a' == 1.0", "b'a' == True", "b'a' == None", "{b'a': 1}.get('a')",
    "'a' in [b'a']", "b'a' in {'a'}", "str(b'a', 'ascii')", "'%r' % b'x'", "print(b'z')",
    "{b'b': 1} == {'b': 1}", "str(object=b'q')", "object.__str__(b'q')", "b'%s' % b'x'", "repr(b'a')",
    "memoryview(b'a') == 'a'", "b'a'.__eq__('a')", "'a'.__eq__(b'a')", "b'a' == 2 ** 70", 'ba == None',
]
for case in CASES:
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        try:
            result = eval(case)
        except TypeError as e:
            result = e
        print(case, result, [str(w.message) for w in seen])
