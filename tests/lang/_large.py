"""For large_*.py: code of 70,000 of everything, made by text."""
N = 70000
R = range(N)
PROBES = (0, 1, 4094, 4095, 4096, 4097, 32766, 32767, 32768, 65533, 65534, 65535, 65536, 65537, N - 2, N - 1)


def run(source, **names):
    names.setdefault("__name__", "made")
    exec(source, names)
    return names


def lines(form, count=N):
    return "\n".join([form.format(i=i) for i in range(count)])
