"""The files of krait bench: what its exports hold, compare, gate and history of its own."""
import copy
import csv
import html.parser
import json
import os
import tempfile
import xml.etree.ElementTree

from _bench import KRAIT, SIDES, STEADY, bench, here, load, save

EXPORTS = ("json", "pyperf", "hyperfine", "csv", "markdown", "html", "svg")


def made_in(folder):
    """A session's exports: {form: path}."""
    paths = {form: os.path.join(folder, "made." + form) for form in EXPORTS}
    words = [word for form, path in paths.items() for word in ("--export-" + form, path)]
    status, said = bench("-c", "print(\n  sum(range(1000)))", "-n", "a|b <c>", "-c",
                         "import sys; sys.exit(sys.implementation.name != 'krait')", "-L", "N", "5", *SIDES,
                         "-r", "10", "-w", "2", *words, by=KRAIT)
    assert status == 1, said  # CPython ends the second one badly
    return paths


def own(made):
    assert made["format"] == "krait-bench" and made["version"] == 1 and made["rounds"] == 10
    assert made["host"]["looks"][0]["loop"] > 0.02 and made["host"]["processors"] and made["host"]["cpu"]
    assert [it["kind"] for it in made["interpreters"]] == ["krait", "cpython"]
    first, second = made["targets"]
    assert first["name"] == "a|b <c>" and len(first["sides"][0]["runs"]) == 10
    assert len(first["sides"][0]["warmups"]) == 2
    run = first["sides"][0]["runs"][0]
    assert {"wall", "user", "system", "rss", "minor", "major", "involuntary", "round", "position", "seed",
            "output", "code"} <= set(run), run
    assert 1000 < run["rss"] < 30_000 and run["wall"] > 0 and run["minor"] > 0
    row = first["results"][0]
    assert {"against", "ratio", "low", "high", "p", "p_holm", "verdict", "detectable", "memory",
            "outliers"} <= set(row)
    assert row["low"] <= row["ratio"] <= row["high"] and row["rounds"] == 10
    assert second["results"] == [] and second["sides"][1]["failure"].startswith("exit status 1")


def pyperf(folder):
    """A file for each interpreter; the fields that pyperf reads."""
    for label, count in (("krait", 2), ("python3.11", 1)):
        made = load(os.path.join(folder, f"made-{label}.pyperf"))
        assert made["version"] == "1.0" and len(made["benchmarks"]) == count
        benchmark = made["benchmarks"][0]
        metadata = benchmark["metadata"]
        assert metadata["name"] == "a|b <c>" and metadata["unit"] == "second" and metadata["loops"] == 1
        assert {"python_version", "command_max_rss", "cpu_model_name", "hostname"} <= set(metadata), metadata
        assert not any("\n" in value for value in metadata.values() if isinstance(value, str)), metadata
        assert len(benchmark["runs"]) == 10
        for run in benchmark["runs"]:
            assert len(run["values"]) == 1 and run["values"][0] > 0
            assert {"date", "duration", "mem_max_rss"} <= set(run["metadata"])
        assert len(benchmark["runs"][0]["warmups"]) == 2 and benchmark["runs"][0]["warmups"][0][0] == 1


def hyperfine(made):
    assert set(made) == {"results"} and len(made["results"]) == 3
    for row in made["results"]:
        assert set(row) == {"command", "mean", "stddev", "median", "user", "system", "min", "max", "times",
                            "exit_codes", "memory_usage_byte", "parameters"}
        assert len(row["times"]) == len(row["exit_codes"]) == len(row["memory_usage_byte"]) == 10
        assert row["min"] <= row["median"] <= row["max"] and row["parameters"] == {"N": "5"}


class Page(html.parser.HTMLParser):
    """Notes the tags, and that they are closed in order."""

    def __init__(self):
        super().__init__()
        self.open, self.seen, self.texts = [], set(), []

    def handle_starttag(self, tag, attributes):
        self.seen.add(tag)
        assert not {name for name, _ in attributes} & {"src", "href", "onclick", "onload"}, attributes
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag

    def handle_data(self, data):
        self.texts.append(data)


