"""Lists and arrays whose slices are resized by their own bounds."""
import array

from _slice_bounds import check_all

count = check_all({
    "list": (lambda: list(range(20)), lambda n: [7] * n),
    "array": (lambda: array.array("h", range(20)), lambda n: array.array("h", [7] * n)),
    "wide array": (lambda: array.array("d", range(20)), lambda n: array.array("d", [7] * n)),
})
assert count > 2000, count
