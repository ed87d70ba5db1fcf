"""Native code warns by the last settings that the module warnings had, also when they are deleted from it."""
import _warnings
import warnings

from _case import error

with warnings.catch_warnings():
    kept = warnings.filters
    warnings.filterwarnings("error", category=UserWarning)
    assert error(_warnings.warn, "an error") == "UserWarning: an error"
    changed = warnings.filters
    del warnings.filters
    assert error(_warnings.warn, "an error still") == "UserWarning: an error still"
    _warnings.filters, own = [], _warnings.filters  # a name only: nobody reads it
    assert error(_warnings.warn, "and now") == "UserWarning: and now"
    _warnings.filters = own
    warnings.filters = changed

kept = warnings.filters, warnings.defaultaction
warnings.filters, warnings.defaultaction = [], "error"
assert error(_warnings.warn, "by default") == "UserWarning: by default"
del warnings.defaultaction
assert error(_warnings.warn, "by the last default") == "UserWarning: by the last default"
warnings.filters, warnings.defaultaction = kept

assert warnings.filters is kept[0]
