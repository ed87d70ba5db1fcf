"""The text report: what was recorded, what the time was spent on, functions, lines, hints; at most 120
columns."""
import os

from krait.profile import choice as choices
from krait.profile import counts, hints, summary, text_views
from krait.profile.model import EXACT, WALL
from krait.profile.tree import Tree, short_path
from krait.profile.words import (Paint, bar, clean, cut, cut_end, number, plural, rounded, seconds, share,
                                 size)

WIDTH = 120
OWN_TABLE = 3  # lines of a file that stand in a table of their own; fewer stand with others


class Report:
    """What the views share: the recording, what is chosen of it, and the sums, made when they are needed."""

    def __init__(self, recording, choice=None, sort="self", limit=15, stream=None):
        self.recording, self.choice = recording, choice or choices.Choice()
        self.sort, self.limit, self.paint = sort, limit, Paint(stream)
        self.weights = choices.weigh(recording, self.choice)
        self.tree = Tree(recording, self.weights)
        self.whole = self.tree.total[0]

    def ordered(self, rows, name=lambda row: row.key):
        """Rows by --sort, most first"""
        if self.sort == "name":
            return sorted(rows, key=name)
        attribute = self.sort if self.sort in ("self", "total") else "self"
        return sorted(rows, key=lambda row: (-getattr(row, attribute), -row.total))


def text(recording, choice=None, view=None, sort="self", limit=15, stream=None):
    """The whole report, or one view of it"""
    report = Report(recording, choice, sort, limit, stream)
    out = first_lines(recording)
    if view is not None:
        out += VIEWS[view](report) or [f"{view:8} nothing of it was recorded"]
    else:
        out += head(report) + functions(report) + lines(report) + hint_lines(report)
    return "".join(cut_end(line, WIDTH) + "\n" if not report.paint.on else line + "\n" for line in out)


def first_lines(recording):
    """What is wrong with the recording, if anything is"""
    out = []
    if not recording.first.ended:
        kept = max(recording.sample_end, recording.totals.wall / 1000)
        out.append(f"recording ends early: {seconds(kept)} of samples kept")
    damaged = sum(process.damaged for process in recording.processes)
    if damaged:
        out.append(f"recording is damaged: {plural(damaged, 'part')} left out")
    return out


def head(report):
    recording, totals, paint = report.recording, report.recording.totals, report.paint
    kept = sum(process.size for process in recording.processes)
    facts = [plural(totals.samples, "sample"), f"{totals.lost:,} lost", f"{totals.imprecise:,} imprecise"]
    parts = [f"{seconds(totals.cpu / 1000)} CPU, {seconds(totals.wall / 1000)} wall", ", ".join(facts)]
    if recording.flags & EXACT:
        parts.append("exact")
    if recording.flags & WALL:
        parts.append("wall")
    if len(recording.processes) > 1:
        parts.append(f"{len(recording.processes):,} processes")
    parts.append(f"{os.path.basename(recording.first.path)} {size(kept)}")
    tail = " · ".join(parts)
    out = [f"{paint.bold(cut_end(clean(recording.program), max(12, WIDTH - 2 - len(tail))))}  {tail}"]
    status = recording.first.status
    if status:
        out.append(f"ended    {f'by signal {-status}' if status < 0 else f'with status {status}'}")
    if report.choice.told():
        part = rounded(report.whole, all_weight(recording))
        out.append(f"chosen   {report.choice.told()}: {part} of the time")
    return out + spent(report)


def all_weight(recording):
    return sum(weight for rows in recording.weights().values() for weight, _ in rows.values())


def spent(report):
    if not report.whole:
        return ["spent    no samples" + (" are chosen" if report.choice.told() else "")]
    parts = [f"{what} {rounded(us, report.whole)}" for what, us in summary.spent(report.tree).items()]
    return ["spent    " + "  ".join(parts)]


def functions(report):
    rows = summary.functions(report.tree)
    chosen = [row for row in report.ordered(rows.values(), lambda row: row.key.name) if row.total]
    if not chosen:
        return []
    shown, calls = chosen[:report.limit], counts.calls_of_functions(report.recording, report.tree)
    name_width = min(44, max([8] + [len(row.key.name) for row in shown]))
    where_width = min(32, max([8] + [len(row.key.where) for row in shown]))
    title = f"  self  total  {'calls' + ' ' * 5 if calls else ''}{'function':{name_width}}  where"
    out = ["", report.paint.dim(title)]
    top = max(row.self for row in shown) or 1
    room = max(4, min(20, WIDTH - 19 - name_width - where_width - (10 if calls else 0)))
    for row in shown:
        called = f"{number(calls[row.key.index]) if row.key.index in calls else '':>8}  " if calls else ""
        figures = f"{share(row.self, report.whole):>6} {share(row.total, report.whole):>6}"
        figures = report.paint.hot(figures, row.self / report.whole if report.whole else 0)
        name, where = cut_end(clean(row.key.name), name_width), cut(clean(row.key.where), where_width)
        line = f"{figures}  {called}{name:{name_width}}  {where:{where_width}}  {bar(row.self, top, room)}"
        out.append(line.rstrip())
    return out + more(len(chosen) - len(shown), "function")


