"""How krait bench ends: the statuses, and the problems that lead to them."""

OK, REGRESSED, USAGE, FILE, UNRELIABLE, INTERRUPTED = 0, 1, 2, 3, 4, 130


class Problem(Exception):
    """What ends the command; the text says why."""
    status = USAGE


class Usage(Problem):
    """What was asked for cannot be done."""


class BadFile(Problem):
    """A file that cannot be read or written, or is none of ours."""
    status = FILE
