"""JSON: nested records to text and back, several times, with the json module; a small parser of our own as
the check.
"""
import json
import sys


def make_records(n):
    records = []
    seed = 5
    for i in range(n):
        seed = (seed * 22695477 + 1) & 0xFFFFFFFF
        records.append({
            "id": i, "name": "user-%d" % (seed % 1000), "score": (seed % 100000) / 8,
            "active": bool(seed & 64),
            "tags": ["t%d" % (seed >> k & 15) for k in range(0, 12, 4)],
            "nested": {"a": [i, -i, None], "b": {"c": "é\n\"q\""}},
            "big": seed * 10 ** 12})
    return records


class Parser:
    """Just enough of JSON, by recursive descent."""

    def __init__(self, text):
        self.text = text
        self.at = 0

    def value(self):
        c = self.text[self.at]
        if c == "{":
            return self.members()
        if c == "[":
            return self.elements()
        if c == '"':
            return self.string()
        for word, meaning in (("true", True), ("false", False), ("null", None)):
            if self.text.startswith(word, self.at):
                self.at += len(word)
                return meaning
        return self.number()

    def members(self):
        result = {}
        self.at += 1
        while self.text[self.at] != "}":
            key = self.string()
            self.at += 2
            result[key] = self.value()
            if self.text[self.at] == ",":
                self.at += 2
        self.at += 1
        return result

    def elements(self):
        result = []
        self.at += 1
        while self.text[self.at] != "]":
            result.append(self.value())
            if self.text[self.at] == ",":
                self.at += 2
        self.at += 1
        return result

    def string(self):
        self.at += 1
        parts = []
        text = self.text
        while True:
            c = text[self.at]
            self.at += 1
            if c == '"':
                return "".join(parts)
            if c == "\\":
                c = text[self.at]
                self.at += 1
                if c == "u":
                    parts.append(chr(int(text[self.at:self.at + 4], 16)))
                    self.at += 4
                else:
                    parts.append({"n": "\n", "t": "\t"}.get(c, c))
            else:
                parts.append(c)

    def number(self):
        start = self.at
        text = self.text
        while self.at < len(text) and text[self.at] in "+-.0123456789eE":
            self.at += 1
        number = text[start:self.at]
        return float(number) if "." in number or "e" in number else int(number)


def main(n):
    records = make_records(n)
    text = json.dumps(records)
    for _ in range(3):
        back = json.loads(text)
        assert back == records
        text = json.dumps(back)
    pretty = json.dumps(records[:n // 10], indent=2, sort_keys=True)
    assert json.loads(pretty) == records[:n // 10]
    small = json.dumps(records[:n // 8])
    assert Parser(small).value() == records[:n // 8]
    print("records", n, "bytes", len(text), "pretty", len(pretty), "lines", pretty.count("\n"))
    print("total %.3f" % sum(r["score"] for r in back), sum(r["big"] for r in back))


main(int(sys.argv[1]) if len(sys.argv) > 1 else 16000)
