"""Files for others: pyperf 1.0, hyperfine, CSV, Markdown; the page and the chart are in page.py."""
import csv
import io
import json
import math
import os
import shlex
import time

from krait.bench import page, results
from krait.bench.estimate import median
from krait.bench.problems import Usage
from krait.bench.text import amount, interval_text, judgement, p_text, ratio_text

COLUMNS = ("target", "interpreter", "round", "position", "warmup", "wall", "user", "system", "rss", "minor",
           "major", "voluntary", "involuntary", "code", "failure")


def write_all(made, options):
    if options.export_json:
        results.write(options.export_json, made)
    for form, maker in (("hyperfine", hyperfine), ("csv", table), ("markdown", markdown), ("html", page.page),
                        ("svg", page.forest)):
        path = getattr(options, "export_" + form)
        if path:
            results.write_whole(path, maker(made))
    if options.export_pyperf:
        write_pyperf(options.export_pyperf, made)


# ---- pyperf: a file for each interpreter
def write_pyperf(path, made):
    labels = list(dict.fromkeys(side["label"] for target in made["targets"] for side in target["sides"]))
    stem, ending = os.path.splitext(path)
    for label in labels:
        text = pyperf(made, label)
        if text is None:
            continue  # it failed everywhere: pyperf has no file without values
        clean = "".join(c if c.isalnum() or c in "-_." else "-" for c in label)
        results.write_whole(path if len(labels) == 1 else f"{stem}-{clean}{ending or '.json'}", text)


def pyperf(made, label):
    metric = made["metric"]
    if metric not in ("wall", "cpu"):
        raise Usage(f"--export-pyperf is for times, not for {metric}")
    benchmarks = [pyperf_benchmark(made, target, side) for target in made["targets"]
                  for side in target["sides"]
                  if side["label"] == label and any(results.values_of(side, metric))]
    return json.dumps({"version": "1.0", "benchmarks": benchmarks}, indent=1) + "\n" if benchmarks else None


def pyperf_benchmark(made, target, side):
    known = {it["label"]: it for it in made["interpreters"]}.get(side["label"], {})
    host, memory = made["host"], results.values_of(side, "rss")
    metadata = {"name": target["name"], "unit": "second", "loops": 1, "command": shlex.join(side["command"]),
                "cpu_model_name": host["cpu"], "hostname": host["name"], "platform": host["system"],
                "cpu_count": host["processors"],
                "load_avg_1min": host["looks"][0]["load"] if host["looks"] else 0.0}
    if memory:
        metadata["command_max_rss"] = max(memory) * 1024
    if host["aslr"]:
        metadata["aslr"] = {"full": "Full randomization", "partial": "Conservative randomization",
                            "off": "No randomization"}[host["aslr"]]
    if known:
        metadata.update(python_version=known["python_version"], python_implementation=known["kind"],
                        python_executable=known["executable"])
    runs = [pyperf_run(run, made["metric"]) for run in results.good_runs(side)
            if results.value_of(run, made["metric"])]
    warmups = [[1, results.value_of(run, made["metric"])] for run in side["warmups"] if "failure" not in run]
    if warmups:
        runs[0]["warmups"] = warmups + runs[0].get("warmups", [])
    return {"metadata": in_one_line(metadata), "runs": runs}


def in_one_line(metadata):
    """Texts without line ends, and nothing that is empty: pyperf refuses both."""
    joined = {name: " ".join(v.split()) if isinstance(v, str) else v for name, v in metadata.items()}
    return {name: value for name, value in joined.items() if value not in (None, "")}


def pyperf_run(run, metric):
    started = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(run["time"]))
    started += f".{int(run['time'] % 1 * 1e6):06}"
    made = {"metadata": {"date": started, "duration": run["wall"]}, "values": [results.value_of(run, metric)]}
    if run["rss"]:
        made["metadata"]["mem_max_rss"] = run["rss"] * 1024
    if metric == "wall" and "inner" in run:
        start = run.get("warm", {}).get("from") or 0
        made["values"] = run["inner"][start:]
        made["warmups"] = [[1, value] for value in run["inner"][:start]]
    return made


# ---- hyperfine
def hyperfine(made):
    rows = [hyperfine_row(made, target, side) for target in made["targets"] for side in target["sides"]
            if results.good_runs(side)]
    return json.dumps({"results": rows}, indent=2) + "\n"


def hyperfine_row(made, target, side):
    runs = results.good_runs(side)
    times = [results.value_of(run, "wall") for run in runs]
    mean = math.fsum(times) / len(times)
    squares = math.fsum((value - mean) ** 2 for value in times)
    return {
        "command": shlex.join(side["command"]), "mean": mean,
        "stddev": math.sqrt(squares / (len(times) - 1)) if len(times) > 1 else None,
        "median": median(times), "user": math.fsum(run["user"] for run in runs) / len(runs),
        "system": math.fsum(run["system"] for run in runs) / len(runs), "min": min(times), "max": max(times),
        "times": times, "memory_usage_byte": [(run["rss"] or 0) * 1024 for run in runs],
        "exit_codes": [run["code"] for run in runs], "parameters": target["parameters"]}


# ---- tables
def table(made):
    """Every run, a line each."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, extrasaction="ignore", restval="", lineterminator="\n")
    writer.writeheader()
    for target in made["targets"]:
        for side in target["sides"]:
            for warmup, runs in ((1, side["warmups"]), (0, side["runs"])):
                for run in runs:
                    writer.writerow({**run, "target": target["name"], "interpreter": side["label"],
                                     "warmup": warmup})
    return out.getvalue()


def cell(text):
    return str(text).replace("|", "\\|").replace("\n", " ")


def markdown(made):
    metric = made["metric"]
    lines = [f"| program | interpreter | {metric}, median | peak memory | ratio | 95 % interval | p | |",
             "|---|---|---|---|---|---|---|---|"]
    for target in made["targets"]:
        rows = {row["against"]: row for row in target["results"]}
        for side in target["sides"]:
            lines.append(markdown_row(target, side, rows.get(side["label"]), metric))
    lines += ["", *host_remarks(made)]
    return "\n".join(lines) + "\n"


def markdown_row(target, side, row, metric):
    values, memory = results.values_of(side, metric), results.values_of(side, "rss")
    cells = [target["name"], side["label"]]
    if side["failure"]:
        return "| " + " | ".join(map(cell, cells + ["FAILED", "", "", "", "", side["failure"]])) + " |"
    cells += [amount(median(values), metric) if values else "",
              amount(median(memory), "rss") if memory else ""]
    if row:
        cells += [ratio_text(row), interval_text(row), p_text(row["p_holm"])[2:], judgement(row)]
    else:
        cells += [""] * 4
    return "| " + " | ".join(map(cell, cells)) + " |"


def host_remarks(made):
    host = made["host"]
    for row in made["summary"]:
        yield (f"Geometric mean against {row['against']}: {row['ratio']:.3f}x "
               f"[{row['low']:.3f}, {row['high']:.3f}] of {row['targets']}.")
    yield (f"{host['cpu']}, {host['processors']} processors, {host['system']}; {made['rounds']} rounds, seed "
           f"{made['seed']}, {made['date']}" + (", interrupted" if made["interrupted"] else "") + ".")
    for it in made["interpreters"]:
        yield f"{it['label']}: {it['version']}."
    for reason in host["reasons"]:
        yield f"**Unreliable**: {reason}."
