"""The HTML report: one file that asks for nothing; and in a Chromium, if there is one, its tabs, search,
zoom, range, threads, keys and links, without a word on the console."""
import base64
import json
import re
import zlib

import _browser
from _report import both, expect, finish, path, recording
from _writer import Writer, example

from krait.profile import page, reader

KINDS = ("flame", "source", "functions", "sites", "memory", "gc", "opcodes", "imports", "hints")


def made(name, data, *arguments):
    status, out, errors = both("report", recording(f"{name}.kprof", data), "--html", *arguments)
    expect(status == 0 and not errors, f"html of {name}", errors)
    with open(path(f"{name}.html"), "wb") as f:
        f.write(out)
    return out.decode()


def content(html):
    packed = re.search(r'id="data">([^<]*)<', html)[1]
    return json.loads(zlib.decompress(base64.b64decode(packed)))


def one_file():
    html = made("work", example())
    asked = re.findall(r"""(?:src|href)\s*=\s*["'](?!data:|#)[^"']*|@import|url\(|https?:""",
                       html.replace("{data}", ""))
    expect(not asked, "the page asks for nothing", asked)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)[1]
    expect(policy.startswith("default-src 'none'") and "unsafe" not in policy, "the policy", policy)
    for kind in ("script", "style"):
        body = re.search(rf"<{kind}>(.*?)</{kind}>", html, re.S)[1]
        expect(page.digest(body) in policy, f"the policy names the {kind}")
    expect(len(html) < 400_000, "size", len(html))
    data = content(html)
    whole = sum(row[3] for row in reader.read(path("work.kprof")).samples())
    expect(sum(sum(thread["weight"]) for thread in data["threads"]) == whole, "every sample is there")


def hostile_names():
    """Names and sources that could end the script, the title, a string"""
    bad = "</script><script>alert(1)</script><!--{data}{script}\u2028\"'\\"
    w = Writer()
    w.meta(command=bad)
    code = w.code(1, bad, bad, w.file(bad, bad), 1, [1])
    w.samples(w.thread(bad), 0, [(1000, w.stack((code, 0)), 1000)])
    w.totals(1)
    w.end()
    html = made("hostile", w.bytes())
    expect(html.count("<script") == 2 and "alert(1)<" not in html, "nothing of the recording is markup")
    expect(content(html)["command"] == bad, "and all of it is there")


def large():
    """Small paths are merged above --max-size, and no time is lost"""
    w = Writer(segment=1 << 20)
    w.meta(command="large.py")
    file, thread = w.file("large.py"), w.thread("MainThread")
    hot = w.code(1, "hot", "m", file, 1, [1])
    codes = [w.code(1, f"f{n}", "m", file, n, [n]) for n in range(2000)]
    rows = [(10, w.stack((hot, 0), (code, 0)), 10) for code in codes]
    w.samples(thread, 0, rows + [(100, w.stack((hot, 0)), 100)] * 20000)
    w.totals(22000)
    w.end()
    whole, merged = (content(made("large", w.bytes(), f"--max-size={size}")) for size in (5, 0.01))
    expect(not whole["merged"] and merged["merged"], "what is merged says so")
    expect(len(whole["nodes"][0]) == 2001 and len(merged["nodes"][0]) == 1, "small paths",
           len(merged["nodes"][0]))
    sums = {sum(thread["weight"]) for data in (whole, merged) for thread in data["threads"]}
    expect(sums == {2_020_000}, "the time", sums)


