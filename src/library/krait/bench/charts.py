"""Charts as SVG: text takes the colour of the page, sides have colours of their own."""
import html
import math

COLOURS = ("#2f8f5f", "#c58b2a", "#5f83c8", "#b95757", "#8a6fb5", "#7f7f7f")
PLOT = ('xmlns="http://www.w3.org/2000/svg" font-family="system-ui, sans-serif" font-size="11" '
        'fill="currentColor"')
LEAST_TICKS, MOST_TICKS = 3, 6


def colour(number):
    return COLOURS[number % len(COLOURS)]


def text(x, y, words, anchor="start", more=""):
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{more}>{html.escape(str(words))}</text>'


def line(x1, y1, x2, y2, stroke="currentColor", more=""):
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{stroke}"{more}/>'


def box(x, y, width, height, which):
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height}" fill="{colour(which)}"/>'


def dot(x, y, which):
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.6" fill="{colour(which)}" opacity="0.8"/>'


def titled(shape, title):
    """A shape with a text that is shown when the pointer is over it."""
    return f"<g><title>{html.escape(title)}</title>{shape}</g>"


def svg(width, height, parts, label):
    return (f'<svg {PLOT} width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" '
            f'aria-label="{html.escape(label, quote=True)}">' + "\n".join(parts) + "</svg>")


class Scale:
    """Values to places, linear or logarithmic, with round ticks."""

    def __init__(self, values, start, end, is_log=False, margin=0.05):
        low, high = min(values), max(values)
        self.is_log, self.start, self.end = is_log, start, end
        self.low, self.high = (math.log(low), math.log(high)) if is_log else (low, high)
        wide = self.high - self.low or abs(self.high) * 0.1 or 1.0
        self.low, self.high = self.low - wide * margin, self.high + wide * margin

    def __call__(self, value):
        value = math.log(value) if self.is_log else value
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)

    def ticks(self):
        low, high = (math.exp(self.low), math.exp(self.high)) if self.is_log else (self.low, self.high)
        if self.is_log and high / low > 4:
            powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
            found = [m * 10.0 ** e for e in powers for m in (1, 2, 5) if low <= m * 10.0 ** e <= high]
            return found if len(found) <= MOST_TICKS else [t for t in found if f"{t:e}"[0] == "1"]
        step = 10.0 ** math.floor(math.log10((high - low) / LEAST_TICKS))
        step = next(s for s in (step, 2 * step, 5 * step, 10 * step) if (high - low) / s <= MOST_TICKS)
        first = math.ceil(low / step)
        return [n * step for n in range(first, math.floor(high / step) + 1)]


def legend(labels, x, y):
    parts = []
    for number, label in enumerate(labels):
        parts += [box(x, y - 8, 9, 9, number), text(x + 13, y, label)]
        x += 26 + 6.5 * len(label)
    return parts


def forest(rows, title, tick=lambda value: f"{value:g}x"):
    """A line each: an interval and its middle; rows: [(name, colour's number, middle, low, high, words)]."""
    left, width, height = 40 + 6 * max(len(row[0]) for row in rows), 780, 46 + 18 * len(rows)
    left = min(left, 320)
    rows = [(*row[:3], max(row[3], row[2] / 8), min(row[4], row[2] * 8), row[5]) for row in rows]
    scale = Scale([1.0] + [value for row in rows for value in row[2:5]], left, width - 90, is_log=True)
    parts = [text(left, 14, title, more=' font-size="13"')]
    bottom = height - 18
    for at in scale.ticks():
        parts += [line(scale(at), 22, scale(at), bottom, more=' opacity="0.15"'),
                  text(scale(at), height - 5, tick(at), "middle")]
    parts.append(line(scale(1), 22, scale(1), bottom, more=' stroke-dasharray="3,3"'))
    for number, (name, which, middle, low, high, words) in enumerate(rows):
        y = 33 + 18 * number
        shape = (line(scale(low), y, scale(high), y, colour(which), ' stroke-width="2"') +
                 box(scale(middle) - 4, y - 4, 8, 8, which))
        parts += [text(left - 8, y + 4, name[:48], "end"), titled(shape, words),
                  text(width - 4, y + 4, f"{middle:.2f}", "end")]
    return svg(width, height, parts, title)


