"""What -b warns about, and what it lets pass. (No dicts or sets of both: whether equal hashes meet is
chance.)
"""
import warnings


class Text(str):
    pass


class Data(bytes):
    pass


text, data, array = "a", b"a", bytearray(b"a")
CASES = [
    "str(data)", "str(array)", "data == text", "text == data", "data != text", "array == text",
    "text == array", "array != text", "data == 97", "97 == data", "array == 97", "data < text", "f'{data}'",
    "'%s' % data", "'{}'.format(data)", "format(data)", "data == 1.0", "data == True", "data == None",
    "text in [data]", "data in [text]", "str(data, 'ascii')", "'%r' % data", "print(data)",
    "str(object=data)", "object.__str__(data)", "b'%s' % data", "repr(data)", "memoryview(data) == text",
    "data.__eq__(text)", "text.__eq__(data)", "data == 2 ** 70", "array == None", "data == Text('a')",
    "Data(b'a') == text", "str(Data(b'a'))",
]
for case in CASES:
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        try:
            result = eval(case)
        except TypeError as e:
            result = e
        print(case, result, [str(w.message) for w in seen])
