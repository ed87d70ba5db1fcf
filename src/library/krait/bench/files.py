"""Documents against each other: compare, gate, history.

Two documents are independent samples: an hour or a commit lies between them, so the machine may have changed.
Where both have been compared with the same third interpreter, its ratio in each round takes the machine out.
"""
import math

from krait.bench import estimate, history, page, results
from krait.bench.problems import OK, REGRESSED, UNRELIABLE, Usage
from krait.bench.text import judgement, row_text

LOOPS_DIFFER = 0.03  # the loop of the processor, between two documents


def common_reference(old, new):
    """The label of an interpreter that both documents compare with, the same version of it; or None."""
    def references(made):
        labels = {side["label"] for target in made["targets"] for side in target["sides"][1:]}
        return {(it["label"], it["version"]) for it in made["interpreters"] if it["label"] in labels}
    shared = sorted(references(old) & references(new))
    return shared[0][0] if shared else None


def side_of(target, label):
    return next((side for side in target["sides"] if side["label"] == label and not side["failure"]), None)


def sample(target, reference, metric):
    """Logarithms of what the first side cost, in each round; by the reference's cost if there is one."""
    side = side_of(target, reference) if reference else None
    if reference and side is None:
        return []
    logs = results.logs_of(target["sides"][0], side, metric)
    return [-value for value in logs] if reference else logs


def pairs(old, new):
    before = {target["name"]: target for target in old["targets"]}
    return [(before[target["name"]], target) for target in new["targets"] if target["name"] in before]


def compare(old, new, metric):
    """(rows, groups): of each common target how new stands to old; ratio above 1: new is faster."""
    reference, rows, groups = common_reference(old, new), [], []
    for before, after in pairs(old, new):
        samples = [sample(target, reference, metric) for target in (before, after)]
        if not all(samples) or before["sides"][0]["failure"] or after["sides"][0]["failure"]:
            continue
        row = estimate.compare(samples[1], samples[0])
        rows.append({"name": after["name"], "metric": metric, **row})
        groups.append(samples)
    estimate.judge(rows)
    return rows, groups


def mean_of(groups):
    """(geometric mean of old by new, low, high), from the samples of each target."""
    sums = [0.0] * estimate.ROUNDS
    middle, count = 0.0, len(groups)
    for number, (old, new) in enumerate(groups):
        middle += (estimate.median(old) - estimate.median(new)) / count
        for sign, values in ((1, old), (-1, new)):
            drawn = estimate.medians(values, 2 + number) if len(values) > 1 else [values[0]] * estimate.ROUNDS
            sums = [a + sign * b / count for a, b in zip(sums, drawn)]
    low, high = estimate.bounds(sums)
    return math.exp(middle), math.exp(low), math.exp(high)


def doubts(old, new, reference):
    """Why the two cannot be compared, in words."""
    for name, made in (("the first", old), ("the second", new)):
        for reason in made["host"]["reasons"]:
            yield f"{name} file: {reason}"
    loops = [made["host"]["looks"][0]["loop"] for made in (old, new) if made["host"]["looks"]]
    if reference is None and len(loops) == 2:
        if old["host"]["cpu"] != new["host"]["cpu"]:
            yield f"other processors: {old['host']['cpu']}, {new['host']['cpu']}"
        elif abs(moved := loops[1] / loops[0] - 1) > LOOPS_DIFFER:
            yield f"the machine is {abs(moved) * 100:.1f} % other than it was, by a loop of the processor"


def output_of(target):
    """The one output that all runs of the first side had, or None."""
    outputs = {run.get("output") for run in results.good_runs(target["sides"][0])}
    return outputs.pop() if len(outputs) == 1 else None


def worse_besides(old, new):
    """What is wrong with the second document apart from times, in words."""
    for name, label, why in results.failures(new):
        yield f"{name}: {label}: {why}"
    for before, after in pairs(old, new):
        if None not in (output_of(before), output_of(after)) and output_of(before) != output_of(after):
            yield f"{after['name']}: the output is another"
    for name in sorted({t["name"] for t in old["targets"]} - {t["name"] for t in new["targets"]}):
        yield f"{name} is missing"


