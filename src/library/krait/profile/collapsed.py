"""Collapsed stacks: a line a path, "outermost;…;innermost µs" - what flamegraph.pl, inferno and speedscope
read."""
from krait.profile import choice as choices
from krait.profile.tree import ROOT, Tree
from krait.profile.words import clean


def collapsed(recording, choice=None):
    by_thread = choices.weigh_threads(recording, choice)
    out = []
    for thread, weights in by_thread.items():
        tree = Tree(recording, weights)
        prefix = name_of(choices.thread_name(recording, thread)) + ";" if len(by_thread) > 1 else ""
        texts = [prefix.rstrip(";")]
        for node in range(1, len(tree)):
            before = texts[tree.parent[node]]
            texts.append((before + ";" if before else "") + name_of(tree.function[node].shown))
        out += merged((texts[node], tree.self[node]) for node in range(ROOT + 1, len(tree))
                      if tree.self[node])
    return "".join(f"{text} {weight}\n" for text, weight in out)


def merged(rows):
    """Paths that differ in lines alone are one"""
    sums = {}
    for text, weight in rows:
        sums[text] = sums.get(text, 0) + weight
    return sums.items()


def name_of(text):
    return clean(text).replace(";", ",")
