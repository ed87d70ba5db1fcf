"""csv: quoted fields, line breaks in fields, readers of dicts."""
import csv
import io

rows = list(csv.reader(io.StringIO('a,"b ""q"", c",d\r\n1,,\n"x\ny",2,3\n')))
assert rows == [["a", 'b "q", c', "d"], ["1", "", ""], ["x\ny", "2", "3"]]
out = io.StringIO()
w = csv.writer(out)
w.writerow([1, 'a "b"', "c,d", None, 1.5, "x\ny"])
assert out.getvalue() == '1,"a ""b""","c,d",,1.5,"x\ny"\r\n'
assert list(csv.DictReader(io.StringIO("a,b\n1,2\n"))) == [{"a": "1", "b": "2"}]
assert list(csv.reader(["a;b|c"], delimiter=";")) == [["a", "b|c"]]
