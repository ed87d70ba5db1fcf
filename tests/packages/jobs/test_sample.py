import pytest


def test_ok():
    assert 1 + 1 == 2


def test_eq():
    a = [1, 2, 3]
    b = {"x": 1}
    assert a == [1, 2, 4], "lists"


def test_dict():
    assert {"a": 1, "b": 2} == {"a": 1, "b": 3}


@pytest.mark.parametrize("n", [1, 2, 3])
def test_par(n, tmp_path):
    p = tmp_path / "f"
    p.write_text(str(n))
    assert int(p.read_text()) < 3


def test_raises():
    with pytest.raises(ValueError, match="abc"):
        int("x")


def test_cap(capsys):
    print("hello")
    assert capsys.readouterr().out == "hello\n"


def test_text():
    assert "line one\nline two" == "line one\nline 2"


def test_call():
    f = lambda x: x * 2
    assert f(3) > f(4) and not f(1)
