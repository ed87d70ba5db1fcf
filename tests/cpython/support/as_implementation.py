"""`-m unittest …` with CPython's details on: tests marked as details of one implementation run here too,
since their users may lean on them, and count as failed where the detail differs. What LEFT_OUT names, a list
that the runner puts in front, does not run."""
import runpy
import test.support
import unittest


def check_impl_detail(**guards):
    guards, default = test.support._parse_guards(guards)
    return guards.get("cpython", default)


def names_of_tests(loader, case):
    return [n for n in every_name(loader, case) if f"{case.__name__}.{n}" not in LEFT_OUT]


every_name = unittest.TestLoader.getTestCaseNames
unittest.TestLoader.getTestCaseNames = names_of_tests
test.support.check_impl_detail = check_impl_detail
runpy.run_module("unittest", run_name="__main__", alter_sys=True)
