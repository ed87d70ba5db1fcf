"""CSV: write a table, read it back by csv and by hand, group it, and compute means, deviations, medians,
correlation.
"""
import csv
import io
import statistics
import sys


def make_table(n):
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["id", "city", "group", "height", "weight", "note"])
    seed = 3
    cities = ["Oslo", "Lima", "Kyiv", "Cairo, old", 'The "Hague"']
    for i in range(n):
        seed = (seed * 48271) % 2147483647
        height = 150 + seed % 500 / 10
        writer.writerow([i, cities[seed % 5], seed % 7, "%.1f" % height,
                         "%.2f" % (height * 0.5 + seed % 97 / 10), "n%d" % (seed % 13)])
    return out.getvalue()


def split_line(line):
    """One record by hand: commas, quotes, doubled quotes."""
    fields, field, quoted, i = [], "", False, 0
    while i < len(line):
        c = line[i]
        if quoted:
            if c == '"':
                if line[i + 1:i + 2] == '"':
                    field += '"'
                    i += 1
                else:
                    quoted = False
            else:
                field += c
        elif c == '"':
            quoted = True
        elif c == ",":
            fields.append(field)
            field = ""
        else:
            field += c
        i += 1
    fields.append(field)
    return fields


def correlation(xs, ys):
    n = len(xs)
    mx, my = sum(xs) / n, sum(ys) / n
    top = sum((x - mx) * (y - my) for x, y in zip(xs, ys))
    return top / (sum((x - mx) ** 2 for x in xs) * sum((y - my) ** 2 for y in ys)) ** 0.5


def main(n):
    text = make_table(n)
    rows = list(csv.DictReader(io.StringIO(text)))
    by_hand = [split_line(line) for line in text.split("\r\n")[1:-1]]
    assert [list(row.values()) for row in rows] == by_hand
    groups = {}
    for row in rows:
        groups.setdefault((row["city"], int(row["group"])),
                          []).append((float(row["height"]), float(row["weight"])))
    heights = [float(row["height"]) for row in rows]
    weights = [float(row["weight"]) for row in rows]
    print("rows", len(rows), "groups", len(groups))
    print("mean %.6f median %.3f" % (sum(heights) / n, statistics.median(heights)))
    print("deviation %.6f" % statistics.pstdev(heights[:n // 10]),
          "correlation %.9f" % correlation(heights, weights))
    best = max(groups.items(), key=lambda item: sum(w for _, w in item[1]) / len(item[1]))
    print("heaviest", best[0], len(best[1]), "tallest", max(groups, key=lambda k: max(groups[k])))
    print("notes", sorted({row["note"] for row in rows})[:4], "bytes", len(text))


main(int(sys.argv[1]) if len(sys.argv) > 1 else 45000)
