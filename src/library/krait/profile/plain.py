"""The report as JSON: what it has, schema.json beside this file says."""
import json

from krait.profile import choice as choices
from krait.profile import counts, hints, summary
from krait.profile.model import KIND_NAMES
from krait.profile.tree import Tree

FORMAT = 1


def json_text(recording, choice=None):
    return json.dumps(document(recording, choice or choices.Choice()), separators=(",", ":")) + "\n"


def document(recording, choice):
    tree = Tree(recording, choices.weigh(recording, choice))
    return {
        "format": FORMAT, "meta": dict(recording.meta), "choice": choice.told(),
        "complete": recording.first.ended, "damaged": sum(p.damaged for p in recording.processes),
        "totals": totals(recording, tree), "spent": summary.spent(tree),
        "processes": [{"pid": p.pid, "parent": p.parent, "status": p.status, "complete": p.ended}
                      for p in recording.processes],
        "threads": threads(recording, choice), "functions": functions(recording, tree),
        "lines": lines(recording, tree), "tree": nodes(tree), "sites": sites(recording),
        "opcodes": [{"name": name, "runs": runs} for name, runs in counts.opcode_runs(recording).items()],
        "memory": memory(recording), "collections": collections(recording), "imports": imports(recording),
        "hints": [hint.document() for hint in hints.hints(recording)]}


def totals(recording, tree):
    kept = recording.totals
    return {"samples": kept.samples, "lost": kept.lost, "imprecise": kept.imprecise, "torn": kept.torn,
            "wall_ns": kept.wall, "cpu_ns": kept.cpu, "collections": kept.gc_count,
            "collections_ns": kept.gc_ns,
            "peak_rss": kept.peak_rss, "weight_us": tree.total[0],
            "instructions": counts.instructions(recording)}


def threads(recording, choice):
    rows = []
    for thread, weights in choices.weigh_threads(recording, choice).items():
        known = recording.threads.get(thread)
        rows.append({"name": choices.thread_name(recording, thread), "system": known.system if known else 0,
                     "pid": known.process.pid if known else 0,
                     "weight_us": sum(us for us, _ in weights.values()),
                     "samples": sum(count for _, count in weights.values())})
    return rows


def functions(recording, tree):
    calls = counts.calls_of_functions(recording, tree)
    return [{"name": f.name, "kind": KIND_NAMES[f.kind], "module": f.module, "file": f.path,
             "line": f.first_line,
             "self_us": row.self, "total_us": row.total, "samples": row.count, "calls": calls.get(f.index)}
            for f, row in ((row.key, row) for row in summary.functions(tree).values())]


def lines(recording, tree):
    times, runs, sites_of = summary.lines(tree), counts.line_runs(recording), counts.site_lines(recording)
    memory_of = counts.memory_lines(recording)
    rows = []
    for key in sorted(times.keys() | runs.keys() | sites_of.keys() | {key for key in memory_of if key}):
        row = {"file": key[0], "line": key[1], "self_us": 0, "total_us": 0, "samples": 0}
        if key in times:
            row.update(self_us=times[key].self, total_us=times[key].total, samples=times[key].count)
        if key in runs:
            row.update(runs=runs[key][0], instructions=runs[key][1])
        if key in sites_of:
            row.update(site_runs=sites_of[key][0], misses=sites_of[key][1])
        if key in memory_of:
            row.update(bytes=memory_of[key].bytes)
        rows.append(row)
    return rows


def nodes(tree):
    """Columns; the function is a number in `functions`, -1 of the root"""
    return {"parent": tree.parent, "function": [f.index if f else -1 for f in tree.function],
            "line": tree.line,
            "self_us": tree.self, "samples": tree.count}


def sites(recording):
    names, rows = recording.opcode_names(), []
    for code, insn, runs, misses, met in recording.sites:
        known = recording.codes[code]
        opcode = known.opcodes[insn] if insn < len(known.opcodes) else None
        rows.append({"file": known.path, "line": known.line(insn), "function": known.label,
                     "instruction": insn,
                     "opcode": names.get(opcode), "runs": runs, "misses": misses,
                     "reasons": [{"reason": reason, "met": what, "count": count}
                                 for reason, what, count in met]})
    return rows


def memory(recording):
    return [{"file": key[0] if key else "", "line": key[1] if key else 0, "bytes": row.bytes,
             "sampled": row.count,
             "peak": row.peak, "live": row.live, "types": row.kinds}
            for key, row in counts.memory_lines(recording).items()]


def collections(recording):
    rows = []
    for began, ns, stack, full, before, after in recording.gcs:
        key = counts.place(recording, stack) or ("", 0)
        rows.append({"began_ns": began, "ns": ns, "full": bool(full), "before": before, "after": after,
                     "file": key[0], "line": key[1]})
    return rows


def imports(recording):
    return [{"began_ns": began, "ns": ns, "module": module, "by": by, "how": how, "depth": depth}
            for began, ns, module, by, how, depth in recording.imports]
