"""The Firefox Profiler's processed format, version 48: a thread's tables as columns, its samples weighed in
ms, the processor time since the sample before (µs), collections as markers, the heap as a counter."""
import json

from krait.profile import choice as choices
from krait.profile import counts
from krait.profile.model import ACTIVITY, NATIVE, OPERATOR, PYTHON, WALL
from krait.profile.summary import COLLECTION
from krait.profile.tree import ROOT, Tree

CATEGORIES = [("Other", "grey"), ("Python", "yellow"), ("Built-in", "blue"), ("Krait", "lightblue"),
              ("Collector", "red")]
OTHER, COLLECTOR = 0, 4
CATEGORY_OF = {PYTHON: 1, NATIVE: 2, OPERATOR: 2, ACTIVITY: 3}


def gecko(recording, choice=None):
    samples = samples_by_thread(recording, choice)
    threads = [thread_table(recording, thread, rows) for thread, rows in samples.items()]
    if threads:
        add_markers(recording, threads, list(samples))
    return json.dumps({"meta": meta(recording), "libs": [], "pages": [], "counters": counters(recording),
                       "threads": threads}, separators=(",", ":"))


def meta(recording):
    rate = recording.first.rate or 1000
    return {"interval": 1000 / rate, "startTime": recording.first.began_real / 1e6, "processType": 0,
            "product": recording.program, "stackwalk": 0, "version": 27,
            "preprocessedProfileVersion": 48, "symbolicated": True, "importedFrom": "krait profile",
            "platform": "Linux", "oscpu": recording.meta.get("host", ""), "debug": False,
            "presymbolicated": True,
            "sampleUnits": {"time": "ms", "eventDelay": "ms", "threadCPUDelta": "µs"},
            "categories": [{"name": name, "color": color, "subcategories": ["Other"]}
                           for name, color in CATEGORIES],
            "markerSchema": [{"name": "Collection", "tooltipLabel": "{marker.data.kind} collection",
                              "display": ["marker-chart", "marker-table", "timeline-overview"],
                              "data": [{"key": "kind", "label": "Kind", "format": "string"},
                                       {"key": "before", "label": "Alive before", "format": "bytes"},
                                       {"key": "after", "label": "Alive after", "format": "bytes"}]}],
            "extensions": {"id": [], "name": [], "baseURL": [], "length": 0}}


def samples_by_thread(recording, choice):
    """{thread: [(µs, stack, weight)] by time}"""
    rows = {}
    for time, thread, stack, weight in choices.samples_chosen(recording, choice):
        rows.setdefault(thread, []).append((time, stack, weight))
    return {thread: sorted(rows[thread], key=lambda row: row[0]) for thread in sorted(rows)}


class Strings(dict):
    def __missing__(self, text):
        self[text] = len(self)
        return self[text]


def thread_table(recording, thread, rows):
    weights = {stack: [0, 0] for _, stack, _ in rows}
    tree, strings = Tree(recording, weights), Strings()
    frames, numbers = {}, []
    for node in range(1, len(tree)):
        numbers.append(frames.setdefault((tree.function[node].index, tree.line[node]), len(frames)))
    known = recording.threads.get(thread)
    process = known.process if known else recording.first
    table = {
        "name": choices.thread_name(recording, thread), "isMainThread": is_main(recording, known),
        "pid": str(process.pid),
        "tid": known.system if known else 0, "processType": "default",
        "processName": recording.program, "processStartupTime": 0,
        "processShutdownTime": None, "registerTime": known.began / 1e6 if known else 0,
        "unregisterTime": None,
        "pausedRanges": [], "samples": sample_table(recording, tree, rows),
        "markers": marker_table([], strings),
        "stackTable": stack_table(tree, numbers), "frameTable": frame_table(tree, list(frames)),
        "funcTable": function_table(tree.functions, strings),
        "resourceTable": {"length": 0, "lib": [], "name": [], "host": [], "type": []},
        "nativeSymbols": {"length": 0, "libIndex": [], "address": [], "name": [], "functionSize": []}}
    table["stringArray"] = strings
    return table


def is_main(recording, thread):
    if thread is None:
        return False
    return thread.id == min(t.id for t in recording.threads.values() if t.process is thread.process)


def sample_table(recording, tree, rows):
    table = {"length": len(rows), "stack": [tree.node_of_stack[stack] - 1 for _, stack, _ in rows],
             "time": [time / 1000 for time, _, _ in rows], "weight": [weight / 1000 for _, _, weight in rows],
             "weightType": "tracing-ms"}
    if not recording.flags & WALL:
        table["threadCPUDelta"] = [weight for _, _, weight in rows]
    return table


def stack_table(tree, frames):
    nodes = range(1, len(tree))
    return {"length": len(nodes), "frame": frames,
            "prefix": [None if tree.parent[node] == ROOT else tree.parent[node] - 1 for node in nodes],
            "category": [category(tree.function[node]) for node in nodes], "subcategory": [0] * len(nodes)}


def category(function):
    is_collection = function.kind == ACTIVITY and function.name == COLLECTION
    return COLLECTOR if is_collection else CATEGORY_OF[function.kind]


def frame_table(tree, frames):
    empty, zeros = [None] * len(frames), [0] * len(frames)
    return {"length": len(frames), "address": [-1] * len(frames), "inlineDepth": zeros,
            "category": [category(tree.functions[index]) for index, _ in frames], "subcategory": zeros,
            "func": [index for index, _ in frames], "nativeSymbol": empty, "innerWindowID": zeros,
            "implementation": empty, "line": [line or None for _, line in frames], "column": empty,
            "optimizations": empty}


def function_table(functions, strings):
    count = len(functions)
    return {"length": count, "isJS": [False] * count, "relevantForJS": [False] * count,
            "name": [strings[f.name] for f in functions], "resource": [-1] * count,
            "fileName": [strings[f.path] if f.path else None for f in functions],
            "lineNumber": [f.first_line or None for f in functions], "columnNumber": [None] * count}


def add_markers(recording, threads, ids):
    """Collections stand in the main thread of the first process, in which they are shown"""
    main = next((n for n, table in enumerate(threads) if table["isMainThread"]), 0)
    threads[main]["markers"] = marker_table(recording.gcs, threads[main]["stringArray"])
    for table in threads:
        table["stringArray"] = list(table["stringArray"])


def marker_table(rows, strings):
    count = len(rows)
    data = [{"type": "Collection", "kind": "full" if full else "minor", "before": before, "after": after}
            for _, _, _, full, before, after in rows]
    return {"length": count, "name": [strings["collection"] for _ in rows], "data": data,
            "phase": [1] * count,
            "startTime": [began / 1e6 for began, *_ in rows],
            "endTime": [(row[0] + row[1]) / 1e6 for row in rows],
            "category": [COLLECTOR] * count}


def counters(recording):
    """The heap after and before collections, else what is known of sampled objects; as deltas"""
    points = []
    for began, ns, _, _, before, after in sorted(recording.gcs, key=lambda row: row[0]):
        points += [(began / 1e6, before), ((began + ns) / 1e6, after)]
    if not points:
        points = [(time / 1e6, alive) for time, alive, _, _ in counts.heap_curve(recording)]
    if not points:
        return []
    sizes = [alive for _, alive in points]
    deltas = [now - before for now, before in zip(sizes, [0] + sizes)]
    return [{"name": "malloc", "category": "Memory", "description": "Bytes alive in the heap",
             "pid": str(recording.first.pid), "mainThreadIndex": 0,
             "samples": {"length": len(points), "time": [time for time, _ in points], "count": deltas,
                         "number": [0] * len(points)}}]
