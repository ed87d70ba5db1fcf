"""Whole programs of the standard library on real input: output equal to python3.11's, byte for byte."""
import json
import os

from _both import finish, folder, same

LIBRARY = "/usr/lib/python3.11"
d = folder()
records = [{"id": i, "name": "name %d" % i, "values": [i / 7, -i, i * 10 ** 12, None, True],
            "text": "é日\"\\\n" * (i % 5), "nested": {"a": {"b": {"c": [i]}}}} for i in range(50000)]
with open(d + "/big.json", "w") as f:
    json.dump(records, f)
assert os.path.getsize(d + "/big.json") > 8 << 20
same(["-m", "json.tool", d + "/big.json"], timeout=120)
same(["-m", "json.tool", "--sort-keys", "--compact", d + "/big.json"], timeout=120)
largest = sorted((os.path.join(LIBRARY, n) for n in os.listdir(LIBRARY) if n.endswith(".py")),
                 key=os.path.getsize)[-4:]
for path in largest:
    same(["-m", "tokenize", path], timeout=120)
    same(["-m", "ast", path], timeout=120)
same(["-m", "calendar", "2026"])
same(["-m", "calendar", "-t", "html", "2024"])
with open(d + "/test_it.py", "w") as f:
    f.write(
        "import unittest\nclass T(unittest.TestCase):\n    def test_a(self): self.assertEqual(1, 1)\n    "
        "def test_b(self): self.assertIn(3, [1, 2])\n"
        "    def test_c(self): raise KeyError('c')\n    @unittest.skip('s')\n    def test_d(self): pass\n"
        "    @unittest.expectedFailure\n    def test_e(self): self.fail()\n")


def untimed(text):
    import re
    return re.sub(r" in \d+\.\d+s", " in s", text)


same(["-m", "unittest", "-v", "test_it"], cwd=d, edit=untimed)
same(["-m", "unittest"], cwd=d, edit=untimed)
same(["-m", "base64", "-e", largest[0]])
same(["-m", "textwrap"])
same(["-m", "timeit", "--help"])
same(["-m", "doctest", "-v", d + "/test_it.py"])
same(["-m", "py_compile", d + "/test_it.py"])
same(["-m", "zipfile", "-c", d + "/z.zip", d + "/test_it.py"])
same(["-m", "zipfile", "-l", d + "/z.zip"])
same(["-m", "string"])
same(["-m", "keyword"])
same(["-m", "this"])
finish()
