"""Which samples a report is about: of a thread, of a time, with or without frames that a pattern names.

weigh(recording, choice) -> {stack: [µs, samples]}, what trees are made of."""
import re


class BadChoice(Exception):
    """An option that cannot be followed; the text says which."""


class Choice:
    def __init__(self, focus=None, ignore=None, thread=None, since=None, until=None):
        self.focus, self.ignore = pattern(focus, "--focus"), pattern(ignore, "--ignore")
        self.thread = thread
        self.since = None if since is None else since * 1e6
        self.until = None if until is None else until * 1e6

    @property
    def is_all(self):
        return not (self.focus or self.ignore or self.thread is not None or self.is_range)

    @property
    def is_range(self):
        return self.since is not None or self.until is not None

    def has_time(self, time):
        """time in µs"""
        return (self.since is None or time >= self.since) and (self.until is None or time < self.until)

    def told(self):
        """The choice as words, "" for everything."""
        parts = [f"thread {self.thread}" if self.thread is not None else "",
                 f"from {self.since / 1e6:g} s" if self.since is not None else "",
                 f"to {self.until / 1e6:g} s" if self.until is not None else "",
                 f"with {self.focus.pattern}" if self.focus else "",
                 f"without {self.ignore.pattern}" if self.ignore else ""]
        return ", ".join(part for part in parts if part)


def pattern(text, option):
    try:
        return re.compile(text) if text is not None else None
    except re.error as error:
        raise BadChoice(f"{option}: {error}") from None


def threads_chosen(recording, choice):
    """ids of the threads that --thread names (by number, system's number or a part of the name); None: all"""
    if choice is None or choice.thread is None:
        return None
    wanted = str(choice.thread)
    threads = recording.threads.values()
    found = {t.id for t in threads if wanted in (str(t.id), str(t.system))}
    found = found or {t.id for t in threads if wanted in thread_name(recording, t.id)}
    if not found:
        names = ", ".join(thread_name(recording, t.id) for t in threads)
        raise BadChoice(f"--thread: no thread {wanted} (there are: {names})")
    return found


def thread_name(recording, thread):
    known = recording.threads.get(thread)
    name = known.name if known and known.name else "thread" if known else "(unknown thread)"
    if known and len(recording.processes) > 1:
        return f"{name} {known.system} of {known.process.pid}"
    return f"{name} {known.system}" if known and not known.name else name


def weigh(recording, choice=None):
    """{stack: [µs, samples]} of what is chosen"""
    whole = {}
    for weights in weigh_threads(recording, choice).values():
        for stack, (weight, count) in weights.items():
            pair = whole.setdefault(stack, [0, 0])
            pair[0] += weight
            pair[1] += count
    return whole


def weigh_threads(recording, choice=None):
    """{thread: {stack: [µs, samples]}} of what is chosen"""
    by_thread = recording.weights() if choice is None or not choice.is_range else sum_range(recording, choice)
    if choice is None or choice.is_all:
        return dict(sorted(by_thread.items()))
    chosen, kept = threads_chosen(recording, choice), None
    if choice.focus or choice.ignore:
        kept = stacks_kept(recording, choice)
    rows = {thread: {stack: pair for stack, pair in weights.items() if kept is None or kept[stack]}
            for thread, weights in sorted(by_thread.items()) if chosen is None or thread in chosen}
    return {thread: weights for thread, weights in rows.items() if weights}


def sum_range(recording, choice):
    by_thread = {}
    for time, thread, stack, weight in recording.samples():
        if choice.has_time(time):
            pair = by_thread.setdefault(thread, {}).setdefault(stack, [0, 0])
            pair[0] += weight
            pair[1] += 1
    return by_thread


def samples_chosen(recording, choice=None):
    """The samples of what is chosen, each (time, thread, stack, weight)"""
    if choice is None or choice.is_all:
        yield from recording.samples()
        return
    chosen, kept = threads_chosen(recording, choice), None
    if choice.focus or choice.ignore:
        kept = stacks_kept(recording, choice)
    for row in recording.samples():
        is_chosen = choice.has_time(row[0]) and (chosen is None or row[1] in chosen)
        if is_chosen and (kept is None or kept[row[2]]):
            yield row


def stacks_kept(recording, choice):
    """{stack: whether --focus and --ignore keep it}"""
    focus = match_codes(recording, choice.focus, True)
    ignore = match_codes(recording, choice.ignore, False)
    focused, ignored = {-1: choice.focus is None}, {-1: False}
    for stack, (caller, code, _) in recording.stacks.items():
        focused[stack] = focused[caller] or focus[code]
        ignored[stack] = ignored[caller] or ignore[code]
    return {stack: focused[stack] and not ignored[stack] for stack in recording.stacks}


def match_codes(recording, wanted, absent):
    return {id: absent if wanted is None else bool(wanted.search(f"{code.label} {code.path}"))
            for id, code in recording.codes.items()}
