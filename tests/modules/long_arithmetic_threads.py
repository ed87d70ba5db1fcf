# modes: reference cold switch asan
"""A long product goes on while another thread works, and both are right."""
import threading
import time

wide = (1 << 8_000_000) - 1
answers, steps = [], []


def multiply():
    answers.append(wide * wide)


thread = threading.Thread(target=multiply)
thread.start()
while thread.is_alive():
    steps.append(sum(range(1000)))
    time.sleep(0.0005)
thread.join()
assert answers[0] == (1 << 16_000_000) - (1 << 8_000_001) + 1
assert steps and set(steps) == {499500}
