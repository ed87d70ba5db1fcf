"""Records what CPython 3.11 answers: _record.py FAMILY.py … (tests/run --record hostile calls it).

Runs with different fillings of freed memory (or none) and different hash seeds; each goes on in a new
process where one died. Where they differ, the case is run again alone; where it still differs, its answer
depends on memory: `?`.

_record.py --differs KRAIT FAMILY.py …: writes FAMILY.differs, the answers in which KRAIT differs for a
reason that reasons.txt gives, and prints the other differences.
"""
import os
import re
import subprocess
import sys

from _expected import load, parse, save

RUNS = [{"PYTHONHASHSEED": "1"}, {"HOSTILE_CHURN": "no", "PYTHONHASHSEED": "4"},
        {"PYTHONMALLOC": "debug", "PYTHONHASHSEED": "2"},
        {"PYTHONMALLOC": "malloc", "MALLOC_PERTURB_": "165", "PYTHONHASHSEED": "3"}]


def run(family, settings, *cases):
    env = {**os.environ, **settings, "HOSTILE": "all"}
    done = subprocess.run([sys.executable, family, *cases], env=env, stdout=subprocess.PIPE,
                          timeout=900, text=True)
    assert done.returncode == 0, (family, done.returncode)
    return parse(done.stdout)[0]


def settled(family, case):
    answers = {run(family, settings, "=%s [%s]" % case)[case] for settings in RUNS}
    return answers.pop() if len(answers) == 1 and not any(a.startswith("died") for a in answers) else "?"


def record(family):
    first, *others = [run(family, settings) for settings in RUNS]
    for case, answer in first.items():
        if answer.startswith("died") or any(other[case] != answer for other in others):
            first[case] = settled(family, case)
    save(family[:-3] + ".expected", first)
    print(f"{family}: {len(first)} cases, {sum(a == '?' for a in first.values())} of them unspecified",
          flush=True)


def reasons():
    with open("reasons.txt", encoding="utf-8") as f:
        rows = [line.rstrip("\n").split("\t", 1) for line in f if line.strip() and not line.startswith("#")]
    return [(re.compile(pattern), reason) for pattern, reason in rows]


def record_differences(krait, family):
    expected = load(family[:-3] + ".expected")
    done = subprocess.run([krait, family], stdout=subprocess.PIPE, timeout=900, text=True)
    assert done.returncode == 0, (family, done.returncode)
    answers, known = parse(done.stdout)[0], reasons()
    own = {}
    for case, answer in answers.items():
        if expected[case] in ("?", answer):
            continue
        reason = next((reason for pattern, reason in known if pattern.search("%s [%s]" % case)), None)
        if reason:
            own.setdefault(reason, {})[case] = answer
        else:
            print(f"{case[0]} [{case[1]}]\n  expected {expected[case]}\n  got      {answer}")
    path = family[:-3] + ".differs"
    if own:
        save(path, own)
    elif os.path.exists(path):
        os.remove(path)


def main():
    os.chdir(os.path.dirname(os.path.abspath(__file__)))
    if sys.argv[1] == "--differs":
        for family in sys.argv[3:]:
            record_differences(os.path.abspath(sys.argv[2]), family)
    else:
        for family in sys.argv[1:]:
            record(family)


main()
