"""html: escape and unescape."""
import html

assert html.escape("<a&b>") == "&lt;a&amp;b&gt;" and html.unescape("&eacute;&#65;") == "éA"
