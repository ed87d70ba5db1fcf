"""The machine: looked at before, between and after the runs. What it did decides whether the times count."""
import glob
import os
import platform
import time

from krait.bench.estimate import median

PARTS = 5               # of the loop that is timed
PART = 0.010            # seconds of each
LOOP_MOVED = 0.03       # the loop's time may differ by so much
LOST = 0.02             # steal and throttling may take so much of the time
EVERY = 20              # a look after so many runs


def word_of(path):
    try:
        with open(path) as file:
            return file.read().strip()
    except OSError:
        return None


def field_of(path, name, separator=None):
    """The rest of the line that begins with a name."""
    for line in (word_of(path) or "").splitlines():
        first, _, rest = line.partition(separator or " ")
        if first.strip() == name:
            return rest.strip()
    return None


def cgroup_folder():
    path = field_of("/proc/self/cgroup", "0", ":")
    for folder in (f"/sys/fs/cgroup{path[1:]}" if path else None, "/sys/fs/cgroup"):
        if folder and os.path.exists(os.path.join(folder, "cpu.stat")):
            return folder
    return None


def throttled():
    """Seconds for which the group of this process was held back; None: not told."""
    folder = cgroup_folder()
    told = folder and field_of(os.path.join(folder, "cpu.stat"), "throttled_usec")
    return int(told) / 1e6 if told else None


def ticks():
    """(all ticks, stolen ticks) of all processors."""
    numbers = [int(word) for word in (field_of("/proc/stat", "cpu") or "").split()]
    return (sum(numbers[:8]), numbers[7]) if len(numbers) >= 8 else (0, 0)


def turbo():
    no_turbo = word_of("/sys/devices/system/cpu/intel_pstate/no_turbo")
    boost = word_of("/sys/devices/system/cpu/cpufreq/boost")
    told = {"0": True, "1": False}.get(no_turbo)
    return told if told is not None else {"0": False, "1": True}.get(boost)


def aslr():
    if platform_without_aslr():
        return "off"
    return {"0": "off", "1": "partial", "2": "full"}.get(word_of("/proc/sys/kernel/randomize_va_space"))


def platform_without_aslr():
    """Was it turned off for this process (setarch -R)?"""
    bits = word_of("/proc/self/personality")
    return bool(bits) and int(bits, 16) & 0x0040000 != 0


def describe():
    """What does not change while we look."""
    governors = {word_of(path) for path in glob.glob("/sys/devices/system/cpu/cpu*/cpufreq/scaling_governor")}
    return {"name": platform.node(), "system": platform.platform(), "processors": os.cpu_count(),
            "cpu": field_of("/proc/cpuinfo", "model name", ":") or platform.machine(),
            "governor": ", ".join(sorted(filter(None, governors))) or None, "turbo": turbo(),
            "smt": {"0": False, "1": True}.get(word_of("/sys/devices/system/cpu/smt/active")), "aslr": aslr()}


class Host:
    """Looks at the machine; `reasons` tells why times of this session do not count."""

    def __init__(self, launcher):
        self.launcher, self.rounds = launcher, 200_000
        self.facts, self.looks = describe(), []
        while min(launcher.spin(self.rounds, 2)) < PART / 2 and self.rounds < 1 << 34:
            self.rounds *= 2
        self.rounds = int(self.rounds * PART / min(launcher.spin(self.rounds, 3)))

    def look(self, run=0):
        total, stolen = ticks()
        self.looks.append({
            "run": run, "time": time.time(), "loop": median(self.launcher.spin(self.rounds, PARTS)) * PARTS,
            "load": os.getloadavg()[0], "ticks": total, "stolen": stolen, "throttled": throttled()})

    def record(self):
        return {**self.facts, "looks": self.looks, "reasons": reasons(self.looks)}

    def warnings(self):
        """What makes times noisy, but is no reason against them."""
        busy = max((look["load"] for look in self.looks[:1]), default=0)
        if busy > 0.5 * (os.cpu_count() or 1):
            yield f"load {busy:.1f} on {os.cpu_count()} processors"
        if self.facts["governor"] not in (None, "performance"):
            yield f"governor {self.facts['governor']}"


def reasons(looks):
    """Why the times between these looks are unreliable, in words."""
    if not looks:
        return []
    first, last, result = looks[0], looks[-1], []
    moved = max(abs(look["loop"] / first["loop"] - 1) for look in looks)
    if moved > LOOP_MOVED:
        result.append(f"a loop of the processor took up to {moved * 100:.1f} % more or less than at first")
    passed = last["ticks"] - first["ticks"]
    if passed > 0 and (last["stolen"] - first["stolen"]) / passed > LOST:
        share = (last["stolen"] - first["stolen"]) / passed
        result.append(f"other machines took {share * 100:.1f} % of the time")
    seconds = last["time"] - first["time"]
    held = (last["throttled"] or 0) - (first["throttled"] or 0)
    if seconds > 0 and held / seconds > LOST:
        result.append(f"the control group was held back for {held / seconds * 100:.1f} % of the time")
    return result