def importing():
    """A recording of an import, with the frames that carry it out"""
    w = Writer()
    w.meta(command="importing.py")
    file, frozen = w.file("importing.py"), w.file("<frozen importlib._bootstrap>")
    chain = [w.code(1, "<module>", "__main__", file, 1, [1]), w.code(3, "import"),
             w.code(1, "_gcd_import", "importlib._bootstrap", frozen, 1, [1]),
             w.code(2, "_find_and_load", "builtins"),
             w.code(1, "_load", "importlib._bootstrap", frozen, 2, [2]), w.code(2, "exec", "builtins"),
             w.code(1, "<module>", "other", w.file("other.py"), 1, [1])]
    whole = w.stack(*((code, 0) for code in chain))
    w.samples(w.thread("MainThread"), 0, [(1000, whole, 1000),
                                          (1000, w.stack(*((c, 0) for c in chain[:5])), 500)])
    w.end()
    made("importing", w.bytes())


def difference():
    a, b = (recording(f"{name}.kprof", example(exact=False, slow=slow)) for name,
            slow in (("a", 1), ("b", 2)))
    status, _, errors = both("diff", a, b, "--format=html", "-o", path("diff.html"))
    expect(status == 0 and not errors, "html of a difference", errors)


def difference_in_browser(browser):
    browser.open(path("diff.html"))
    expect(browser.run("state.tab") == "diff", "a page of a difference begins with it")
    rows = browser.run("[...document.querySelectorAll('#difference tbody tr')]"
                       ".map(r => r.innerText).join('\\n')")
    expect(re.search(r"^\+[\d.]+ ms\t.* … .*\tyes\t.*\twork\.py:7\t", rows, re.M), "the line that is slower",
           rows)
    browser.run("change({tab: 'flame'})")
    expect("tab=flame" in browser.run("location.hash"), "and has the other tabs")
    calm(browser, "with a difference")


def machinery(browser):
    browser.open(path("importing.html"))
    names = "flame.boxes.map(b => b[3] ? data.functions[flame.tree.function[b[3]]][0] : 'all').join()"
    expect(browser.run(names) == "all,<module>,import,<module>", "frames that import are hidden",
           browser.run(names))
    expect(browser.run("[...model.flame.total].join()") == "1500,1500,1500,1000",
           "their time is their caller's")
    browser.press("m")
    shown = "all,<module>,import,_gcd_import,_find_and_load,_load,exec,<module>"
    expect(browser.run(names) == shown, "until they are asked for", browser.run(names))
    browser.press("i")
    expect(browser.run("flame.boxes.length") == 13, "inverted, too", browser.run(names))
    calm(browser, "with imports")


def in_browser(browser):
    html = path("work.html")
    browser.open(html)
    calm(browser, "at start")
    tabs = browser.run("tabsShown().join()")
    expect(tabs == ",".join(KINDS), "tabs", tabs)
    for name in KINDS:
        browser.run(f"byId('tab-{name}').click()")
        told = browser.run("byId('main').textContent.trim() || !!byId('main').querySelector('canvas')")
        expect(browser.run("state.tab") == name and told, f"tab {name}")
        expect(f"tab={name}" in browser.run("location.hash") or name == "flame", f"link to {name}")
    sums(browser)
    search_and_zoom(browser)
    ranges(browser)
    keys(browser)
    links(browser, html)
    calm(browser, "at the end")
    machinery(browser)
    difference_in_browser(browser)
    browser.open(path("hostile.html"))
    browser.run("change({tab: 'source'})")
    expect("alert" in browser.run("document.querySelector('td.code').textContent"), "hostile source is text")
    calm(browser, "with hostile names")
    browser.open(path("large.html"))
    calm(browser, "with a large recording")


def calm(browser, when):
    expect(not browser.requests(), f"no request {when}", browser.requests())
    expect(not browser.complaints(), f"nothing on the console {when}", browser.complaints())


def sums(browser):
    """What the scripts sum is what the text's sums are"""
    from krait.profile import choice, summary, tree
    r = reader.read(path("work.kprof"))
    t = tree.Tree(r, choice.weigh(r))
    want = {row.key.name: [row.self, row.total] for row in summary.functions(t).values()}
    got = browser.run("Object.fromEntries(model.functions.map("
                      "r => [data.functions[r.index][0], [r.self, r.total]]))")
    expect(got == want, "sums of functions", got, want)
    want = {str(key[1]): [row.self, row.total] for key, row in summary.lines(t).items()}
    got = browser.run("Object.fromEntries(model.lines.map(r => [r.line, [r.self, r.total]]))")
    expect(got == want, "sums of lines", got, want)
    expect(browser.run("model.flame.total[0]") == t.total[0], "the flame graph's sum")


