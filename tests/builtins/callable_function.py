"""callable: functions, classes, and instances whose class has __call__."""
assert callable(len) and callable(int) and callable(lambda: 0) and not callable(5)
assert callable(type("C", (), {"__call__": 1})())
