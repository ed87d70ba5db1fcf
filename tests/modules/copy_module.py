"""copy and deepcopy: shared, recursive and deeply nested structures, and the hooks of a class."""
import copy

from _copied import C, P, func, l, s, shared, x

y = copy.deepcopy(x)
assert y["a"] is y["b"] and y["a"] is not shared and y["self"] is y
z = copy.copy(x)
assert z["a"] is shared and z is not x and copy.copy([1]) == [1] and copy.deepcopy((1, 2)) == (1, 2)


assert copy.copy(C()) == "copied" and copy.deepcopy(C()) == "deep" and copy.copy(P(1)) == P(1)
assert copy.deepcopy(l).tag == "t" and copy.copy(s).a == 1 and copy.deepcopy([func, P, 1])[0] is func
deep = []
for _ in range(200):
    deep = [deep]
assert copy.deepcopy(deep) == deep
