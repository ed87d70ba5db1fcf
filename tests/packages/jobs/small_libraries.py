import warnings

warnings.simplefilter("ignore")
from lark import Lark, Transformer

g = r"""
start: sum
?sum: prod | sum "+" prod -> add | sum "-" prod -> sub
?prod: atom | prod "*" atom -> mul | prod "/" atom -> div
?atom: NUMBER -> number | "-" atom -> neg | "(" sum ")"
%import common.NUMBER
%import common.WS
%ignore WS
"""


class T(Transformer):
    from operator import add, sub, mul, truediv as div, neg

    number = lambda s, c: float(c[0])
    start = lambda s, c: c[0]
    add = lambda s, c: c[0] + c[1]
    sub = lambda s, c: c[0] - c[1]
    mul = lambda s, c: c[0] * c[1]
    div = lambda s, c: c[0] / c[1]
    neg = lambda s, c: -c[0]


for p in "lalr", "earley":
    print(T().transform(Lark(g, parser=p).parse("1 + 2*(3 - -4)/5")))
    print(Lark(g, parser=p).parse("1+2*3").pretty())
try:
    Lark(g, parser="lalr").parse("1 + * 2")
except Exception as e:
    print(type(e).__name__)  # which terminals it expected is a set's order
import rdflib

G = rdflib.Graph()
G.parse(
    data='@prefix f: <http://f/> . f:a f:knows f:b, f:c . f:b f:name "Bob"@en ; f:age 5 .',
    format="turtle",
)
print(len(G), sorted(map(str, G.objects(rdflib.URIRef("http://f/a")))))
print(sorted(G.serialize(format="nt").split("\n")))
print(
    [
        tuple(map(str, r))
        for r in G.query(
            "PREFIX f: <http://f/> SELECT ?x ?n WHERE { ?x f:name ?n . ?x f:age ?a FILTER(?a > 3) }"
        )
    ]
)
print(G.serialize(format="xml")[:60])
import openpyxl, io

w = openpyxl.Workbook()
s = w.active
s.title = "T"
s.append(["a", 1, 2.5, None, True])
s["B3"] = "=SUM(B1:B2)"
s.merge_cells("C3:D4")
f = io.BytesIO()
w.save(f)
x = openpyxl.load_workbook(io.BytesIO(f.getvalue()))
print([[c.value for c in r] for r in x["T"].rows], x["T"].merged_cells.ranges)
import attr


@attr.s(auto_attribs=True, order=True)
class A:
    x: int
    y: list = attr.Factory(list)
    z: str = attr.ib(default="q", validator=attr.validators.instance_of(str), kw_only=True)


print(A(1), attr.asdict(A(2, [A(3)])), A(1) < A(2), attr.evolve(A(1), x=9))
try:
    A(1, z=3)
except TypeError as e:
    print(str(e)[:60])


@attr.frozen
class Fz:
    a: int = attr.field(converter=int)


try:
    f = Fz("5")
    f.a = 3
except attr.exceptions.FrozenInstanceError as e:
    print(f, repr(e))