def search_and_zoom(browser):
    browser.run("change({tab: 'flame', search: 'area'})")
    expect(browser.run("byId('matched').textContent") == "20.8%", "share of what is found",
           browser.run("byId('matched').textContent"))
    browser.run("change({search: ''})")
    before = browser.run("window.drawn")
    x, y = browser.run("(() => {const b = byId('flame').getBoundingClientRect();"
                       "return [b.left + 30, b.top + 45]})()")
    browser.mouse((x, y))
    expect(browser.run("state.zoom") == "0.1" and browser.run("window.drawn") < before, "zoom into a box",
           browser.run("state.zoom"))
    browser.press("Escape")
    expect(browser.run("state.zoom") == "" and browser.run("window.drawn") == before, "Escape leaves it")
    browser.press("i")
    tops = browser.run("flame.boxes.filter(b => b[2] === 1).length")
    expect(browser.run("state.inverted") and tops == 8,
           "inverted: a box for each function with time of its own", tops)
    browser.press("i")
    browser.press("o")
    expect("order=time" in browser.run("location.hash"), "in order of time")


def ranges(browser):
    left, top, width = browser.run("(() => {const b = byId('time').getBoundingClientRect();"
                                   "return [b.left, b.top, b.width]})()")
    whole = browser.run("model.samples")
    browser.mouse((left + 2, top + 30), (left + width / 8, top + 30), (left + width / 4, top + 30))
    samples = browser.run("model.samples")
    expect(whole * 0.4 < samples < whole * 0.6 and "range=" in browser.run("location.hash"), "a range",
           samples)
    expect("Whole time" in browser.run("byId('range').textContent"), "it can be left")
    browser.run("byId('range').querySelector('button').click()")
    expect(browser.run("model.samples") == whole, "and is left")
    browser.run("byId('thread').value = '1'; byId('thread').dispatchEvent(new Event('change'))")
    expect(browser.run("model.samples") == 200, "a thread alone")
    browser.run("change({thread: ''})")


def keys(browser):
    browser.press("3")
    expect(browser.run("state.tab") == "functions", "a tab's number")
    browser.press("/")
    expect(browser.run("document.activeElement.id") == "search", "/ searches")
    browser.press("Escape")
    browser.press("2")
    browser.press("n")
    expect(browser.run("document.activeElement.id") == "L2", "the next hot line",
           browser.run("document.activeElement.id"))
    browser.press("Enter")
    told = browser.run("document.querySelector('tr.details').textContent")
    expect("<str +>" in told and "other class: A" in told, "a line opens", told)
    was = browser.run("document.documentElement.className")
    browser.press("d")
    expect(browser.run("document.documentElement.className") != was, "dark and light")
    browser.press("?")
    expect(browser.run("byId('keys').open"), "keys are told")
    browser.press("Escape")


def links(browser, html):
    browser.open(html, "#tab=source&line=7&thread=1&range=0-100000&search=append")
    expect(browser.run("[state.tab, state.line, state.thread, state.search].join()") == "source,7,1,append",
           "a link")
    expect(browser.run("document.querySelectorAll('tr.hit').length") == 1, "found in the source")
    browser.open(html, "#tab=nonsense&range=9-1&zoom=77.x&thread=9")
    calm(browser, "with a link that is wrong")


one_file()
hostile_names()
large()
importing()
difference()
if _browser.find():
    chromium = _browser.Browser(_browser.find())
    try:
        in_browser(chromium)
    finally:
        chromium.close()
finish()
