"""Each export of a recording read back, by an independent reader where there is one: totals equal the
recording's.

Readers that are no part of Debian are used if they are there: pprof on PATH, and in $KRAIT_READERS (a folder
with node_modules) speedscope's schema, ajv and the Firefox Profiler's command line."""
import base64
import gzip
import json
import marshal
import os
import re
import shutil
import subprocess
import time

import _browser
from _report import REFERENCE, both, expect, finish, path, recording
from _report import run as report
from _writer import example

from krait.profile import reader

PEERS = [REFERENCE, "/opt/peers/bin/cpython3.15"]
READERS = os.environ.get("KRAIT_READERS", "")


def export(name, file, *arguments):
    status, out, errors = (report if name == "pstats" else both)("report", file, f"--{name}", *arguments)
    expect(status == 0 and not errors, f"{name} {arguments}", errors)
    with open(path(f"out.{name}"), "wb") as f:
        f.write(out)
    return out


def run(*command):
    done = subprocess.run(command, capture_output=True, timeout=60)
    expect(done.returncode == 0, f"{command} reads it", done.stderr, done.stdout[-300:])
    return done.stdout.decode("utf-8", "replace")


def collapsed(file, whole, by_thread):
    rows = [line.rsplit(" ", 1) for line in export("collapsed", file).decode().splitlines()]
    expect(sum(int(weight) for _, weight in rows) == whole, "collapsed: the sum")
    expect(any(stack.startswith("w, 2;<module> (work.py:1);area") for stack, _ in rows), "collapsed: threads",
           rows)
    expect(len({stack for stack, _ in rows}) == len(rows), "collapsed: each stack once")


def speedscope(file, whole, by_thread):
    data = json.loads(export("speedscope", file))
    sums = {profile["name"]: sum(profile["weights"]) for profile in data["profiles"]}
    expect(sums == by_thread, "speedscope: sums of threads", sums, by_thread)
    frames = data["shared"]["frames"]
    used = {n for profile in data["profiles"] for sample in profile["samples"] for n in sample}
    expect(used == set(range(len(frames))), "speedscope: frames are all used")
    expect({"name": "area", "file": "/tmp/work.py", "line": 1} in frames, "speedscope: a frame", frames)
    schema = os.path.join(READERS, "node_modules/speedscope/dist/release/file-format-schema.json")
    if READERS and os.path.exists(schema):
        script = ("const A=require(process.argv[1]+'/node_modules/ajv');"
                  "const r=f=>JSON.parse(require('fs').readFileSync(f));"
                  "const v=new A({strict:false}).compile(r(process.argv[2]));"
                  "if(!v(r(process.argv[3]))){console.error(v.errors);process.exit(1)}")
        run("node", "-e", script, READERS, schema, path("out.speedscope"))


def gecko(file, whole, by_thread):
    data = json.loads(export("gecko", file))
    sums = {thread["name"]: round(sum(thread["samples"]["weight"]) * 1000) for thread in data["threads"]}
    expect(sums == by_thread, "gecko: sums of threads", sums)
    for thread in data["threads"]:
        expect(sum(thread["samples"]["threadCPUDelta"]) == by_thread[thread["name"]], "gecko: processor time")
        check_columns(thread)
    expect(data["threads"][0]["markers"]["length"] == 2, "gecko: collections are markers")
    expect(data["counters"][0]["samples"]["count"] == [9 << 20, -6 << 20, 5 << 20, -6 << 20], "gecko: heap")
    client = os.path.join(READERS, "node_modules/@firefox-devtools/profiler-cli/dist/profiler-cli.js")
    if READERS and os.path.exists(client):
        subprocess.run(["node", client, "load", path("out.gecko")],
                       capture_output=True)  # its server starts slowly
        time.sleep(2)
        told = run("node", client, "thread", "functions")
        run("node", client, "stop", "--all")
        expect("alloc - self" in told, "the Firefox Profiler's functions", told)


def check_columns(thread):
    """Each table's columns have its length, numbers point into the table they mean"""
    for name in ("samples", "markers", "stackTable", "frameTable", "funcTable"):
        table = thread[name]
        for column, values in table.items():
            expect(not isinstance(values, list) or len(values) == table["length"], f"gecko: {name}.{column}")
    expect(max(thread["samples"]["stack"]) < thread["stackTable"]["length"], "gecko: stacks")
    expect(all(p is None or p < n for n, p in enumerate(thread["stackTable"]["prefix"])), "gecko: prefixes")
    expect(max(thread["funcTable"]["name"]) < len(thread["stringArray"]), "gecko: names")


