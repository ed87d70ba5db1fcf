"""concurrent.futures: a pool of threads gives results and exceptions."""
from concurrent.futures import ThreadPoolExecutor

from _case import error

with ThreadPoolExecutor(2) as pool:
    assert list(pool.map(lambda v: v * v, range(5))) == [0, 1, 4, 9, 16]
    assert pool.submit(len, "ab").result() == 2 and "ValueError" in error(pool.submit(int, "x").result)
