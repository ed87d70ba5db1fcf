"""An exception raised as a class is printed without a text."""
print("never")
raise NotImplementedError
