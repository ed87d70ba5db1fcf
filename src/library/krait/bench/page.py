"""The page of a document: one file without requests or scripts; and its chart of ratios alone."""
import html
import math

from krait.bench import charts, results
from krait.bench.estimate import median
from krait.bench.text import amount, interval_text, judgement, p_text, ratio_text, row_text

STYLE = """
:root { color-scheme: light dark; --line: #8884; --back: #fff; --front: #1d2126; --soft: #f4f5f7; }
@media (prefers-color-scheme: dark) { :root { --back: #16191d; --front: #dfe3e8; --soft: #20252b; } }
body { font: 14px/1.45 system-ui, sans-serif; color: var(--front); background: var(--back);
       margin: 1.5rem auto; max-width: 1120px; padding: 0 1rem; }
h1 { font-size: 1.35rem; } h2 { font-size: 1.05rem; margin: 1.6rem 0 .4rem; }
table { border-collapse: collapse; width: 100%; } .wide { overflow-x: auto; }
th, td { text-align: left; padding: .25rem .6rem; border-bottom: 1px solid var(--line); white-space: nowrap; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
.bad, .faster, .slower { font-weight: 600; }
.bad { color: #c03535; } .faster { color: #22804f; } .slower { color: #b4622a; }
.pair { display: flex; flex-wrap: wrap; gap: 1rem; } svg { max-width: 100%; height: auto; }
details { background: var(--soft); padding: .4rem .8rem; border-radius: 6px; margin: .5rem 0; }
.note { opacity: .75; }
"""


def whole(title, parts):
    """A page: nothing is fetched, nothing runs."""
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return ('<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
            f"<title>{html.escape(title)}</title>"
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f"<style>{STYLE}</style></head>\n<body>"
            + "\n".join(parts) + "</body></html>\n")


def labels_of(made):
    return list(dict.fromkeys(side["label"] for target in made["targets"] for side in target["sides"]))


def page(made):
    metric, labels = made["metric"], labels_of(made)
    title = "krait bench: " + ", ".join(labels)
    parts = [f"<h1>{html.escape(title)}</h1>", *remarks(made), table(made), ratios(made, labels),
             memory(made, labels), host_chart(made)]
    for target in made["targets"]:
        parts += [f"<h2>{html.escape(target['name'])}</h2>", '<div class="pair">', over_time(target, metric),
                  distribution(target, metric), "</div>"]
    return whole(title, parts + [details(made)])


def remarks(made):
    for reason in made["host"]["reasons"]:
        yield f'<p class="bad">Unreliable: {html.escape(reason)}</p>'
    if made["interrupted"]:
        yield '<p class="bad">Interrupted: fewer rounds than were asked for.</p>'
    for row in made["summary"]:
        if row["targets"] > 1:
            yield (f"<p>Geometric mean against {html.escape(row['against'])}: <b>{row['ratio']:.3f}x</b> "
                   f"[{row['low']:.3f}, {row['high']:.3f}] of {row['targets']} programs</p>")


def table(made):
    head = ("program", "interpreter", made["metric"] + ", median", "least", "peak memory", "ratio",
            "95 % interval", "p", "")
    rows = ["<tr>" + "".join(f"<th>{cell}</th>" for cell in head) + "</tr>"]
    for target in made["targets"]:
        found = {row["against"]: row for row in target["results"]}
        rows += [table_row(target, side, found.get(side["label"]), made["metric"])
                 for side in target["sides"]]
    return '<div class="wide"><table>' + "\n".join(rows) + "</table></div>"


def table_row(target, side, row, metric):
    cells = [(target["name"], ""), (side["label"], "")]
    values, rss = results.values_of(side, metric), results.values_of(side, "rss")
    if side["failure"]:
        cells += [("failed: " + side["failure"], ' class="bad" colspan="7"')]
    else:
        number = ' class="number"'
        cells += [(amount(median(values), metric) if values else "", number),
                  (amount(min(values), metric) if values else "", number),
                  (amount(median(rss), "rss") if rss else "", number)]
        if row:
            more = f' class="{row["verdict"]}"' if row["verdict"] in ("faster", "slower") else ""
            cells += [(ratio_text(row), number), (interval_text(row), number),
                      (p_text(row["p_holm"])[2:], number), (judgement(row), more)]
        else:
            cells += [("", "")] * 4
    return "<tr>" + "".join(f"<td{more}>{html.escape(words)}</td>" for words, more in cells) + "</tr>"


