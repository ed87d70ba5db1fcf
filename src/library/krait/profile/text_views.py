"""Views of the text report that are shown alone: sites, memory, opcodes, threads, imports, collections.

Each gives lines of text; what the recording does not have is said in one."""
from krait.profile import choice as choices
from krait.profile import counts
from krait.profile.tree import short_path
from krait.profile.words import bar, clean, cut, cut_end, number, plural, rounded, seconds, share, size


def at(key):
    return f"{short_path(key[0])}:{key[1]}" if key else "elsewhere"


def sites(report):
    recording = report.recording
    rows = [row for row in recording.sites if row[2]]
    if not rows:
        return ["sites    none were counted (record with --exact)"]
    order = {"runs": lambda row: -row[2], "name": lambda row: (recording.codes[row[0]].path, row[1])}
    rows.sort(key=order.get(report.sort, lambda row: -row[3]))
    out = [report.paint.dim("      runs    misses         where                     reasons")]
    names = recording.opcode_names()
    for code, insn, runs, misses, met in rows[:report.limit]:
        known = recording.codes[code]
        opcode = names.get(known.opcodes[insn], "") if insn < len(known.opcodes) else ""
        reasons = ", ".join(reason_text(row, runs) for row in sorted(met, key=lambda row: -row[2]))
        where = cut(clean(f"{at((known.path, known.line(insn)))} {opcode}"), 26)
        figures = f"{number(runs):>10}{number(misses):>10} {share(misses, runs):>6}"
        out.append(f"{figures}  {where:26}{clean(reasons)}")
    return out


def reason_text(row, runs):
    reason, met, count = row
    return f"{reason}{' ' if reason and met else ''}{met} {rounded(count, runs)}"


def memory(report):
    recording = report.recording
    rows = counts.memory_lines(recording)
    if not rows:
        return ["memory   no allocations were recorded (record with --alloc)"]
    whole = sum(row.bytes for row in rows.values())
    peak, live = (sum(getattr(row, name) for row in rows.values()) for name in ("peak", "live"))
    out = [f"memory   {size(whole)} allocated, {size(peak)} at the peak, {size(live)} at the end "
           f"({plural(len(recording.allocs), 'sampled object')})",
           report.paint.dim(" allocated           peak     end  where                       types")]
    for key, row in sorted(rows.items(), key=lambda item: -item[1].bytes)[:report.limit]:
        kinds = sorted(row.kinds.items(), key=lambda item: -item[1])[:4]
        types = ", ".join(f"{kind or '?'} {rounded(weight, row.bytes)}" for kind, weight in kinds)
        figures = f"{size(row.bytes):>10} {share(row.bytes, whole):>6} {size(row.peak):>8}{size(row.live):>8}"
        out.append(f"{figures}  {cut(clean(at(key)), 26):26}  {cut_end(clean(types), 46)}")
    return out


def opcodes(report):
    recording = report.recording
    runs, times = counts.opcode_runs(recording), counts.opcode_samples(recording, report.weights)
    if not runs and not times:
        return ["opcodes  no sample is in an instruction"]
    all_runs, all_times = sum(runs.values()), sum(times.values())
    names = sorted(runs.keys() | times.keys(),
                   key=lambda name: (-times.get(name, 0), -runs.get(name, 0), name))
    if report.sort in ("runs", "instr"):
        names.sort(key=lambda name: -runs.get(name, 0))
    out = [report.paint.dim(f"   self{'      runs  share' if runs else ''}  instruction")]
    for name in names[:report.limit]:
        counted = f"{number(runs.get(name, 0)):>10} {share(runs.get(name, 0), all_runs):>6}" if runs else ""
        out.append(f"{share(times.get(name, 0), all_times):>7}{counted}  {name}")
    return out


def threads(report):
    recording = report.recording
    by_thread = choices.weigh_threads(recording, report.choice)
    if not by_thread:
        return ["threads  no samples"]
    sums = {thread: (sum(w for w, _ in rows.values()), sum(n for _, n in rows.values()))
            for thread, rows in by_thread.items()}
    whole, top = sum(us for us, _ in sums.values()), max(us for us, _ in sums.values())
    out = [report.paint.dim("     time   share  samples  thread")]
    for thread, (us, count) in sorted(sums.items(), key=lambda item: -item[1][0])[:report.limit]:
        name = cut_end(clean(choices.thread_name(recording, thread)), 40)
        out.append(f"{seconds(us):>9} {share(us, whole):>7} {count:>8,}  {name:40}  {bar(us, top)}".rstrip())
    return out


def imports(report):
    rows = report.recording.imports
    if not rows:
        return ["imports  none were recorded"]
    out = [report.paint.dim("    self      total  how       module")]
    own = own_times(rows)
    order = sorted(range(len(rows)), key=lambda n: rows[n][0])
    if report.sort == "total":
        order.sort(key=lambda n: -rows[n][1])
    elif report.sort == "name":
        order.sort(key=lambda n: rows[n][2])
    kept = set(sorted(order, key=lambda n: -own[n])[:report.limit])
    for n in order:
        if n in kept:
            _, ns, module, _, how, depth = rows[n]
            out.append(f"{seconds(own[n] / 1000):>9} {seconds(ns / 1000):>9}  {how:8}  "
                       f"{'  ' * min(depth, 20)}{clean(module)}")
    return out + [f"         {plural(len(rows), 'module')}, {seconds(sum(own) / 1000)} in all"]


def own_times(rows):
    """[ns of a module without those it imported], by the times they lie in"""
    own = [row[1] for row in rows]
    open_ones = []
    for n in sorted(range(len(rows)), key=lambda n: (rows[n][0], -rows[n][1])):
        began, ns = rows[n][:2]
        while open_ones and sum(rows[open_ones[-1]][:2]) < began + ns:
            open_ones.pop()
        if open_ones:
            own[open_ones[-1]] -= ns
        open_ones.append(n)
    return [max(0, ns) for ns in own]


def collections(report):
    rows = report.recording.gcs
    if not rows:
        return ["gc       no collection was recorded"]
    pauses = sorted(row[1] for row in rows)
    full = sum(1 for row in rows if row[3])
    out = [f"gc       {plural(len(rows), 'pause')} ({full:,} full), {seconds(sum(pauses) / 1000)} in all, "
           f"median {seconds(pauses[len(pauses) // 2] / 1000)}, longest {seconds(pauses[-1] / 1000)}"]
    out.append(report.paint.dim("   paused          share  triggered at"))
    by_line = sorted(counts.collector_lines(report.recording).items(), key=lambda item: -item[1])
    for key, ns in by_line[:report.limit]:
        out.append(f"{seconds(ns / 1000):>9} {share(ns, sum(pauses)):>14}  {clean(at(key))}")
    out.append(report.paint.dim("       at      pause  kind    alive before     after"))
    for began, ns, _, is_full, before, after in sorted(rows, key=lambda row: -row[1])[:report.limit]:
        kind = "full " if is_full else "minor"
        out.append(f"{seconds(began / 1000):>9}  {seconds(ns / 1000):>9}  {kind}   "
                   f"{size(before):>12}  {size(after):>8}")
    return out
