"""speedscope's own format (https://www.speedscope.app/file-format-schema.json): a sampled profile a thread,
samples in the order they were taken, weights in µs."""
import json

from krait.profile import choice as choices
from krait.profile.tree import Tree


def speedscope(recording, choice=None):
    by_thread = choices.weigh_threads(recording, choice)
    whole = choices.weigh(recording, choice)
    tree = Tree(recording, whole)
    frames, paths = frame_table(tree)
    rows = {thread: ([], []) for thread in by_thread}
    for _, thread, stack, weight in choices.samples_chosen(recording, choice):
        samples, weights = rows[thread]
        samples.append(paths[tree.node_of_stack[stack]])
        weights.append(weight)
    profiles = [profile(choices.thread_name(recording, thread), *rows[thread]) for thread in by_thread]
    return json.dumps({
        "$schema": "https://www.speedscope.app/file-format-schema.json", "name": recording.program,
        "exporter": "krait",
        "activeProfileIndex": busiest(profiles), "shared": {"frames": frames},
        "profiles": profiles or [profile("no samples", [], [])]}, separators=(",", ":"))


def frame_table(tree):
    """(frames, {node: numbers of its frames from the outermost}); a frame is a function, whatever the line,
    so that a function that goes on is one box"""
    paths = {0: []}
    for node in range(1, len(tree)):
        paths[node] = paths[tree.parent[node]] + [tree.function[node].index]
    return [frame(function) for function in tree.functions], paths


def frame(function):
    shown = {"name": function.name}
    if function.path:
        shown.update(file=function.path, line=function.first_line)
    return shown


def profile(name, samples, weights):
    return {"type": "sampled", "name": name, "unit": "microseconds", "startValue": 0,
            "endValue": sum(weights),
            "samples": samples, "weights": weights}


def busiest(profiles):
    return max(range(len(profiles)), key=lambda n: profiles[n]["endValue"], default=0)
