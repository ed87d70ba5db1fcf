"""Blocks indented by tabs."""
if True:
	tabbed = 1
	if tabbed:
		deeper = 2
assert deeper == 2
