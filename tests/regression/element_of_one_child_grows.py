"""An Element that insert() had given room for exactly one child wrote the next one past it."""
from xml.etree.ElementTree import Element, SubElement, tostring

for first in 1, 2, 3, 5, 9:
    for more in range(1, 20):
        root = Element("r")
        for i in range(first):
            root.insert(0, Element("i"))
        for i in range(more):
            (root.append(Element("a")) if i % 2 else SubElement(root, "a"))
        assert len(root) == first + more
        assert tostring(root) == b"<r>" + b"<i />" * first + b"<a />" * more + b"</r>"
        root[1:] = [Element("s")]
        del root[0]
        root.append(Element("z"))
        root.extend([Element("e")] * more)
        assert len(root) == 2 + more and [child.tag for child in root][:2] == ["s", "z"]
