"""Numbers as the reports write them, and columns of text."""
import os


def seconds(us):
    """µs as 1.84 s, 12.3 ms, 45 µs"""
    if us >= 999_500:
        return f"{us / 1e6:.2f} s" if us < 99.995e6 else f"{us / 1e6:,.0f} s"
    return f"{us / 1e3:.1f} ms" if us >= 999.5 else f"{us:.0f} µs"


def size(count):
    """bytes as 212 KB"""
    return scaled(count, 1024, ("bytes", "KB", "MB", "GB", "TB"))


def number(count):
    """9,000,000 as 9.0 M; below 100,000 as it is"""
    if count < 100_000:
        return f"{count:,.0f}"
    return scaled(count / 1000, 1000, ("K", "M", "G", "T"))


def scaled(count, step, units):
    for unit in units:
        if count < step or unit == units[-1]:
            break
        count /= step
    return f"{count:.1f} {unit}" if count < 9.95 and unit != "bytes" else f"{count:.0f} {unit}"


def share(part, whole):
    """31.2%"""
    return f"{100 * part / whole:.1f}%" if whole else "-"


def rounded(part, whole):
    """71 %; what is above nothing but below one: <1 %"""
    percent = 100 * part / whole if whole else 0
    return f"{percent:.0f} %" if percent >= 0.5 or not part else "<1 %"


def plural(count, word):
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def cut(text, width):
    """At most `width` characters, the end kept: …end"""
    return text if len(text) <= width else "…" + text[1 - width:]


def cut_end(text, width):
    return text if len(text) <= width else text[:width - 1] + "…"


def clean(text):
    """Without what a terminal would obey"""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def bar(part, whole, width=20):
    return "▇" * round(width * part / whole) if whole else ""


class Paint:
    """Bold and dim for a terminal; nothing for files, pipes and NO_COLOR."""

    def __init__(self, stream=None):
        is_terminal = bool(stream) and hasattr(stream, "isatty") and stream.isatty()
        self.on = is_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"

    def wrap(self, code, text):
        return f"\33[{code}m{text}\33[0m" if self.on and text.strip() else text

    def bold(self, text):
        return self.wrap("1", text)

    def dim(self, text):
        return self.wrap("2", text)

    def hot(self, text, fraction):
        return self.wrap("31" if fraction >= 0.2 else "33" if fraction >= 0.05 else "0", text)