def fields(raw):
    """(number, value) of a message of Protocol Buffers: integers and bytes"""
    at = 0

    def varint():
        nonlocal at
        value = shift = 0
        while True:
            byte = raw[at]
            at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    while at < len(raw):
        tag = varint()
        if tag & 7 == 0:
            yield tag >> 3, varint()
        else:
            size = varint()
            yield tag >> 3, raw[at:at + size]
            at += size


def numbers(raw):
    return [value for _, value in fields(b"".join(b"\x08" + part for part in split_varints(raw)))]


def split_varints(raw):
    return re.findall(rb"[\x80-\xff]*[\x00-\x7f]", raw, re.S)


def pprof(file, whole, by_thread):
    raw = gzip.decompress(export("pprof", file))
    message = list(fields(raw))
    strings = [value.decode() for number, value in message if number == 6]
    expect(strings[0] == "" and "area" in strings, "pprof: strings", strings)
    types = [strings[dict(fields(value))[1]] for number, value in message if number == 1]
    expect(types == ["samples", "cpu", "alloc_objects", "alloc_space", "inuse_objects", "inuse_space"],
           "pprof: types", types)
    sums = [0] * 6
    for number, value in message:
        if number == 2:
            sums = [a + b for a, b in zip(sums, numbers(dict(fields(value))[2]))]
    expect(sums[:2] == [400, whole * 1000], "pprof: samples and time", sums)
    expect(sums[3] == 30 << 19 and sums[5] == 10 << 19, "pprof: bytes", sums)
    if shutil.which("pprof"):
        told = run("pprof", "-top", "-unit=ms", path("out.pprof"))
        expect(f"{whole / 1000:.2f}ms total" in told or "100% of" in told, "pprof -top", told)
        expect("<lambda>" in told and "alloc" in told, "pprof: names", told)


def callgrind(file, whole, by_thread):
    text = export("callgrind", file).decode()
    expect("events: Time Samples Runs Instr Miss Bytes" in text, "callgrind: events", text[:300])
    want = [whole, 400, 4013, 7019, 50000, 30 << 19]
    expect(self_costs(text) == want, "callgrind: the sum of its lines", self_costs(text), want)
    expect("cfn=area\ncalls=1000 1\n11 " in text, "callgrind: calls are those that were counted")
    if shutil.which("callgrind_annotate"):
        told = run("callgrind_annotate", "--threshold=100", path("out.callgrind"))
        totals = next(line for line in told.splitlines() if "PROGRAM TOTALS" in line)
        found = [int(n.replace(",", "")) for n in re.findall(r"([\d,]+) \(", totals)]
        expect(found == want, "callgrind_annotate: totals", totals)


def self_costs(text):
    sums, is_call = [0] * 6, False
    for line in text.splitlines():
        if re.match(r"\d", line) and not is_call:
            sums = [a + int(b) for a, b in zip(sums, line.split()[1:])]
        is_call = line.startswith("calls=")
    return sums


def pstats(file, whole, by_thread):
    table = marshal.loads(export("pstats", file))
    _, same, _ = report("report", file, "--pstats", program=REFERENCE)
    expect(table == marshal.loads(same), "pstats: Krait and the reference write the same", table)
    script = ("import pstats, sys; s = pstats.Stats(sys.argv[1]); s.strip_dirs().sort_stats('tottime');"
              "s.calc_callees();"
              "print(round(s.total_tt * 1e6), s.total_calls, s.stats[('work.py', 4, 'alloc')][:2],"
              "sorted(s.stats[('work.py', 1, 'area')][4]))")
    for peer in filter(os.path.exists, PEERS):
        told = run(peer, "-c", script, path("out.pstats")).split()
        expect(int(told[0]) == whole, f"pstats of {peer}: the sum", told)
        expect(told[2:4] == ["(3,", "3)"] and told[-1] == "'<module>')]", f"pstats of {peer}: calls", told)