def forest_rows(made, labels):
    several = len(labels) > 2
    rows = []
    for target in made["targets"]:
        for row in target["results"]:
            name = target["name"] + (f" · {row['against']}" if several else "")
            words = f"{name}: {row_text(row)}, {row['rounds']} rounds"
            rows.append((name, labels.index(row["against"]), row["ratio"], row["low"], row["high"], words))
    for row in made["summary"]:
        if row["targets"] > 1:
            name = "geometric mean" + (f" · {row['against']}" if several else "")
            rows.append((name, 5, row["ratio"], row["low"], row["high"], f"{name}: {row['ratio']:.3f}x"))
    return rows


def forest(made):
    """The ratios alone, as SVG."""
    labels = labels_of(made)
    rows = forest_rows(made, labels)
    subject = labels[0] if labels else ""
    than = f" than {labels[1]}" if len(labels) == 2 else ""
    if not rows:
        return charts.svg(300, 30, [charts.text(10, 20, "no ratios")], "none")
    return charts.forest(rows, f"{made['metric']}: above 1, {subject} is better{than}") + "\n"


def ratios(made, labels):
    return "<h2>Ratios</h2>" + forest(made) if forest_rows(made, labels) else ""


def memory(made, labels):
    rows = []
    for target in made["targets"]:
        for side in target["sides"]:
            rss = results.values_of(side, "rss")
            if rss:
                name = f"{target['name']} · {side['label']}"
                rows.append((name, labels.index(side["label"]), median(rss), min(rss), max(rss)))
    shown = charts.bars(rows, "peak memory, the line from the least to the most",
                        lambda kb: amount(kb, "rss"))
    return "<h2>Memory</h2>" + shown if rows else ""


def host_chart(made):
    looks = made["host"]["looks"]
    if len(looks) < 2:
        return ""
    points = [(look["run"], look["loop"],
               f"after run {look['run']}: {look['loop'] * 1e3:.2f} ms, load {look['load']:.1f}")
              for look in looks]
    return "<h2>The machine</h2>" + charts.dots([points], ["a loop of the processor"], "after so many runs",
                                                lambda value: amount(value, "wall"))


def over_time(target, metric):
    groups = []
    for side in target["sides"]:
        values = [(run, results.value_of(run, metric)) for run in results.good_runs(side)]
        label = side["label"]
        groups.append([(run["position"], value, f"{label}, round {run['round']}: {amount(value, metric)}")
                       for run, value in values if value is not None])
    return charts.dots(groups, [side["label"] for side in target["sides"]], "runs in the order of time",
                       lambda value: amount(value, metric))


def distribution(target, metric):
    groups = [results.values_of(side, metric) for side in target["sides"]]
    return charts.cumulative(groups, [side["label"] for side in target["sides"]],
                             "share of runs up to a value", lambda value: amount(value, metric))


def details(made):
    host = made["host"]
    words = [made["command"], f"{made['date']}, seed {made['seed']}, {made['rounds']} rounds",
             f"{host['cpu']}, {host['processors']} processors, {host['system']}",
             f"governor {host['governor'] or 'not told'}, turbo {told(host['turbo'])}, "
             f"SMT {told(host['smt'])}, address space {host['aslr'] or 'not told'}"]
    words += [f"{it['label']}: {it['version']} ({it['executable']})" for it in made["interpreters"]]
    lines = "".join(f"<p>{html.escape(word)}</p>" for word in words)
    return f"<details open><summary>How</summary>{lines}</details>"


def told(value):
    return "not told" if value is None else "on" if value else "off"


def history_page(series, metric):
    parts = ["<h1>krait bench: history</h1>"]
    for one in series:
        parts_of = [(a, b, math.exp(median(one.logs[a:b]))) for a, b in one.parts]
        title = one.name + (f", times {one.relative}" if one.relative else "")
        shown = (lambda value: f"{value:.3g}") if one.relative else (lambda value: amount(value, metric))
        parts.append(charts.steps([(date, value) for date, value, _ in one.points], parts_of, title, shown))
    return whole("krait bench: history", parts)
