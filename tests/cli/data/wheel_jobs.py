"""Real work for the packages inside pip's wheel (the one argument): what they print is compared with the
reference."""
import io
import random
import sys

sys.path.insert(0, sys.argv[1])
from pip._internal.cli.main_parser import create_main_parser  # noqa: E402
from pip._internal.req.constructors import install_req_from_line  # noqa: E402
from pip._vendor import colorama, idna, msgpack, pyparsing, requests, tomli, webencodings  # noqa: E402
from pip._vendor.chardet.universaldetector import UniversalDetector  # noqa: E402
from pip._vendor.distlib.metadata import Metadata  # noqa: E402
from pip._vendor.distlib.version import get_scheme  # noqa: E402
from pip._vendor.packaging import markers, requirements, specifiers, tags, utils, version  # noqa: E402
from pip._vendor.pygments import highlight  # noqa: E402
from pip._vendor.pygments.formatters.html import HtmlFormatter  # noqa: E402
from pip._vendor.pygments.formatters.latex import LatexFormatter  # noqa: E402
from pip._vendor.pygments.formatters.terminal256 import Terminal256Formatter  # noqa: E402
from pip._vendor.pygments.lexers.python import PythonLexer  # noqa: E402
from pip._vendor.pygments.style import Style  # noqa: E402
from pip._vendor.pygments.token import Keyword, Name, Number, String  # noqa: E402
from pip._vendor.resolvelib import (
    AbstractProvider,
    BaseReporter,
    ResolutionImpossible,
    Resolver,
)  # noqa: E402
from pip._vendor.rich.console import Console  # noqa: E402
from pip._vendor.rich.markup import escape  # noqa: E402
from pip._vendor.rich.panel import Panel  # noqa: E402
from pip._vendor.rich.pretty import Pretty  # noqa: E402
from pip._vendor.rich.progress_bar import ProgressBar  # noqa: E402
from pip._vendor.rich.syntax import Syntax  # noqa: E402
from pip._vendor.rich.table import Table  # noqa: E402
from pip._vendor.rich.traceback import Traceback  # noqa: E402
from pip._vendor.rich.tree import Tree  # noqa: E402
from pip._vendor.tenacity import RetryError, Retrying, stop_after_attempt  # noqa: E402
from pip._vendor.urllib3.filepost import encode_multipart_formdata  # noqa: E402
from pip._vendor.urllib3.util import Retry, Timeout, parse_url  # noqa: E402

SOURCE = '''
@decorated(1, key="x")
class Shape(Base, metaclass=Meta):
    """A text."""
    sides: int = 0x1f + 1_000j

    async def area(self, *args, **kwargs) -> float:
        return f"{self.sides!r:>{10}}" if args else await self.other(b"\\x00")  # a remark
'''
PROJECT = '''
title = "A project"
[owner]
born = 1979-05-27T07:32:00-08:00
days = [1979-05-27, 07:32:00.5]
[[parts]]
name = "Rad"
sizes = {small = 1_000, "very large" = 6.02e23, odd = [inf, 0x1F, true]}
text = """
several
lines \\u00e9"""
[[parts]]
name = 'C:\\raw'
'''


def error_of(call, *args):
    try:
        return call(*args)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


def versions():
    texts = [
        "1.0",
        "1.0.dev1",
        "1!0.5",
        "1.0rc2",
        "1.0.post3",
        "1.0a1+local.7",
        "v2.0",
        "2.0.0",
        "1.0b2.post1.dev4",
        "0.9",
    ]
    ordered = sorted(map(version.parse, texts))
    print(*ordered, "|", *(f"{v.epoch}:{v.release}:{v.pre}:{v.is_prerelease}" for v in ordered))
    wanted = specifiers.SpecifierSet(">=1.0,!=1.0.post3,~=1.0", prereleases=True)
    print(
        sorted(map(str, wanted)),
        [str(v) for v in wanted.filter(ordered)],
        error_of(version.Version, "1.x.y"),
    )
    need = requirements.Requirement(
        'name[one,two]>=1,<3 ; python_version > "3" and sys_platform == "linux"'
    )
    print(need.name, sorted(need.extras), need.specifier, need.marker, need.marker.evaluate())
    print(error_of(requirements.Requirement, "name >= ? 3"), error_of(markers.Marker, "python_version >"))
    print(
        utils.canonicalize_name("A._b--C"),
        *map(str, utils.parse_wheel_filename("some_name-1.2-1-py3-none-any.whl")[:3]),
    )
    print([str(tag) for tag in tags.compatible_tags((3, 11))][:5])
    for scheme in "normalized", "legacy", "semantic":
        found = [v for v in texts if get_scheme(scheme).is_valid_version(v)]
        print(scheme, sorted(found, key=get_scheme(scheme).key))
    print(
        Metadata(
            mapping={"name": "thing", "version": "1.0", "metadata_version": "2.0", "summary": "s"}
        ).todict()
    )
    print(repr(install_req_from_line("thing[x]==1.5; python_version>='3'")))


class Pins(AbstractProvider):
    """Packages by name: {version: needs}."""

    known = {
        "app": {1: {"web": {1, 2}, "data": {2}}},
        "web": {2: {"data": {1}}, 1: {"data": {1, 2}}},
        "data": {1: {}, 2: {}},
        "bad": {1: {"data": {1}, "app": {1}}},
    }

    def identify(self, requirement_or_candidate):
        return requirement_or_candidate[0]

    def get_preference(self, identifier, resolutions, candidates, information, backtrack_causes):
        return sum(1 for _ in candidates[identifier])

    def find_matches(self, identifier, requirements, incompatibilities):
        allowed = set(self.known[identifier]).intersection(*(r[1] for r in requirements[identifier]))
        return [
            (identifier, v)
            for v in sorted(allowed - {c[1] for c in incompatibilities[identifier]}, reverse=True)
        ]

    def is_satisfied_by(self, requirement, candidate):
        return candidate[1] in requirement[1]

    def get_dependencies(self, candidate):
        return [(name, frozenset(v)) for name, v in self.known[candidate[0]][candidate[1]].items()]