def dots(groups, labels, title, shown, width=520, height=170):
    """Values over places in time; groups: a list of [(place, value, words)] a label."""
    points = [point for group in groups for point in group]
    if not points:
        return ""
    left, bottom = 70, height - 22
    across = Scale([point[0] for point in points], left, width - 12)
    up = Scale([point[1] for point in points], bottom, 26)
    parts = legend(labels, left, 12) + frame(up, shown, left, width)
    for number, group in enumerate(groups):
        for place, value, words in group:
            parts.append(titled(dot(across(place), up(value), number), words))
    parts.append(text(width - 12, height - 6, title, "end"))
    return svg(width, height, parts, title)


def frame(up, shown, left, width):
    parts = []
    for at in up.ticks():
        parts += [line(left, up(at), width - 12, up(at), more=' opacity="0.15"'),
                  text(left - 6, up(at) + 4, shown(at), "end")]
    return parts


def cumulative(groups, labels, title, shown, width=520, height=170):
    """The share of values up to each one."""
    values = [value for group in groups for value in group]
    if not values:
        return ""
    left, bottom = 70, height - 30
    across, parts = Scale(values, left, width - 12), legend(labels, left, 12)
    for at in across.ticks():
        parts += [line(across(at), 22, across(at), bottom, more=' opacity="0.15"'),
                  text(across(at), bottom + 13, shown(at), "middle")]
    for number, group in enumerate(groups):
        path, y = "", float(bottom)
        for count, value in enumerate(sorted(group), 1):
            path += f"{'L' if path else 'M'}{across(value):.1f} {y:.1f}"
            y = bottom - (bottom - 26) * count / len(group)
            path += f"L{across(value):.1f} {y:.1f}"
        parts.append(f'<path d="{path}" fill="none" stroke="{colour(number)}" stroke-width="1.5"/>')
    parts += [text(left - 6, 30, "100 %", "end"), text(left - 6, bottom + 4, "0 %", "end"),
              text(width - 12, height - 4, title, "end")]
    return svg(width, height, parts, title)


def bars(rows, title, shown):
    """A bar each with the least and the most; rows: [(name, number of its colour, value, least, most)]."""
    left, width, height = 320, 780, 34 + 18 * len(rows)
    scale = Scale([0.0] + [row[4] for row in rows], left, width - 90, margin=0)
    parts = [text(left, 14, title, more=' font-size="13"')]
    for number, (name, which, value, least, most) in enumerate(rows):
        y = 24 + 18 * number
        parts += [text(left - 8, y + 10, name[:48], "end"),
                  box(left, y, scale(value) - left, 12, which),
                  line(scale(least), y + 6, scale(most), y + 6), text(scale(most) + 6, y + 10, shown(value))]
    return svg(width, height, parts, title)


def steps(points, parts_of, title, shown, width=780, height=190):
    """A series over time with the level of each part; points: [(words, value)]."""
    left, bottom = 80, height - 22
    across = Scale([0, max(len(points) - 1, 1)], left, width - 12)
    up = Scale([value for _, value in points], bottom, 26)
    parts = [text(left, 14, title, more=' font-size="13"')]
    parts += frame(up, shown, left, width)
    for start, end, level in parts_of:
        parts.append(line(across(start) - 3, up(level), across(end - 1) + 3, up(level), colour(1),
                          ' stroke-width="2"'))
        if start:
            parts.append(line(across(start - 0.5), 22, across(start - 0.5), bottom, colour(3),
                              ' stroke-dasharray="4,3"'))
    for place, (words, value) in enumerate(points):
        parts.append(titled(dot(across(place), up(value), 0), words))
    if points:
        parts += [text(left, height - 6, points[0][0][:10]),
                  text(width - 12, height - 6, points[-1][0][:10], "end")]
    return svg(width, height, parts, title)
