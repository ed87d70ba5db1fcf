"""A plugin of pytest: the names that the module site adds to builtins, which -S leaves out and dill names."""
import site

site.setquit()
site.setcopyright()
site.sethelper()
