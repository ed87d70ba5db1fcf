"""A catalog as XML: built as a tree, written, parsed whole and by pieces, searched, changed and
written again.
"""
import io
import sys
import xml.etree.ElementTree as ElementTree
import zlib


def build(count):
    root = ElementTree.Element("catalog", version="1")
    for i in range(count):
        book = ElementTree.SubElement(root, "book", id=f"b{i}", lang="en" if i % 3 else "fr")
        ElementTree.SubElement(book, "title").text = f"The {i}th & <last> book"
        for a in range(i % 3 + 1):
            author = ElementTree.SubElement(book, "author", role="writer")
            author.text = f"Author {i * a % 101}"
            author.tail = "\n"
        price = ElementTree.SubElement(book, "price", currency="EUR")
        price.text = f"{i % 90}.{i % 10}0"
    return root


def search(root):
    total = sum(float(price.text) for price in root.iter("price"))
    french = root.findall("./book[@lang='fr']/title")
    writers = {author.text for author in root.iterfind("book/author[@role='writer']")}
    longest = max((book.find("title").text for book in root), key=len)
    return round(total, 2), len(french), len(writers), longest


def change(root):
    for book in root.findall("book"):
        if book.get("lang") == "fr":
            root.remove(book)
        else:
            book.set("seen", str(len(book)))
            book.insert(0, ElementTree.Comment("checked"))


def by_pieces(text):
    """Counts ends of elements without keeping the tree, as one reads a file that is too large."""
    counts = {}
    for _, element in ElementTree.iterparse(io.BytesIO(text), events=("end",)):
        counts[element.tag] = counts.get(element.tag, 0) + 1
        if element.tag == "book":
            element.clear()
    return sorted(counts.items())


class Depths:
    """A target of the parser: how deep elements lie and how much text they hold."""

    def __init__(self):
        self.depth = self.deepest = self.characters = 0

    def start(self, tag, attributes):
        self.depth += 1
        self.deepest = max(self.deepest, self.depth)

    def end(self, tag):
        self.depth -= 1

    def data(self, text):
        self.characters += len(text)

    def close(self):
        return self.deepest, self.characters


def main(count):
    text = ElementTree.tostring(build(count))
    root = ElementTree.fromstring(text)
    print(len(text), zlib.crc32(text), *search(root))
    print(by_pieces(text), ElementTree.XMLParser(target=Depths()).feed(text))
    parser = ElementTree.XMLParser(target=Depths())
    parser.feed(text)
    print(parser.close())
    change(root)
    ElementTree.indent(root)
    changed = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    assert ElementTree.canonicalize(changed) == ElementTree.canonicalize(ElementTree.tostring(root))
    print(len(changed), zlib.crc32(changed))


main(int(sys.argv[1]) if len(sys.argv) > 1 else 2500)