def more(count, word):
    return [f"        {plural(count, f'more {word}')} (-l)"] if count > 0 else []


class Line:
    """What is known of a line: time, runs, instructions, site runs and misses, bytes."""

    def __init__(self, key):
        self.key, self.self, self.total, self.collector = key, 0, 0, 0
        self.runs = self.instr = self.site_runs = self.misses = self.bytes = 0

    @property
    def miss(self):
        return self.misses / self.site_runs if self.site_runs else 0


def line_table(report):
    """{(path, line): Line}; counts, sites and bytes are of the whole run whatever is chosen"""
    table = {}

    def row(key):
        if key not in table:
            table[key] = Line(key)
        return table[key]

    for key, times in summary.lines(report.tree).items():
        line = row(key)
        line.self, line.total, line.collector = times.self, times.total, times.collector
    for key, (runs, instructions) in counts.line_runs(report.recording).items():
        row(key).runs, row(key).instr = runs, instructions
    for key, (runs, misses) in counts.site_lines(report.recording).items():
        row(key).site_runs, row(key).misses = runs, misses
    for key, memory in counts.memory_lines(report.recording).items():
        if key is not None:
            row(key).bytes = memory.bytes
    return table


SORT_OF_LINE = {"self": lambda row: (-row.self, -row.instr), "total": lambda row: -row.total,
                "name": lambda row: row.key, "runs": lambda row: -row.runs, "instr": lambda row: -row.instr,
                "miss": lambda row: -row.misses, "alloc": lambda row: -row.bytes}


def lines(report):
    table = [row for row in line_table(report).values() if row.self or row.instr or row.bytes or row.total]
    if not table:
        return []
    chosen = sorted(table, key=SORT_OF_LINE[report.sort])[:report.limit]
    columns = line_columns(table)
    title = " line" + "".join(f"{name:>{width}}" for name, width, _ in columns)
    out, rest = [], []
    for path, rows in by_file(chosen).items():
        if out and len(rows) < OWN_TABLE:
            rest += rows
            continue
        out += ["", report.paint.dim(f"{title} │ {short_path(path) or '?'}")]
        out += [line_row(report, row, columns) for row in sorted(rows, key=lambda row: row.key)]
    if rest:
        out += ["", report.paint.dim(f"{title} │ other files")]
        out += [line_row(report, row, columns, with_file=True) for row in rest]
    return out + more(len(table) - len(chosen), "line")


def by_file(rows):
    """{path: its rows}, the files in the order of their first row"""
    files = {}
    for row in rows:
        files.setdefault(row.key[0], []).append(row)
    return files


def line_columns(table):
    """(title, width, cell) of what some line has"""
    columns = [("time", 7, lambda row, whole: share(row.self, whole) if row.self else ""),
               ("total", 7, lambda row, whole: share(row.total, whole) if row.total else "")]
    if any(row.instr for row in table):
        columns += [("runs", 9, lambda row, whole: number(row.runs) if row.runs else ""),
                    ("instr", 8, lambda row, whole: number(row.instr) if row.instr else "")]
    if any(row.misses for row in table):
        columns.append(("miss", 6, lambda row, whole: f"{100 * row.miss:.0f}%" if row.misses else ""))
    if any(row.bytes for row in table):
        columns.append(("alloc", 8, lambda row, whole: size(row.bytes) if row.bytes else ""))
    return columns


def line_row(report, row, columns, with_file=False):
    cells = "".join(f"{cell(row, report.whole):>{width}}" for _, width, cell in columns)
    source = report.recording.source_line(*row.key)
    figures = f"{row.key[1]:>5}{cells}"
    note = f"GC {share(row.collector, report.whole)}" if row.collector >= 0.005 * report.whole > 0 else ""
    room = WIDTH - len(figures) - 3 - (len(note) + 2 if note else 0)
    code = (source or "").expandtabs(4)
    code = cut_end(clean(f"{short_path(row.key[0])}  {code.strip()}" if with_file else code), room)
    fraction = row.self / report.whole if report.whole else 0
    return f"{report.paint.hot(figures, fraction)} │ {code}{'  ' + note if note else ''}".rstrip()


def hint_lines(report):
    found = hints.hints(report.recording)
    if not found:
        return ["", " hints  nothing to gain that Krait can see"]
    out = [""]
    for n, hint in enumerate(found, 1):
        out.append(f"{' hints' if n == 1 else '      '} {n:>2}  {hint.where}  {clean(hint.text)}")
    return [part for line in out for part in folded(line)]


def folded(line):
    """Lines of at most WIDTH columns, those that go on indented"""
    while len(line) > WIDTH:
        at = line.rfind(" ", 40, WIDTH)
        at = at if at > 0 else WIDTH
        yield line[:at]
        line = " " * 11 + line[at:].lstrip()
    yield line


VIEWS = {"lines": lines, "functions": functions, "sites": text_views.sites, "memory": text_views.memory,
         "opcodes": text_views.opcodes, "threads": text_views.threads, "imports": text_views.imports,
         "gc": text_views.collections}
