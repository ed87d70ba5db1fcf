"""The report as one HTML file that asks nothing of anybody: page.html with the style, the scripts and the
data in it.

Data: JSON, deflated, base64. What it has: data() below; the scripts sum samples themselves, for whatever
thread and time is chosen. Above `max_size` MB paths of less than 0.01 % are added to their callers."""
import base64
import hashlib
import json
import os
import zlib

from krait.profile import choice as choices
from krait.profile import counts, hints, text
from krait.profile.model import ACTIVITY, EXACT, WALL
from krait.profile.summary import COLLECTION
from krait.profile.tree import ROOT, Tree, short_path

SCRIPTS = ("page_model.js", "page_flame.js", "page_timeline.js", "page_source.js", "page_tables.js",
           "page.js")
COLLECTOR = 5      # a kind of functions, beside those of the model
SMALL = 1e-4       # paths of less are merged in pages that are too large
STRETCH = 10_000   # µs; equal samples in a row within it are one in such a page


def html(recording, choice=None, max_size=5, difference=None):
    choice = choice or choices.Choice()
    merge = expected_size(recording) > max_size * 1e6
    content = json.dumps(data(recording, choice, difference, merge), separators=(",", ":"))
    if len(content) > max_size * 1e6 and not merge:
        content = json.dumps(data(recording, choice, difference, merge=True), separators=(",", ":"))
    script = "".join(resource(name) for name in SCRIPTS)
    style = resource("page.css")
    content = content.encode("utf-8", "backslashreplace")
    packed = base64.b64encode(zlib.compress(content, 6 if len(content) < 1 << 21 else 3)).decode("ascii")
    parts = {"{title}": escape(recording.program), "{style}": style,
             "{script}": script,
             "{policy}": policy(script, style), "{data}": packed}
    page = resource("page.html")
    for mark, part in parts.items():  # {data} is last: nothing looks for marks in what the recording says
        before, _, after = page.rpartition(mark)
        page = before + part + after
    return page


def expected_size(recording):
    """About how many bytes of JSON there will be, without sources"""
    samples = sum(count for *_, count in recording.blocks)
    return 12 * samples + 15 * len(recording.stacks)


def resource(name):
    """A file that stands beside this one, or in the program as this one does"""
    if "__file__" in globals():
        with open(os.path.join(os.path.dirname(__file__), name), encoding="utf-8") as f:
            return f.read()
    import _krait
    return _krait.library_file(f"profile/{name}").decode("utf-8")


def policy(script, style):
    return ("default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; "
            f"script-src '{digest(script)}'; style-src '{digest(style)}'")


def digest(content):
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode("utf-8")).digest()).decode("ascii")


def escape(content):
    return content.replace("&", "&amp;").replace("<", "&lt;").replace("{", "&#123;")


def data(recording, choice, difference=None, merge=False):
    """What page_model.js reads; columns where there may be many rows"""
    weights = choices.weigh(recording, choice)
    tree = Tree(recording, weights)
    kept = small_nodes(tree) if merge else None
    lines = line_rows(recording, tree)
    return {
        "command": recording.meta.get("command", ""), "facts": facts(recording),
        "warnings": text.first_lines(recording),
        "chosen": choice.told(), "merged": merge, "clock": "wall" if recording.flags & WALL else "cpu",
        "exact": bool(recording.flags & EXACT), "end": end_of(recording), "totals": vars(recording.totals),
        "functions": functions(recording, tree), "nodes": nodes(tree, kept),
        "threads": threads(recording, choice, tree, kept), "files": files(recording, lines), "lines": lines,
        "gc": collections(recording), "heap": heap(recording), "sites": sites(recording),
        "memory": memory(recording), "opcodes": opcodes(recording, weights), "imports": imports(recording),
        "hints": [hint.document() for hint in hints.hints(recording)], "diff": difference}


def facts(recording):
    meta = recording.meta
    names = ("version", "python", "host", "cwd", "options", "mode", "rate", "hash_seed")
    return [[name.replace("_", " "), meta[name]] for name in names if meta.get(name)]


