"""Filters as one writes them for a shell: a log is written to a temporary file, then read line by line,
selected, numbered, joined, sorted in runs, merged and compared.
"""
import fileinput
import heapq
import itertools
import os
import sys
import tempfile
import zlib

LEVELS = ["debug", "info", "info", "info", "warning", "error"]


def write_log(path, n):
    seed = 5
    with open(path, "w") as f:
        for i in range(n):
            seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
            s = seed >> 9
            f.write(f"{i:07d}\t{LEVELS[s % 6]}\thost{s % 37}\tGET /page/{s % 911}?n={i % 13}\t{s % 5000}\n")
            if s % 29 == 0:
                print("    continued:", "x" * (s % 60), file=f)


def select(source, target, word):
    with open(source) as f, open(target, "w") as out:
        for line in f:
            if word in line and not line.startswith(" "):
                out.write(line)


def totals(path):
    times = {}
    for line in open(path):
        if line[0] == " ":
            continue
        fields = line.rstrip("\n").split("\t")
        times.setdefault(fields[2], []).append(int(fields[4]))
    return {host: (len(t), sum(t), max(t)) for host, t in sorted(times.items())}


def joined_lines(path):
    """Records with their continued lines, as one text each."""
    record = []
    with open(path) as f:
        for line in f:
            if not line.startswith("    ") and record:
                yield "".join(record)
                record = []
            record.append(line)
    if record:
        yield "".join(record)


def sort_file(source, target, folder, size, key):
    """Sorted runs of so many lines, each in a file, merged at the end."""
    runs = []
    with open(source) as f:
        while chunk := list(itertools.islice(f, size)):
            runs.append(os.path.join(folder, f"run{len(runs)}"))
            with open(runs[-1], "w") as out:
                out.writelines(sorted(chunk, key=key))
    files = [open(run) for run in runs]
    with open(target, "w") as out:
        out.writelines(heapq.merge(*files, key=key))
    for f in files:
        f.close()
    return len(runs)


def blocks_sum(path):
    check = 0
    with open(path, "rb") as f:
        while block := f.read(8192):
            check = zlib.crc32(block, check)
    return check


def main(n):
    with tempfile.TemporaryDirectory() as folder:
        log, errors, ordered = (os.path.join(folder, name) for name in ("log", "errors", "sorted"))
        write_log(log, n)
        select(log, errors, "error")
        hosts = totals(log)
        records = sum(1 for _ in joined_lines(log))
        longest = max(joined_lines(log), key=len)
        assert records == n
        runs = sort_file(errors, ordered, folder, 1000, lambda line: (line.split("\t")[3], line))
        with open(errors) as f, open(ordered) as g:
            assert sorted(f) == sorted(g)
        with fileinput.input([errors, ordered]) as lines:
            both = sum(len(line) for line in lines if fileinput.filelineno() % 3 == 0)
        with open(log, "r+") as f:
            f.seek(100)
            f.readline()
            place, line = f.tell(), f.readline()
            f.seek(place)
            f.write(line.upper())
        with open(log, newline="") as f:
            width = max(map(len, f.read().splitlines()))
        print("size", os.path.getsize(log), blocks_sum(log), blocks_sum(ordered), "runs", runs, "both", both)
        print("hosts", len(hosts), hosts["host7"], "longest", len(longest), width, line.split()[3])


main(int(sys.argv[1]) if len(sys.argv) > 1 else 180000)
