"""break, continue and return out of try, and in finally."""


def finally_flow():
    log = []
    for i in range(5):
        try:
            if i == 1:
                continue
            if i == 3:
                break
            log.append(i)
        finally:
            log.append("f%d" % i)
    return log


assert finally_flow() == [0, "f0", "f1", 2, "f2", "f3"]


def return_in_finally():
    for _ in range(3):
        try:
            return 1
        finally:
            continue
    return 2


assert return_in_finally() == 2


def return_overridden():
    try:
        return "try"
    finally:
        return "finally"


assert return_overridden() == "finally"


def swallow():
    while True:
        try:
            1 / 0
        finally:
            break
    return "ok"


assert swallow() == "ok"


def value_kept():
    x = 1
    try:
        return x
    finally:
        x = 2


assert value_kept() == 1
