"""What of a start is resident: the pages of the program that it touches lie together (vm/image.ld)."""
import re

from _both import KRAIT, REFERENCE, expect, finish, run

PROGRAM = """
with open("/proc/self/smaps") as f:
    print(f.read())
with open("/proc/self/status") as f:
    print(f.read())
"""


def resident(program):
    """KB of the program's own pages, peak of the process."""
    run(program, ["-c", PROGRAM])  # the cache is warm after this
    status, out, err = run(program, ["-c", PROGRAM])
    expect(status == 0, err)
    image, own = 0, False
    for line in out.splitlines():
        mapping = re.match(r"[0-9a-f]+-[0-9a-f]+ \S+ \S+ \S+ \d+\s*(.*)", line)
        if mapping:
            own = mapping[1].endswith(("krait", "python3.11"))
        elif own and line.startswith("Rss:"):
            image += int(line.split()[1])
    return image, int(re.search(r"VmHWM:\s+(\d+)", out)[1])


status, out, err = run(KRAIT, ["-VV"])
# other compilers name their functions otherwise, sanitizers and checks need more
if re.search(r"Release build\) \[GNU", out):
    image, peak = resident(KRAIT)
    expect(image < 2500, f"{image} KB of the image are resident: run tests/tools/order.py")
    reference, reference_peak = resident(REFERENCE)
    expect(peak < 0.9 * reference_peak, f"a start needs {peak} KB, CPython {reference_peak}")
finish()
