"""diff: the lines that differ, few false ones, lines matched when the source has changed. gate: its five
statuses."""
import json

from _report import both, expect, finish, path, recording, run
from _writer import PYTHON, Writer, example

from krait.profile import difference, reader


def made(name, **options):
    return recording(f"{name}.kprof", example(**options))


def read(name, data):
    return reader.read(recording(f"{name}.kprof", data))


def sampled():
    a, b = made("a", exact=False, samples=4000), made("b", exact=False, samples=4000, slow=1.3, seed=2)
    status, out, errors = both("diff", a, b)
    rows = out.decode().splitlines()
    expect(status == 0 and not errors and len(rows) == 4, "a line that is slower", out, errors)
    expect("work.py:7" in rows[3] and rows[3].lstrip().startswith("+"), "it is the right one", rows)
    found = json.loads(both("diff", a, b, "--format=json")[1])
    row = next(row for row in found["rows"] if row["line"] == 7)
    true = 0.3 * row["before"] * 0.75  # three of the line's four kinds of samples are slower
    expect(row["low"] < true < row["high"], "the true change is in the interval", row)
    status, out, _ = both("diff", a, a)
    expect(status == 0 and b"no line differs clearly" in out, "a recording and itself", out)


def few_false_alarms(trials=20):
    """Recordings that differ by chance alone"""
    wrong = 0
    recordings = [read("x", example(exact=False, samples=1000, seed=seed)) for seed in range(trials + 1)]
    for a, b in zip(recordings, recordings[1:]):
        wrong += any(row["clear"] for row in difference.compare(a, b)["rows"])
    expect(wrong <= 3, f"{wrong} of {trials} differ clearly")


def exact():
    a, b = made("a"), made("b", runs=1100)
    found = json.loads(both("diff", a, b, "--format=json")[1])
    changes = {row["line"]: row["change"] for row in found["rows"]}
    expect(changes == {2: 300, 6: 100, 7: 200, 8: 100}, "instructions by subtraction", changes)
    expect(found["exact"] and "7,019 → 7,719 (+9.97 %)" in found["summary"], "and in all", found["summary"])


def with_source(lines, times):
    w = Writer()
    w.meta(command="moved.py")
    file = w.file("/tmp/moved.py", "\n".join(lines) + "\n")
    code = w.code(PYTHON, "f", "__main__", file, 1, list(range(1, len(lines) + 1)))
    rows = [(1000, w.stack((code, lines.index(text))), 1000) for text, count in times.items()
            for _ in range(count)]
    w.samples(w.thread("MainThread"), 0, rows)
    w.totals(len(rows), cpu=len(rows) * 10**6)
    w.end()
    return w.bytes()


def moved_lines():
    a = read("a", with_source(["a()", "b()", "c()"], {"a()": 300, "b()": 300, "c()": 300}))
    b = read("b", with_source(["new()", "a()", "b()", "c()"],
                              {"a()": 300, "b()": 300, "c()": 50, "new()": 200}))
    found = difference.compare(a, b)
    clear = {(row["old_line"], row["line"], round(row["change"], -3)) for row in found["rows"]
             if row["clear"]}
    expect({(3, 4, -250000), (0, 1, 200000)} <= clear, "lines are matched", clear)
    expect((1, 2, 0) not in clear and any("has changed" in note for note in found["notes"]), "and it is said",
           found["notes"])


def page():
    a, b = made("a", exact=False), made("b", exact=False, slow=2.0)
    status, out, _ = both("diff", a, b, "--format=html", "-o", path("diff.html"))
    expect(status == 0 and out == b"", "a page of the difference")
    with open(path("diff.html"), encoding="utf-8") as f:
        expect(f.read().startswith("<!doctype html>"), "is one")


def gate():
    a, same = made("a"), made("same", seed=5)
    cases = [
        (0, same, []), (0, same, ["--metric=calls"]), (0, same, ["--metric=bytes"]),
        (0, same, ["--metric=cpu"]),
        (0, same, ["--metric=allocs"]), (1, made("more", runs=1020), []), (0, made("few", runs=1001), []),
        (0, made("less", runs=900), []), (1, made("calls", runs=1020), ["--metric=calls"]),
        (4, made("seed", hash_seed="7"), []), (4, made("threads", threads=1), []),
        (4, made("sampled", exact=False), []),
        (4, made("early", ended=False), []), (4, recording("other.kprof", with_source(["x"], {"x": 9})),
                                              ["--metric=cpu"]),
        (3, path("absent.kprof"), []), (2, same, ["--metric=nothing"])]
    for want, b, arguments in cases:
        compare = both if want != 2 else run  # argparse's words depend on the version
        status, out, errors = compare("gate", a, b, "--max-regress", "1%", *arguments)
        expect(status == want, f"gate {b} {arguments}: {want}", status, out, errors)
    status, out, _ = run("gate", a, path("more.kprof"), "--max-regress=1%")
    expect(b"vm  7,019 \xe2\x86\x92 7,159  +1.995 %, allowed 1 %: regression\n" in out, "gate's words", out)
    expect(run("gate", a, path("more.kprof"), "--max-regress=2%")[0] == 0, "--max-regress")


for part in (sampled, few_false_alarms, exact, moved_lines, page, gate):
    part()
finish()
