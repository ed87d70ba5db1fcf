"""Reports in plain text: string.Template letters, textwrap paragraphs, pprint of nested data, difflib between
versions, tables, Roman numerals.
"""
import difflib
import hashlib
import pprint
import string
import sys
import textwrap

WORDS = ("the harbour office counts every ship that comes with grain, salt, timber or letters; who arrives "
         "late waits outside the well-known breakwater until a pilot is free").split()
LETTER = string.Template("""\
Dear $title $name,

your $goods (order no. ${number}a) will arrive in $days days.
It costs $$$price, all taxes included.

        Yours, $sender
""")


class Dotted(string.Template):
    delimiter = "%"
    idpattern = r"[a-z]+(?:\.[a-z]+)*"


def letter(i):
    return LETTER.substitute(title="Dr", name=f"Number {i}", goods=WORDS[i % len(WORDS)], number=i,
                             days=i % 9, price=f"{i * 1.25:,.2f}", sender="The Office")


def paragraph(i):
    words = [WORDS[(i * 7 + k * k) % len(WORDS)] for k in range(60)]
    return " ".join(words).capitalize() + "."


def laid_out(text, width):
    filled = textwrap.fill(text, width, initial_indent="  * ", subsequent_indent="    ")
    dedented = textwrap.dedent(textwrap.indent(filled, "      "))
    return dedented + "\n" + textwrap.shorten(text, width, placeholder=" [...]")


def nested(i, depth=3):
    if depth == 0:
        return [i * k % 101 for k in range(9)]
    leaf = "pair", i / 4, WORDS[i % 9:i % 7 + 9]
    return {f"key {k}": nested(i + k, depth - 1) if k % 2 else leaf for k in range(4)}


def edited(lines, i):
    """Lines as somebody else left them: some gone, some changed, some new."""
    out = []
    for k, line in enumerate(lines):
        if (k + i) % 11 == 0:
            continue
        out.append(line.replace("salt", "pepper") if k % 5 == 0 else line)
        if (k * i) % 17 == 3:
            out.append(f"    (remark {k})")
    return out


def table(rows):
    widths = [max(len(str(cell)) for cell in column) for column in zip(*rows)]
    edge = "+".join("-" * (w + 2) for w in widths)
    lines = [" | ".join(f"{cell!s:{'>' if isinstance(cell, (int, float)) else '<'}{w}}"
                        for cell, w in zip(row, widths)) for row in rows]
    return "\n".join([edge, *lines, edge])


def roman(n):
    out = ""
    for value, sign in zip((100, 90, 50, 40, 10, 9, 5, 4, 1), "C XC L XL X IX V IV I".split()):
        count, n = divmod(n, value)
        out += sign * count
    return out


def main(n):
    digest = hashlib.sha1()

    def keep(text):
        digest.update(text.encode())
        return len(text)

    total = changes = 0
    for i in range(n):
        total += keep(letter(i)) + keep(Dotted("%a.b, %x %%").safe_substitute({"a.b": i}))
        text = laid_out(paragraph(i), 40 + i % 40)
        total += keep(text)
        if i % 10 == 0:
            total += keep(pprint.pformat(nested(i), width=60 + i % 30, compact=i % 20 == 0))
        if i % 20 == 0:
            old = text.splitlines() + letter(i).splitlines() * 2
            new = edited(old, i)
            diff = list(difflib.unified_diff(old, new, "old", "new", lineterm=""))
            delta = list(difflib.ndiff(old, new))
            assert list(difflib.restore(delta, 1)) == old
            changes += len(diff) + keep("\n".join(delta))
    rows = [[roman(i % 190 + 1), i, i * 0.5, WORDS[i % len(WORDS)]] for i in range(n)]
    total += keep(table(rows))
    close = difflib.get_close_matches("breakwaiter", WORDS)
    alike = difflib.SequenceMatcher(None, WORDS[0], "thee").ratio()
    print("characters", total, "changes", changes, *close, f"{alike:.4f}", digest.hexdigest()[:16])


main(int(sys.argv[1]) if len(sys.argv) > 1 else 1500)
