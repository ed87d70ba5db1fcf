project="P"
extensions=["sphinx.ext.autodoc","sphinx.ext.doctest","sphinx.ext.viewcode"]
import sys,os; sys.path.insert(0, os.path.abspath(".."))
