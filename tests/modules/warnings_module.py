"""warnings: what catch_warnings records."""
import warnings

with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter("always")
    warnings.warn("careful", DeprecationWarning)
assert len(w) == 1 and str(w[0].message) == "careful" and w[0].category is DeprecationWarning
