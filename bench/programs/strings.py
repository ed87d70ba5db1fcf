"""Building and taking apart strings: += in loops, join, formats, split, replace, find, translate, slices,
case.
"""
import sys


def by_append(n):
    text = ""
    for i in range(n):
        text += chr(97 + i % 26)
        if i % 50 == 49:
            text += "\n"
    return text


def by_join(n):
    parts = []
    for i in range(n):
        parts.append("%d:%s" % (i, hex(i)))
    return ",".join(parts)


def by_format(n):
    return "".join(f"{i:>6}|{i * 0.5:8.3f}|{i:x};" for i in range(n))


def caesar(text, shift):
    lower = "abcdefghijklmnopqrstuvwxyz"
    table = str.maketrans(lower, lower[shift:] + lower[:shift])
    return text.translate(table)


def caesar_loop(text, shift):
    out = []
    for c in text:
        if "a" <= c <= "z":
            out.append(chr((ord(c) - 97 + shift) % 26 + 97))
        else:
            out.append(c)
    return "".join(out)


def palindromes(text):
    """Longest palindrome around each centre."""
    best = ""
    for centre in range(len(text)):
        for odd in (0, 1):
            left, right = centre, centre + odd
            while left >= 0 and right < len(text) and text[left] == text[right]:
                left -= 1
                right += 1
            if right - left - 1 > len(best):
                best = text[left + 1:right]
    return best


def fields(text):
    total = 0
    for line in text.split("\n"):
        for word in line.split("z"):
            word = word.strip().upper()
            if word.startswith("A") and word.endswith("Y"):
                total += len(word)
            total += word.count("Q") + word.find("M") + word.rfind("P")
    return total


def checksum(text):
    h = 0
    for c in text:
        h = (h * 131 + ord(c)) & 0xFFFFFFFF
    return h


def main(n):
    text = by_append(n)
    joined = by_join(n // 4)
    formatted = by_format(n // 8)
    coded = caesar(text, 3)
    assert caesar_loop(coded, 23) == text and coded.replace("\n", "").isalpha()
    assert joined.split(",")[-1] == "%d:%s" % (n // 4 - 1, hex(n // 4 - 1))
    print("append", len(text), checksum(text))
    print("join", len(joined), checksum(joined))
    print("format", len(formatted), checksum(formatted[:n]))
    print("fields", fields(text), "palindrome", palindromes(joined[:n // 100]))
    reversed_words = " ".join(w[::-1].title() for w in joined.replace(",", " ").split())
    print("words", checksum(reversed_words))


main(int(sys.argv[1]) if len(sys.argv) > 1 else 600000)
