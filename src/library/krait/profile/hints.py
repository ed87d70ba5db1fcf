"""Hints."""
def hints(recording):
    return []
