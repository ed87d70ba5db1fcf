"""Soft keywords, built-in names and names that begin like keywords can be assigned."""
print_ = print
assert print_ is print
match = case = type = _ = 1
assert match == case == type == _ == 1
async_ = await_ = 2
