"""krait bench: comparisons of interpreters whose statements hold.

options.py reads the command line, targets.py and interpreters.py what is to be run by whom; launch.py runs
one process, session.py all of them in rounds, host.py looks at the machine meanwhile; estimate.py has the
arithmetic, results.py makes the document (what --export-json writes), text.py, exports.py, charts.py and
page.py show it; files.py compares and gates documents, history.py finds steps in many.
"""
