"""traceback: what the module makes of an exception and of the stack."""
import sys
import traceback

try:
    {}["missing"]
except KeyError:
    text = traceback.format_exc()
    tb = traceback.extract_tb(sys.exc_info()[2])
assert text.splitlines()[0] == "Traceback (most recent call last):"
assert text.splitlines()[2:] == ['    {}["missing"]', "    ~~^^^^^^^^^^^", "KeyError: 'missing'"]
assert tb[0].name == "<module>" and tb[0].line == '{}["missing"]'
assert traceback.format_exception_only(ValueError("x")) == ["ValueError: x\n"]
assert "in <module>" in "".join(traceback.format_stack())
