"""str: removeprefix and removesuffix."""
from _case import outcome

assert "TestCase".removeprefix("Test") == "Case" and "TestCase".removesuffix("Case") == "Test"
assert "x".removeprefix("y") == "x" and "x".removesuffix("") == "x"
assert outcome(lambda: "TestHook".removeprefix("Test")) == 'Hook'
assert outcome(lambda: "TestHook".removeprefix("Hook")) == 'TestHook'
assert outcome(lambda: "abc".removeprefix("")) == 'abc'
assert outcome(lambda: "TestHook".removesuffix("Hook")) == 'Test'
assert outcome(lambda: "TestHook".removesuffix("Test")) == 'TestHook'
assert outcome(lambda: "abc".removesuffix("")) == 'abc'
assert outcome(lambda: "abc".removeprefix(1)) == 'TypeError: removeprefix() argument must be str, not int'
