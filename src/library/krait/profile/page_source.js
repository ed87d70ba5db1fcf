// The source with what its lines took. A line that is clicked opens: what it calls, its sites, what it
// allocates.
function showSource(main) {
  const rows = linesByFile();
  const paths = [...rows.keys()].sort((a, b) => sumOf(rows.get(b)) - sumOf(rows.get(a)));
  if (!paths.length) return main.append(make("p", {class: "note"}, "No sample is in a file."));
  const path = rows.has(state.file) ? state.file : paths[0];
  const choose = make(
    "select",
    {id: "file", "aria-label": "File", onchange: event => change({file: event.target.value, line: 0})},
    ...paths.map(p =>
      make(
        "option",
        {value: p, ...(p === path ? {selected: ""} : {})},
        `${fileName(p)}  ${share(sumOf(rows.get(p)))}`,
      ),
    ),
  );
  main.append(
    make(
      "div",
      {class: "bar"},
      choose,
      make("button", {onclick: () => nextHot(1), title: "(n)"}, "Next hot line"),
      make("button", {onclick: () => nextHot(-1), title: "(p)"}, "Previous"),
      make("span", {class: "note"}, path),
    ),
  );
  main.append(make("div", {class: "scroll", id: "sourcebox"}, sourceTable(path, rows.get(path))));
  if (state.line) byId("L" + state.line)?.scrollIntoView({block: "center"});
}

const sumOf = lines => [...lines.values()].reduce((sum, row) => sum + row.self, 0);

// {path: {line: sums and counts}}
function linesByFile() {
  const files = new Map();
  const row = (path, line) => {
    if (!files.has(path)) files.set(path, new Map());
    const lines = files.get(path);
    if (!lines.has(line))
      lines.set(line, {line, self: 0, total: 0, gc: 0, runs: 0, instr: 0, sites: 0, misses: 0, bytes: 0});
    return lines.get(line);
  };
  for (const line of model.lines) {
    if (line.total)
      Object.assign(row(line.path, line.line), {self: line.self, total: line.total, gc: line.gc});
  }
  for (const [path, line, runs, instr, sites, misses, bytes] of data.lines) {
    Object.assign(row(path, line), {runs, instr, sites, misses, bytes});
  }
  files.delete("");
  return files;
}

function sourceColumns(lines) {
  const has = name => [...lines.values()].some(row => row[name]);
  return [
    ["self", row => timeCell(row.self, "self")],
    ["total", row => timeCell(row.total, "total")],
    has("instr") && ["runs", row => make("td", {}, row.runs ? number(row.runs) : "")],
    has("instr") && ["instr", row => make("td", {}, row.instr ? number(row.instr) : "")],
    has("misses") && ["miss", row => make("td", {}, row.misses ? share(row.misses, row.sites) : "")],
    has("bytes") && ["alloc", row => make("td", {}, row.bytes ? size(row.bytes) : "")],
    has("gc") && ["GC", row => make("td", {}, row.gc ? share(row.gc) : "")],
  ].filter(Boolean);
}

function timeCell(us, kind) {
  if (!us) return make("td", {class: "time"});
  const bar = make("i", {class: kind});
  bar.style.width = Math.min(100, (100 * us) / (model.whole || 1)) + "%";
  return make("td", {class: "time"}, bar, make("span", {title: seconds(us)}, share(us)));
}

function sourceTable(path, lines) {
  const columns = sourceColumns(lines);
  const table = make(
    "table",
    {class: "source"},
    make(
      "thead",
      {},
      make(
        "tr",
        {},
        make("th", {}, "line"),
        ...columns.map(([title]) => make("th", {}, title)),
        make("th", {class: "text"}, fileName(path)),
      ),
    ),
  );
  const body = make("tbody");
  const source = data.files[path] ? data.files[path][1].split("\n") : null;
  const shown = source ? source.map((_, n) => n + 1) : [...lines.keys()].sort((a, b) => a - b);
  const matches = state.search ? matcher() : null;
  for (const line of shown) {
    const row = lines.get(line),
      code = source ? source[line - 1] : "";
    body.append(
      make(
        "tr",
        {
          id: "L" + line,
          class: row ? (matches && matches([code, ""]) ? "row hit" : "row") : null,
          ...(row
            ? {
                tabindex: "0",
                "data-self": row.self,
                onclick: event => openLine(event.currentTarget, path, row, columns.length),
              }
            : {}),
        },
        make("td", {class: "number"}, String(line)),
        ...columns.map(([, cell]) => (row ? cell(row) : make("td"))),
        make("td", {class: "code"}, code),
      ),
    );
  }
  table.append(body);
  return table;
}

function openLine(element, path, row, columns) {
  if (element.nextSibling?.classList?.contains("details")) {
    element.nextSibling.remove();
    return;
  }
  element.after(
    make("tr", {class: "details"}, make("td", {colspan: columns + 2}, ...lineDetails(path, row))),
  );
  remember({file: path, line: row.line});
}

function lineDetails(path, row) {
  const out = [make("div", {}, `${seconds(row.self)} self with built-ins, ${seconds(row.total)} total`)];
  const list = (title, items) => items.length && out.push(make("div", {}, title, make("ul", {}, ...items)));
  list(
    "Calls",
    calleesOf(path, row.line)
      .slice(0, 12)
      .map(([index, us]) =>
        make("li", {}, `${share(us)}  ${data.functions[index][0]}  ${data.functions[index][1]}`),
      ),
  );
  list(
    "Sites",
    data.sites
      .filter(site => site[0] === path && site[1] === row.line)
      .map(site =>
        make(
          "li",
          {},
          `${site[3]}  ${number(site[4])} runs, ${share(site[5], site[4])} missed`,
          siteReasons(site),
        ),
      ),
  );
  list(
    "Allocates",
    data.memory
      .filter(one => one[0] === path && one[1] === row.line)
      .flatMap(one => one[6])
      .map(([kind, bytes]) => make("li", {}, `${size(bytes)}  ${kind}`)),
  );
  return out;
}

const siteReasons = site =>
  make(
    "ul",
    {},
    ...site[6].map(([reason, met, count]) =>
      make("li", {}, `${share(count, site[4])}  ${[reason, met].filter(Boolean).join(": ")}`),
    ),
  );

// The lines that take most, in the order they stand in
function nextHot(step) {
  const rows = [...document.querySelectorAll("table.source tr.row")].filter(row => row.dataset.self > 0);
  const hot = rows
    .slice()
    .sort((a, b) => b.dataset.self - a.dataset.self)
    .slice(0, 20);
  const places = rows.filter(row => hot.includes(row));
  const at = places.indexOf(document.activeElement);
  const next = places[(at + step + places.length) % places.length];
  if (!next) return;
  next.focus();
  next.scrollIntoView({block: "center"});
}
