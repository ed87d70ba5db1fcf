"""Pages and addresses: an html.parser that collects links and an outline, escaping, urls split, joined,
quoted and their queries parsed, cookies, a robots file.
"""
import hashlib
import html
import sys
import urllib.robotparser
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import parse_qs, parse_qsl, quote, quote_plus, unquote, urldefrag
from urllib.parse import urlencode, urljoin, urlsplit

VOID = {"br", "img", "meta", "hr", "input"}


class Outline(HTMLParser):
    def __init__(self, base):
        super().__init__(convert_charrefs=True)
        self.base, self.comments = base, 0
        self.links, self.text, self.stack, self.heads = [], [], [], []

    def handle_starttag(self, tag, attributes):
        if tag not in VOID:
            self.stack.append(tag)
        for name, value in attributes:
            if name in ("href", "src") and value:
                self.links.append(urljoin(self.base, value))

    def handle_startendtag(self, tag, attributes):
        self.text.append(f"[{tag}]")

    def handle_endtag(self, tag):
        while self.stack and self.stack.pop() != tag:
            pass

    def handle_data(self, data):
        data = " ".join(data.split())
        if data and "script" not in self.stack:
            self.text.append(data)
            if self.stack and self.stack[-1] in ("h1", "h2"):
                self.heads.append((len(self.stack), data))

    def handle_comment(self, data):
        self.comments += 1


def row(i, k):
    target = f"../item/{k}?q={quote_plus(f'a b&{k}')}#top"
    return (f'<tr class="row{k % 2}"><td>{k}</td><td><a href="{target}">Item &#{64 + k % 26}; &amp; &eacute;'
            f'{html.escape(f"<{k}>")}</a><br/><td title=\'it"s\' hidden>{k * i % 97}</tr>\n')


def page(i):
    rows = "".join(row(i, k) for k in range(40))
    return (f"<!DOCTYPE html>\n<html><head><meta charset=utf-8><title>Page {i}</title>"
            f"<script>if (a < b && c) x('<p>');</script></head>\n<body>"
            f"<!-- page {i} --><h1>Page&nbsp;{i}</h1><h2>List</h2><table>{rows}</table>"
            f"<p>Open <b>bold <i>text</p><img src=/p/{i}.png alt=''/>"
            f"<a href='//other.example:8{i % 10}/x;y?z=1'>out</a></body></html>")


def addresses(i):
    user = f"user{i}"
    query = urlencode([("name", f"Zoë {i}"), ("tag", "a"), ("tag", "b/c"), ("empty", "")])
    path = f"/a/./b/../{quote(f'ü {i}.txt')}"
    url = f"https://{user}:pw@www.example.org:{8000 + i % 100}{path}?{query}#part{i % 3}"
    parts = urlsplit(url)
    assert parts.port == 8000 + i % 100 and parts.username == user and parts.geturl() == url
    bare, fragment = urldefrag(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    assert urlencode(pairs) == parts.query and parse_qs(parts.query)["tag"] == ["a", "b/c"]
    others = ("../up", "?only=query", "/root", "//host/x", "mailto:a@b", "")
    joined = [urljoin(url, other) for other in others]
    return joined + [bare, fragment, unquote(parts.path), unquote("%E4%F6", "latin-1")]


def main(n):
    digest, links, characters = hashlib.sha1(), set(), 0
    for i in range(n):
        outline = Outline(f"http://site.example/list/{i}/index.html")
        text = page(i)
        for start in range(0, len(text), 700):
            outline.feed(text[start:start + 700])
        outline.close()
        assert outline.heads == [(3, f"Page {i}"), (3, "List")] and outline.comments == 1
        links.update(outline.links)
        said = "|".join(outline.text)
        characters += len(said)
        digest.update(said.encode())
        for k in range(8):
            digest.update(repr(addresses(i * 8 + k)).encode())
        escaped = html.escape(text)
        assert html.unescape(escaped) == text
        cookie = SimpleCookie(f'id=n{i}; theme="dark \\"x\\""; last={i * 3}')
        cookie["id"]["path"] = "/shop"
        digest.update(cookie.output().encode())
    robots = urllib.robotparser.RobotFileParser()
    robots.parse(["User-agent: *", "Disallow: /list/item/1", "Allow: /"])
    allowed = sum(robots.can_fetch("krait", link) for link in sorted(links)[:200])
    print("links", len(links), "text", characters, "allowed", allowed, digest.hexdigest()[:16])


main(int(sys.argv[1]) if len(sys.argv) > 1 else 120)
