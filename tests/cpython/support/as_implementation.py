"""`-m unittest …` with CPython's details on: tests marked as details of one implementation run here too, since
their users may lean on them, and count as failed where the detail differs."""
import runpy
import test.support


def check_impl_detail(**guards):
    guards, default = test.support._parse_guards(guards)
    return guards.get("cpython", default)


test.support.check_impl_detail = check_impl_detail
runpy.run_module("unittest", run_name="__main__", alter_sys=True)
