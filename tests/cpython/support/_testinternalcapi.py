"""What test.support asks the test module of CPython's inside: how the interpreter is configured."""


def get_config():
    return {"code_debug_ranges": 1}
