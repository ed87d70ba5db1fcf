"""perf-notes: each has a row in their README and a row each note; a note that is kept is cited by the code
it explains, and every citation leads to a note."""
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
NOTES = os.path.join(ROOT, "perf-notes")
CITATION = re.compile(r"perf-notes?\s+(?:\*\* )?(\d{4})|perf-notes/(\d{4})")


def read(path):
    with open(path, encoding="utf-8", errors="replace") as f:
        return f.read()


def citations():
    """number → the files of the code that cite it"""
    cited = {}
    for top in ("src", "vm", "bench", "tests", "CMakeLists.txt", "README.md"):
        top = os.path.join(ROOT, top)
        walked = os.walk(top) if os.path.isdir(top) else [(ROOT, [], [os.path.basename(top)])]
        for folder, _, names in walked:
            for name in names:
                if name.endswith((".c", ".h", ".inc", ".def", ".md", ".txt", ".py")):
                    for groups in CITATION.findall(read(os.path.join(folder, name))):
                        cited.setdefault("".join(groups),
                                         set()).add(os.path.relpath(os.path.join(folder, name), ROOT))
    return cited


def main():
    wrong = []
    rows = re.findall(r"^\| (\d{4}) ", read(os.path.join(NOTES, "README.md")), re.M)
    notes = {name[:4]: name for name in sorted(os.listdir(NOTES)) if re.match(r"\d{4}-.*\.md$", name)}
    cited = citations()
    if rows != sorted(set(rows)):
        wrong.append("perf-notes/README.md: rows are not in order, or one stands twice")
    wrong += [f"perf-notes/{notes[n]} has no row in perf-notes/README.md"
              for n in sorted(set(notes) - set(rows))]
    wrong += [f"perf-notes/README.md has a row {n}, there is no such note"
              for n in sorted(set(rows) - set(notes))]
    for number, name in notes.items():
        text = read(os.path.join(NOTES, name))
        if not text.startswith(f"# {number} "):
            wrong.append(f"perf-notes/{name}: its title does not begin with {number}")
        status = re.search(r"^Status: (.+)", text, re.M)
        if not status:
            wrong.append(f"perf-notes/{name}: no line Status:")
        elif re.match(r"kept\b|one step: kept",
                      status[1]) and not any(p.startswith(("src/", "vm/", "CMake", "bench/"))
                                             for p in cited.get(number, ())):
            wrong.append(f"perf-notes/{name} is kept, and no code cites it")
    for number in sorted(set(cited) - set(notes)):
        wrong.append(f"{', '.join(sorted(cited[number]))}: there is no note {number}")
    print("\n".join(wrong))
    return 1 if wrong else 0


sys.exit(main())