def lines_of(rows, groups, reference):
    width = max([len(row["name"]) for row in rows] + [8])
    for row in rows:
        yield f"{row['name']:{width}}  {row_text(row)}"
    if len(rows) > 1:
        yield "geometric mean {:.3f}x [{:.3f}, {:.3f}] of {}".format(*mean_of(groups), len(rows))
    how = f"by the ratio to {reference}" if reference else "by their own values"
    yield f"(above 1: the second is better; {how})"


def read_two(options):
    old, new = (results.read(path) for path in options.files)
    metric = options.metric or old["metric"]
    rows, groups = compare(old, new, metric)
    if not rows:
        raise Usage("{} and {} have no target in common that both could measure".format(*options.files))
    return old, new, rows, groups


def run_compare(options):
    old, new, rows, groups = read_two(options)
    reference = common_reference(old, new)
    print("\n".join(lines_of(rows, groups, reference)))
    wrong, unsure = list(worse_besides(old, new)), list(doubts(old, new, reference))
    print_all(wrong, unsure)
    return REGRESSED if wrong else UNRELIABLE if unsure else OK


def print_all(wrong, unsure):
    for line in wrong:
        print(line)
    for line in unsure:
        print(f"unreliable: {line}")


def too_slow(rows, mean, limit):
    """What is slower by more than the limit, in words."""
    for row in rows:
        if row["verdict"] == "slower" and 1 / row["ratio"] - 1 > limit:
            yield f"{row['name']}: {loss(row['ratio'])} {judgement(row)}; the limit is {limit * 100:g} %"
    if mean and len(rows) > 1 and mean[2] < 1 and 1 / mean[0] - 1 > limit:
        yield f"all: {loss(mean[0])} worse in the mean; the limit is {limit * 100:g} %"


def loss(ratio):
    return f"{(1 / ratio - 1) * 100:.1f} %"


def run_gate(options):
    if len(options.files) == 1:
        return gate_one(options)
    old, new, rows, groups = read_two(options)
    reference = common_reference(old, new)
    print("\n".join(lines_of(rows, groups, reference)))
    wrong, unsure = list(worse_besides(old, new)), list(doubts(old, new, reference))
    slow = list(too_slow(rows, mean_of(groups), options.max_regress))
    return verdict_of_gate(wrong, unsure, slow)


def gate_one(options):
    made = results.read(options.files[0])
    if options.metric and options.metric != made["metric"]:
        made = results.conclude({**made, "metric": options.metric})
    rows = [{**row, "name": f"{target['name']} against {row['against']}"}
            for target in made["targets"] for row in target["results"]]
    if not rows and not results.failures(made):
        raise Usage(f"{options.files[0]} compares nothing")
    wrong = [": ".join(failure) for failure in results.failures(made)]
    return verdict_of_gate(wrong, made["host"]["reasons"], list(too_slow(rows, None, options.max_regress)))


def verdict_of_gate(wrong, unsure, slow):
    """Wrong results are wrong on any machine; times count only on a steady one."""
    print_all(wrong + slow, unsure)
    if wrong:
        return REGRESSED
    if unsure:
        return UNRELIABLE
    if slow:
        return REGRESSED
    print("nothing is slower by more than the limit")
    return OK


def against_baseline(old, new):
    """(is something slower, is something wrong, lines) of a new document and the baseline's."""
    rows, groups = compare(old, new, new["metric"])
    if not rows:
        return False, False, ["baseline: no target in common"]
    slower = [row for row in rows if row["verdict"] == "slower"]
    wrong = [f"baseline: {line}" for line in worse_besides(old, new)]
    lines = ["against the baseline:", *lines_of(rows, groups, common_reference(old, new)), *wrong]
    return bool(slower), bool(wrong), lines


def run_history(options):
    made = [document for path in options.files for document in results.read_all(path)]
    made = [document if "summary" in document else results.conclude(document) for document in made]
    metric = options.metric or made[0]["metric"]
    series = history.series_of(made, metric)
    for line in history.lines(series, metric):
        print(line)
    if options.export_html:
        results.write_whole(options.export_html, page.history_page(series, metric))
    return OK


COMMANDS = {"compare": run_compare, "gate": run_gate, "history": run_history}
