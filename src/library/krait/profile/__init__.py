"""krait profile: what a recording says."""
