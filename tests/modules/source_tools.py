"""linecache, timeit and dis: a source's line, its time, its instructions."""
import dis
import linecache
import timeit

assert linecache.getline(__file__, 1).startswith('"""linecache') and timeit.timeit("1 + 1", number=10) >= 0
assert dis.opmap and dis.stack_effect
