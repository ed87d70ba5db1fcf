"""None reduces as any object without state."""
import copy
import pickle

for protocol in range(2, 6):
    function, args, *rest = None.__reduce_ex__(protocol)
    assert function.__name__ == "__newobj__" and args == (type(None),) and rest == [None, None, None]
    assert pickle.loads(pickle.dumps([None, ..., NotImplemented], protocol)) == [None, ..., NotImplemented]
for call in (lambda: None.__reduce__(), lambda: None.__reduce_ex__(0), lambda: None.__reduce_ex__(1)):
    try:
        call()
        raise SystemExit("None was reduced")
    except TypeError as error:
        assert str(error) == "cannot pickle 'NoneType' object", error
assert "__reduce__" not in type(None).__dict__ and "__reduce__" in type(...).__dict__
assert copy.copy(None) is None is copy.deepcopy(None)
