"""Hints: what a recording says about lines that could be faster; at most ten, those that promise most first.

A rule (hint_rules.py) looks at what was measured and gives hints with an expected loss: the line's share of
the run times the share of its runs that are concerned times a factor. Kept is what passes the guards below:
no hint where nothing is to be gained, and none for the standard library, which is not the reader's to
change."""
import re
from functools import cached_property

from krait.profile import choice as choices
from krait.profile import counts, summary
from krait.profile.tree import Tree, short_path

HINTS_MAX = 10
LOSS_MIN = 0.01     # of the run
RUNS_MIN = 1000     # of a site
SAMPLES_MIN = 30    # of a line
LIBRARY = re.compile(r"^/usr/lib/|/lib/python3[.\d]*/|^<frozen")


class Hint:
    """finding: the rule's name. loss: share of the run that is expected to be gained."""

    def __init__(self, finding, place, text, loss):
        self.finding, self.place, self.text, self.loss = finding, place, text, loss

    @property
    def where(self):
        path, line = self.place
        return f"{short_path(path)}:{line}" if path else "the run"

    def document(self):
        return {"finding": self.finding, "file": self.place[0], "line": self.place[1], "text": self.text,
                "loss": round(self.loss, 4)}


class Facts:
    """What the rules look at; sums of the whole recording, made once."""

    def __init__(self, recording):
        self.recording = recording

    @cached_property
    def tree(self):
        return Tree(self.recording, choices.weigh(self.recording))

    @property
    def whole(self):
        return self.tree.total[0]

    @cached_property
    def lines(self):
        return summary.lines(self.tree)

    @cached_property
    def spent(self):
        return summary.spent(self.tree)

    @cached_property
    def runs(self):
        return counts.line_runs(self.recording) if self.recording.counts else {}

    def share(self, place):
        """The line's part of the run, with what it calls in built-ins"""
        row = self.lines.get(place)
        return row.self / self.whole if row and self.whole else 0

    def share_with_calls(self, place):
        row = self.lines.get(place)
        return row.total / self.whole if row and self.whole else 0

    def samples(self, place):
        row = self.lines.get(place)
        return row.count if row else 0

    def source(self, place):
        return self.recording.source_line(*place) or ""

    def collector(self):
        """The collector's part of the run, by samples; pauses are real time, in which others may have run"""
        if self.whole:
            return self.spent.get("collector", 0) / self.whole
        wall = self.recording.totals.wall
        return sum(row[1] for row in self.recording.gcs) / wall if wall else 0

    def sites(self):
        """(place, runs, misses, [(reason, met, count)]) of the sites with enough runs"""
        for code, insn, runs, misses, met in self.recording.sites:
            known = self.recording.codes[code]
            place = known.path, known.line(insn)
            if runs < RUNS_MIN or is_library(known.path):
                continue
            if self.samples(place) >= SAMPLES_MIN:
                yield place, runs, misses, met


def is_library(path):
    return not path or bool(LIBRARY.search(path))


def hints(recording):
    from krait.profile.hint_rules import RULES
    if not (recording.sites or recording.allocs or recording.gcs or recording.imports or recording.counts):
        return []
    facts, best = Facts(recording), {}
    for rule in RULES:
        for hint in rule(facts):
            key = hint.finding, hint.place
            if hint.loss >= LOSS_MIN and (key not in best or best[key].loss < hint.loss):
                best[key] = hint
    return sorted(best.values(), key=lambda hint: (-hint.loss, hint.place))[:HINTS_MAX]