def end_of(recording):
    """µs that the time line shows"""
    ends = [recording.totals.wall // 1000, recording.sample_end]
    ends += [(row[0] + row[1]) // 1000 for row in recording.gcs]
    return min(max(ends), 10**15)


def functions(recording, tree):
    """[name, where, kind, path, first line, calls]"""
    calls = counts.calls_of_functions(recording, tree)
    return [[f.name, f.where, kind_of(f), f.path, f.first_line, calls.get(f.index)] for f in tree.functions]


def kind_of(function):
    is_collection = function.kind == ACTIVITY and function.name == COLLECTION
    return COLLECTOR if is_collection else function.kind


def small_nodes(tree):
    """{node: the node it is shown as, with a number of its own}: itself, or the first caller that is not
    small"""
    limit, shown, count = tree.total[ROOT] * SMALL, [0], 1
    for node in range(1, len(tree)):
        if tree.total[node] < limit:
            shown.append(shown[tree.parent[node]])
        else:
            shown.append(count)
            count += 1
    return shown


def nodes(tree, kept):
    """Columns [parent, function, line]; node 0 is the root and is not among them"""
    order = list(range(1, len(tree)))
    if kept is None:
        return [tree.parent[1:], [f.index for f in tree.function[1:]], tree.line[1:]]
    last, order = 0, []
    for node in range(1, len(tree)):
        if kept[node] > last:
            last = kept[node]
            order.append(node)
    return [[kept[tree.parent[node]] for node in order], [tree.function[node].index for node in order],
            [tree.line[node] for node in order]]


def threads(recording, choice, tree, kept):
    """{name, columns of samples: µs since the one before, node, µs}"""
    rows = {}
    nodes_of = {stack: node if kept is None else kept[node] for stack, node in tree.node_of_stack.items()}
    for time, thread, stack, weight in choices.samples_chosen(recording, choice):
        times, at, weights = rows.get(thread) or rows.setdefault(thread, ([], [], []))
        node = nodes_of[stack]
        if kept is not None and at and at[-1] == node and time - times[-1] < STRETCH:
            weights[-1] += weight
            continue
        times.append(time)
        at.append(node)
        weights.append(weight)
    return [{"name": choices.thread_name(recording, thread), "time": differences(times), "node": at,
             "weight": weights}
            for thread, (times, at, weights) in sorted(rows.items())]


def differences(times):
    return [now - before for now, before in zip(times, [0] + times)]


def line_rows(recording, tree):
    """[path, line, runs, instructions, site runs, misses, bytes] of what was counted or sampled"""
    runs, sites_of = counts.line_runs(recording), counts.site_lines(recording)
    memory_of = counts.memory_lines(recording)
    keys = runs.keys() | sites_of.keys() | {key for key in memory_of if key}
    return [[*key, *runs.get(key, (0, 0)), *sites_of.get(key, (0, 0)),
             memory_of[key].bytes if key in memory_of else 0] for key in sorted(keys)]


def files(recording, lines):
    """{path: source} of the files whose source was kept"""
    kept = {}
    for file in recording.files.values():
        if file.deflated and file.path not in kept:
            kept[file.path] = [short_path(file.path), "\n".join(file.lines)]
    return kept


def collections(recording):
    """[began µs, µs, full, before, after, path, line]"""
    return [[began / 1000, ns / 1000, full, before, after, *(counts.place(recording, stack) or ("", 0))]
            for began, ns, stack, full, before, after in sorted(recording.gcs, key=lambda row: row[0])]


def heap(recording):
    """[µs, bytes]: around collections, else what is known of sampled objects; 2,000 points at most"""
    points = [point for began, ns, _, _, before, after in sorted(recording.gcs, key=lambda row: row[0])
              for point in ((began / 1000, before), ((began + ns) / 1000, after))]
    points = points or [(time / 1000, alive) for time, alive, _, _ in counts.heap_curve(recording)]
    step = max(1, len(points) // 2000)
    return points[::step]


def sites(recording):
    names, rows = recording.opcode_names(), []
    for code, insn, runs, misses, met in recording.sites:
        known = recording.codes[code]
        opcode = known.opcodes[insn] if insn < len(known.opcodes) else -1
        rows.append([known.path, known.line(insn), known.label, names.get(opcode, ""), runs, misses,
                     list(met)])
    return rows


def memory(recording):
    return [[*(key or ("", 0)), row.bytes, row.peak, row.live, row.count,
             sorted(row.kinds.items(), key=lambda item: -item[1])]
            for key, row in counts.memory_lines(recording).items()]


def opcodes(recording, weights):
    """[name, µs, runs]"""
    times, runs = counts.opcode_samples(recording, weights), counts.opcode_runs(recording)
    return [[name, times.get(name, 0), runs.get(name, 0)] for name in sorted(times.keys() | runs.keys())]


def imports(recording):
    """[module, by, how, depth, µs, own µs, began µs]"""
    from krait.profile.text_views import own_times
    own = own_times(recording.imports)
    return [[module, by, how, depth, ns / 1000, own[n] / 1000, began / 1000]
            for n, (began, ns, module, by, how, depth) in enumerate(recording.imports)]