def resolved(name):
    try:
        result = Resolver(Pins(), BaseReporter()).resolve([(name, frozenset({1}))])
    except ResolutionImpossible as e:
        return sorted({str(cause.requirement[0]) for cause in e.causes})
    return sorted(result.mapping.items())


class Colours(Style):
    """pip leaves out the styles of pygments."""

    styles = {
        Keyword: "bold #00f",
        Name.Decorator: "italic",
        Number: "#a50",
        String: "#060 bg:#eee",
        String.Doc: "noinherit",
    }


def painted():
    out = io.StringIO()
    console = Console(
        file=out, width=72, force_terminal=True, color_system="truecolor", legacy_windows=False, _environ={}
    )
    table = Table(title="Sizes", show_lines=True)
    for name, how in ("Name", "left"), ("Count", "right"), ("Text", "center"):
        table.add_column(name, justify=how, style="bold magenta")
    for i in range(3):
        table.add_row(f"row {i}", str(10 ** (i * 3)), "wide \u4f60\u597d " * i)
    tree = Tree("[b]root")
    tree.add("one").add(Panel("inside [red]a panel[/red]", title="t"))
    tree.add(Pretty({"key": [1, 2.5, None, {"deep": ("x" * 30, b"bytes")}], "other": set()}))
    for thing in (
        table,
        tree,
        ProgressBar(total=10, completed=4, width=30),
        Syntax(SOURCE, "python", theme="ansi_dark"),
    ):
        console.print(thing)
    console.print(
        escape("[not] markup"),
        "[link=http://x.y]link[/link] :warning: 3.14 'text' http://a.b/c?d=1 True",
        justify="full",
    )
    try:
        {}["missing"]
    except KeyError as e:
        console.print(Traceback.from_exception(type(e), e, None, width=60, theme="ansi_light"))
    print(out.getvalue())
    for formatter in (
        HtmlFormatter(style=Colours, full=True),
        LatexFormatter(style=Colours),
        Terminal256Formatter(style=Colours),
    ):
        print(highlight(SOURCE, PythonLexer(), formatter))


def parsed():
    for url in (
        "http://user:pw@Host.example:80/a/../b?q=%7e&x=[1]#f",
        "//[::1]:8080/p",
        "h:tp",
        "http://x:99999",
        "\u00e9.com/\u00fc",
    ):
        print(error_of(parse_url, url))
    request = requests.Request(
        "POST",
        "https://example.org/p\u00e4th",
        params={"a": [1, 2], "b": "\u00fc &"},
        json={"k": [1, None]},
        headers={"X-One": "1"},
        cookies={"c": "v"},
        auth=("user", "pass"),
    ).prepare()
    print(request.method, request.url, sorted(request.headers.items()), request.body)
    body, kind = encode_multipart_formdata(
        [("name", "v\u00e4lue"), ("file", ("a\u00e4.txt", b"\0\1", "text/x"))], boundary="XXX"
    )
    print(
        body,
        kind,
        Retry(3, backoff_factor=0.5).increment("GET", "/", error=OSError("e")),
        Timeout(1, read=2),
    )
    print(
        error_of(requests.get, "nothing://x"), requests.utils.parse_header_links('<u>; rel=next; type="t"')
    )
    print(
        idna.encode("b\u00fccher.example"),
        idna.decode("xn--fa-hia.de"),
        error_of(idna.encode, "a..b"),
        error_of(idna.encode, "\u2fe0"),
    )
    packed = msgpack.packb({"a": [1, -5, 2**40, 1.5, None, b"x", "\u00e9"], "t": msgpack.Timestamp(1, 2)})
    print(packed, msgpack.unpackb(packed), error_of(msgpack.unpackb, packed[:-1]))
    print(tomli.loads(PROJECT), error_of(tomli.loads, "a = 1\na = 2"), error_of(tomli.loads, "x = [1,, 2]"))
    print(
        webencodings.lookup("latin1").name,
        webencodings.decode(b"\xef\xbb\xbfab\xe9", "ascii"),
        colorama.Fore.RED,
    )
    number = pyparsing.pyparsing_common.number
    sums = pyparsing.infix_notation(
        number,
        [
            (pyparsing.one_of("* /"), 2, pyparsing.opAssoc.LEFT),
            (pyparsing.one_of("+ -"), 2, pyparsing.opAssoc.LEFT),
        ],
    )
    print(sums.parse_string("1 + 2*(3-4.5)/7 - 2").as_list(), error_of(sums.parse_string, "1 + (", True))
    for text, code in ("\u041f\u0440\u0438\u0432\u0435\u0442, \u043c\u0438\u0440! " * 9, "koi8-r"), (
        "\u65e5\u672c\u8a9e\u3067\u3059 " * 9,
        "euc_jp",
    ):
        detector = UniversalDetector()
        detector.feed(text.encode(code))
        print(detector.close())


def tried():
    calls = []

    def fails():
        calls.append(len(calls))
        raise ValueError("again")

    try:
        Retrying(stop=stop_after_attempt(3))(fails)
    except RetryError as e:
        print(calls, e.last_attempt.attempt_number, repr(e.last_attempt.exception()))


random.seed(3)  # rich draws the numbers of links
versions()
print(resolved("app"), resolved("bad"))
painted()
parsed()
tried()
print(create_main_parser().format_help().replace(sys.argv[0], "PROGRAM"))