def svg(file, whole, by_thread):
    text = export("svg", file).decode()
    root = next(int(share) for share in re.findall(r"&lt;module&gt; \(work.py:1\): [\d.]+ ms, (\d+)\.", text))
    expect(root == 91, "svg: the outermost function's share", text[:600])
    if shutil.which("xmllint"):
        run("xmllint", "--noout", path("out.svg"))
    if shutil.which("rsvg-convert"):
        run("rsvg-convert", path("out.svg"), "-o", path("out.png"))


def json_document(file, whole, by_thread):
    data = json.loads(export("json", file))
    with open(os.path.join(os.path.dirname(reader.__file__), "schema.json")) as f:
        schema = json.load(f)
    for wrong in violations(schema, data, "document"):
        expect(False, f"json: {wrong}")
    broken = dict(data, format=2, extra=1, lines=[{"line": "x"}])
    expect(len(list(violations(schema, broken, "document"))) >= 3, "the schema refuses something")
    expect(data["totals"]["weight_us"] == whole == sum(data["tree"]["self_us"]), "json: the sum")
    expect(sum(row["self_us"] for row in data["functions"]) == whole, "json: of functions")
    expect({row["name"]: row["weight_us"] for row in data["threads"]} == by_thread, "json: of threads")
    expect(data["totals"]["instructions"] == 7019, "json: instructions")


def violations(schema, value, at):
    """What of draft-07 the schema uses"""
    kinds = {"integer": int, "string": str, "boolean": bool, "null": type(None), "number": (int, float),
             "object": dict, "array": list}
    kind = schema.get("type")
    if kind is not None:
        allowed = kind if isinstance(kind, list) else [kind]
        if not any(isinstance(value, kinds[k]) and not (isinstance(value, bool) and k != "boolean")
                   for k in allowed):
            yield f"{at}: {value!r} is no {kind}"
            return
    if "const" in schema and value != schema["const"] or "enum" in schema and value not in schema["enum"]:
        yield f"{at}: {value!r}"
    if isinstance(value, list):
        for n, item in enumerate(value):
            yield from violations(schema.get("items", {}), item, f"{at}[{n}]")
    if isinstance(value, dict):
        yield from (f"{at}: no {name}" for name in schema.get("required", ()) if name not in value)
        for name, item in value.items():
            rule = schema.get("properties", {}).get(name, schema.get("additionalProperties", True))
            if rule is False:
                yield f"{at}: {name} is not in the schema"
            elif rule is not True:
                yield from violations(rule, item, f"{at}.{name}")


def in_speedscope():
    """speedscope itself opens what it is given"""
    page = os.path.join(READERS, "node_modules/speedscope/dist/release/index.html")
    if not READERS or not os.path.exists(page) or not _browser.find():
        return
    browser = _browser.Browser(_browser.find())
    try:
        for name in ("speedscope", "collapsed", "pprof"):
            with open(path(f"out.{name}"), "rb") as f:
                packed = base64.b64encode(f.read()).decode()
            with open(path("given.js"), "w") as f:
                f.write(f"speedscope.loadFileFromBase64('out.{name}', '{packed}')")
            browser.open(page, f"#localProfilePath={path('given.js')}",
                         ready="!!document.body && document.querySelectorAll('canvas').length > 1")
            title = browser.run("document.title")
            thrown = [c for c in browser.complaints() if "exceptionDetails" in c]
            expect(title.endswith(" - speedscope") and not thrown, f"speedscope opens {name}", title, thrown)
    finally:
        browser.close()


def all_forms(file):
    """Choices hold for exports too, and a recording without samples has them all"""
    r = reader.read(file)
    whole, by_thread = 0, {}
    for _, thread, _, weight in r.samples():
        whole += weight
        name = r.threads[thread].name
        by_thread[name] = by_thread.get(name, 0) + weight
    for check in (collapsed, speedscope, gecko, pprof, callgrind, pstats, svg, json_document):
        check(file, whole, by_thread)
    in_speedscope()
    one = json.loads(export("speedscope", file, "--thread=MainThread", "--focus=area"))
    expect([p["name"] for p in one["profiles"]] == ["MainThread"], "speedscope: of a thread")
    expect(sum(one["profiles"][0]["weights"]) < by_thread["MainThread"] / 2, "speedscope: with --focus")


def empty():
    file = recording("empty.kprof", example(samples=0, exact=False, flags=0))
    for name in ("collapsed", "speedscope", "gecko", "pprof", "callgrind", "pstats", "svg", "json"):
        export(name, file)


all_forms(recording("work.kprof", example()))
empty()
finish()