def pages(paths):
    with open(paths["html"]) as file:
        text = file.read()
    page = Page()
    page.feed(text)
    assert page.open == [] and {"table", "svg", "style"} <= page.seen and "script" not in page.seen
    assert "default-src 'none'" in text and "a|b <c>" in "".join(page.texts) and len(text) < 200_000
    root = xml.etree.ElementTree.parse(paths["svg"]).getroot()
    assert root.tag.endswith("svg") and len(root) > 5
    with open(paths["csv"], newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 12 + 12 + 12 + 1 and rows[0]["target"] == "a|b <c>" and rows[0]["warmup"] == "1"
    assert float(rows[5]["wall"]) > 0 and rows[-1]["failure"].startswith("exit status 1")
    with open(paths["markdown"]) as file:
        table = [line for line in file.read().split("\n") if line.startswith("|")]
    assert {line.replace("\\|", "").count("|") for line in table} == {9} and len(table) == 6, table


# ---- documents that are made, so that no machine decides
def document(times, references=(), name="t", date="2026-01-01T00:00:00+0000", loop=0.05, version="1"):
    """Of one target, each run's seconds given."""
    def side(label, values):
        runs = [{"wall": value, "user": value, "system": 0.0, "rss": 9000, "minor": 5, "major": 0,
                 "voluntary": 0, "involuntary": 0, "code": 0, "round": number, "position": number, "seed": 1,
                 "time": 0.0,
                 "output": "x"} for number, value in enumerate(values)]
        return {"label": label, "command": [label], "failure": None, "warmups": [], "runs": runs,
                "collections": None}
    sides = [side("krait", times)] + ([side("other", references)] if references else [])
    look = {"run": 0, "time": 0.0, "loop": loop, "load": 0.0, "ticks": 0, "stolen": 0, "throttled": None}
    return {"format": "krait-bench", "version": 1, "date": date, "command": "krait bench", "seed": 1,
            "metric": "wall", "rounds": len(times), "looks": 1, "interrupted": False,
            "check_output": "exact", "inner": None,
            "launcher": True, "reliable": True, "warnings": [],
            "host": {"name": "h", "system": "s", "processors": 1, "cpu": "c", "governor": None, "turbo": None,
                     "smt": None, "aslr": None, "looks": [look], "reasons": []},
            "interpreters": [{"label": s["label"], "command": [s["label"]], "version": version, "kind": "k",
                              "executable": "x", "python_version": "3.11.2"} for s in sides],
            "targets": [{"name": name, "kind": "code", "words": ["t"], "parameters": {}, "cold": False,
                         "sides": sides}]}


def wavy(level, count=20):
    return [level * (1 + 0.002 * ((7 * n) % 5 - 2)) for n in range(count)]


def gate(folder):
    def path(name, made):
        return save(os.path.join(folder, name + ".json"), made)
    old = path("old", document(wavy(1.0)))
    for name, made, status, message in (
            ("same", document(wavy(1.001)), 0, "no difference"),
            ("little", document(wavy(1.02)), 0, "slower"),
            ("slow", document(wavy(1.05)), 1, "t: 5.0 % slower; the limit is 3 %"),
            ("fast", document(wavy(0.8)), 0, "faster"),
            ("machine", document(wavy(1.05), loop=0.06), 4, "other than it was"),
            ("few", document(wavy(1.05, 1)), 0, "too few rounds")):
        status_now, said = here("gate", old, path(name, made))
        assert status_now == status and message in said, (name, status_now, said)
        assert here("gate", old, path(name, made), "--max-regress", "30%")[0] in (0, 4)
    unsteady = document(wavy(1.0))
    unsteady["host"]["reasons"] = ["so it was"]
    assert here("gate", old, path("unsteady", unsteady))[0] == 4
    other = document(wavy(1.0))
    for run in other["targets"][0]["sides"][0]["runs"]:
        run["output"] = "y"
    status, said = here("gate", old, path("other", other))
    assert status == 1 and "the output is another" in said
    failed = document(wavy(1.0), wavy(2.0))
    failed["targets"][0]["sides"][1]["failure"] = "died of SIGSEGV"
    status, said = here("gate", old, path("failed", failed))
    assert status == 1 and "died of SIGSEGV" in said, said
    # with a common reference the machine's speed does not matter
    before = path("before", document(wavy(1.0), wavy(3.0)))
    status, said = bench("gate", before, path("after", document(wavy(1.5), wavy(4.5), loop=0.075)), by=KRAIT)
    assert status == 0 and "by the ratio to other" in said, said
    status, said = here("compare", before, path("after", document(wavy(1.5), wavy(4.0), loop=0.075)))
    assert status == 0 and "slower" in said and "0.889x" in said, said
    assert here("gate", path("alone", document(wavy(1.0), wavy(3.0))))[0] == 0
    assert here("gate", path("alone", document(wavy(1.0), wavy(0.9))))[0] == 1
    larger = document(wavy(1.0))
    for run in larger["targets"][0]["sides"][0]["runs"]:
        run["rss"] = 12000
    status, said = here("gate", old, path("larger", larger), "--metric", "rss")
    assert status == 1 and "0.750x [0.750, 0.750] more" in said and "33.3 % more" in said, said
    status, said = here("gate", old, path("strange", document(wavy(1.0), name="u")))
    assert status == 2 and "no target in common" in said, said


def bad_files(folder):
    good = save(os.path.join(folder, "good.json"), document(wavy(1.0)))
    for text in ("", "{", "[]", '{"format": "other"}', '{"format": "krait-bench", "version": 2}', "\0\xff"):
        path = os.path.join(folder, "bad.json")
        with open(path, "w", encoding="latin-1") as file:
            file.write(text)
        assert here("compare", good, path)[0] == 3, text
    assert here("compare", good, os.path.join(folder, "none.json"))[0] == 3
    status, said = here("-c", "pass", "-r", "1", "--export-json", os.path.join(folder, "no", "where.json"))
    assert status == 3 and "cannot be written" in said, said
    assert here("-c", "pass", "-r", "1", "--baseline", os.path.join(folder, "none.json"))[0] == 3


def baseline(folder):
    path = os.path.join(folder, "base.json")
    words = ["-c", "import time; time.sleep(0.02)", *SIDES, "-r", "8", "--no-collections"]
    assert bench(*words, "--export-json", path)[0] in STEADY
    made = load(path)
    for run in made["targets"][0]["sides"][0]["runs"]:
        run["wall"] /= 4
    save(path, made)
    status, said = bench(*words, "--baseline", path)
    assert status == (4 if "unreliable" in said else 1) and "against the baseline" in said, said
    assert "slower" in said.partition("against the baseline")[2], said


def history(folder):
    path, page = os.path.join(folder, "history.jsonl"), os.path.join(folder, "history.html")
    with open(path, "w") as file:
        for day in range(1, 21):
            level = 1.0 if day < 11 else 1.1
            level *= 1 + 0.004 * ((3 * day) % 5 - 2)
            level *= 1.5 if day == 5 else 1  # a single one is no step
            file.write(json.dumps(document(wavy(level, 5), date=f"2026-01-{day:02}T00:00:00+0000")) + "\n")
    status, said = bench("history", path, "--export-html", page, by=KRAIT)
    lines = said.split("\n")
    assert status == 0 and "20 runs" in lines[0] and "2026-01-11" in lines[1] and "% slower" in lines[1], said
    assert sum("slower" in line or "faster" in line for line in lines) == 1, said
    reader = Page()
    with open(page) as file:
        reader.feed(file.read())
    assert reader.open == []
    grown = os.path.join(folder, "grown.jsonl")
    for _ in range(2):
        assert bench("-c", "pass", *SIDES, "-r", "1", "--no-collections", "--export-json", grown)[0] in STEADY
    status, said = here("history", grown)
    assert status == 0 and "2 runs" in said and "needs 3 runs" in said, said


def main():
    with tempfile.TemporaryDirectory() as folder:
        paths = made_in(folder)
        made = load(paths["json"])
        own(copy.deepcopy(made))
        pyperf(folder)
        hyperfine(load(paths["hyperfine"]))
        pages(paths)
        for check in (gate, bad_files, baseline, history):
            check(folder)


if __name__ == "__main__":
    main()
