"""The document: every run, the order, the host, and what follows from them. --export-json writes it."""
import contextlib
import json
import math
import os
import tempfile
import time

from krait.bench import estimate
from krait.bench.problems import BadFile

FORMAT, VERSION = "krait-bench", 1
OFTEN = 20  # involuntary switches a second
METRICS = ("wall", "cpu", "rss", "faults", "gc", "vm")


def value_of(run, metric):
    """What a run says for a metric; None: nothing."""
    if metric == "wall":
        return run["warm"]["wall"] if "warm" in run else run["inner"][0] if "inner" in run else run["wall"]
    if metric == "cpu":
        return run["user"] + run["system"]
    if metric == "faults":
        return run["minor"] + run["major"]
    if metric == "gc":
        return run["gc"]["seconds"] if "gc" in run else None
    return run[metric]


def values_of(side, metric):
    values = [value_of(run, metric) for run in good_runs(side)]
    return [value for value in values if value is not None]


def good_runs(side):
    return [run for run in runs_of(side) if "failure" not in run]


def runs_of(side):
    return side["runs"] if isinstance(side, dict) else side.runs


def logs_of(subject, reference, metric):
    """Of each round that has both the logarithm of reference by subject; without a reference of the value."""
    ours = {run["round"]: value_of(run, metric) for run in good_runs(subject)}
    if reference is None:
        return [math.log(value) for value in ours.values() if value]
    theirs = {run["round"]: value_of(run, metric) for run in good_runs(reference)}
    return [math.log(theirs[r] / ours[r]) for r in ours if ours[r] and theirs.get(r)]


# ---- making it
def document(session, interpreters, options, command):
    targets = [target_record(target) for target in session.targets]
    host = session.host.record()
    warnings = [*session.host.warnings(), *interruptions(targets)]
    made = {
        "format": FORMAT, "version": VERSION, "date": time.strftime("%Y-%m-%dT%H:%M:%S%z"),
        "command": command,
        "seed": options.seed, "metric": options.metric, "rounds": session.rounds, "looks": len(session.looks),
        "interrupted": session.interrupted, "check_output": options.check_output, "inner": options.inner,
        "launcher": session.launcher.is_program, "host": host, "reliable": not host["reasons"],
        "warnings": warnings, "interpreters": [it.record() for it in interpreters], "targets": targets}
    return made


def interruptions(targets):
    """Was the processor taken from the runs more often than a machine with nothing else to do would?"""
    runs = [run for target in targets for side in target["sides"] for run in side["runs"]]
    seconds = math.fsum(run["wall"] for run in runs)
    rate = sum(run["involuntary"] for run in runs) / seconds if seconds else 0
    if rate > OFTEN:
        yield f"the processor was taken from the runs {rate:.0f} times a second"


def target_record(target):
    return {"name": target.name, "kind": target.kind, "words": target.words, "parameters": target.parameters,
            "cold": target.cold, "sides": [side_record(side) for side in target.sides]}


def side_record(side):
    return {"label": side.label, "command": side.command, "failure": side.failure, "warmups": side.warmups,
            "runs": side.runs, "collections": side.collections}


def conclude(made):
    """Adds what follows from the runs: `results` to each target, `summary` to the document."""
    metric, rows = made["metric"], []
    for target in made["targets"]:
        subject, target["results"] = target["sides"][0], []
        for side in target["sides"][1:]:
            logs = logs_of(subject, side, metric)
            if subject["failure"] or side["failure"] or not logs:
                continue
            row = {"against": side["label"], "metric": metric, **estimate.estimate(logs), "memory": memory_ratio(subject, side)}
            target["results"].append(row)
            rows.append(row)
    estimate.judge(rows, made["looks"])
    made["summary"] = summary(made, metric)
    return made


def memory_ratio(subject, side):
    ours, theirs = values_of(subject, "rss"), values_of(side, "rss")
    return estimate.median(ours) / estimate.median(theirs) if ours and theirs else None


def summary(made, metric):
    labels = dict.fromkeys(row["against"] for target in made["targets"] for row in target["results"])
    result = []
    for label in labels:
        groups, memory, worst = [], [], None
        for target in made["targets"]:
            for row in target["results"]:
                if row["against"] == label:
                    side = next(s for s in target["sides"] if s["label"] == label)
                    groups.append(logs_of(target["sides"][0], side, metric))
                    memory.append(row["memory"])
                    worst = min(worst or (row["ratio"], target["name"]), (row["ratio"], target["name"]))
        ratio, low, high = estimate.geometric_mean(groups)
        memory = [math.log(value) for value in memory if value]
        result.append({"against": label, "targets": len(groups), "ratio": ratio, "low": low, "high": high,
                       "slowest": list(worst),
                       "memory": math.exp(sum(memory) / len(memory)) if memory else None})
    return result


def failures(made):
    """(target, side's label, why) of all that was not measured to the end."""
    return [(target["name"], side["label"], side["failure"])
            for target in made["targets"] for side in target["sides"] if side["failure"]]


# ---- files
def write_whole(path, text):
    """Writes a file so that nobody sees a part of it."""
    folder = os.path.dirname(os.path.abspath(path))
    if os.path.exists(path) and not os.path.isfile(path):  # /dev/stdout
        with open(path, "w") as file:
            file.write(text)
        return
    try:
        handle, made = tempfile.mkstemp(prefix=".bench-", dir=folder)
        try:
            with os.fdopen(handle, "w") as file:
                os.fchmod(handle, 0o644)
                file.write(text)
            os.replace(made, path)
        except BaseException:
            with contextlib.suppress(FileNotFoundError):  # Ctrl-C just behind the replacing
                os.unlink(made)
            raise
    except OSError as error:
        raise BadFile(f"{path}: {error.strerror}") from None


def write(path, made):
    """The document as JSON; a .jsonl file grows by a line."""
    if path.endswith(".jsonl"):
        try:
            with open(path, "a") as file:
                file.write(json.dumps(made) + "\n")
        except OSError as error:
            raise BadFile(f"{path}: {error.strerror}") from None
    else:
        write_whole(path, json.dumps(made) + "\n")


def read_all(path):
    """The documents of a file, which has one, or one a line."""
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read()
    except (OSError, UnicodeDecodeError) as error:
        raise BadFile(f"{path}: {getattr(error, 'strerror', None) or 'not text'}") from None
    try:
        made = [json.loads(text)]
    except ValueError:
        made = parse_lines(path, text)
    for document in made:
        if not isinstance(document, dict) or document.get("format") != FORMAT:
            raise BadFile(f"{path} is not written by krait bench")
        if document.get("version", 0) > VERSION:
            raise BadFile(f"{path} is of version {document['version']}; this krait reads up to {VERSION}")
    return made


def parse_lines(path, text):
    try:
        made = [json.loads(line) for line in text.splitlines() if line.strip()]
    except ValueError:
        made = []
    if not made:
        raise BadFile(f"{path} is not written by krait bench")
    return made


def read(path):
    """The last document of a file."""
    made = read_all(path)[-1]
    return made if "summary" in made else conclude(made)
