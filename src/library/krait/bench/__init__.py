"""krait bench: comparisons of interpreters and programs."""
