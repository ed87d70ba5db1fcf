// Tables that are sorted by a click on their heads: functions, sites, memory, opcodes, imports,
// collections, differences.
const ROWS_SHOWN = 300;

// columns: [title, kind: "number" | "text" | "wide", value of a row to sort by, cell of a row]
function sortedTable(main, name, columns, rows, open) {
  const key = state.sort[name] || defaultSort(columns);
  const at = Math.abs(key) - 1,
    sign = Math.sign(key);
  const value = columns[at][2];
  const compare = (a, b) => (value(a) < value(b) ? -1 : value(a) > value(b) ? 1 : 0) * sign;
  const ordered = rows.slice().sort(compare);
  const head = make(
    "tr",
    {},
    ...columns.map(([title, kind], n) =>
      make(
        "th",
        {
          class: kind === "number" ? null : "text",
          "aria-sort": n === at ? (sign < 0 ? "descending" : "ascending") : null,
        },
        make(
          "button",
          {onclick: () => sortBy(name, n, n === at ? -sign : kind === "number" ? -1 : 1)},
          title,
        ),
      ),
    ),
  );
  const body = make("tbody");
  const add = some => body.append(...some.map(row => tableRow(columns, row, open)));
  add(ordered.slice(0, ROWS_SHOWN));
  main.append(make("div", {class: "scroll"}, make("table", {id: name}, make("thead", {}, head), body)));
  if (ordered.length > ROWS_SHOWN) {
    const more = make(
      "button",
      {
        onclick: () => {
          add(ordered.slice(ROWS_SHOWN));
          more.remove();
        },
      },
      `${ordered.length - ROWS_SHOWN} more rows`,
    );
    main.append(more);
  }
}

function defaultSort(columns) {
  const first = columns.findIndex(([, kind]) => kind === "number");
  return -(first + 1);
}

function sortBy(name, column, sign) {
  state.sort[name] = sign * (column + 1);
  show();
}

function tableRow(columns, row, open) {
  return make(
    "tr",
    {class: open ? "row" : null, tabindex: open ? "0" : null, onclick: open ? () => open(row) : () => {}},
    ...columns.map(([, kind, , cell]) => {
      const content = cell(row);
      if (content instanceof HTMLTableCellElement) return content;
      return make(
        "td",
        {class: kind === "number" ? null : kind === "wide" ? "text wide" : "text name"},
        content,
      );
    }),
  );
}

function showFunctions(main) {
  const matches = matcher(),
    described = row => data.functions[row.index];
  let rows = model.functions.filter(row => row.total || described(row)[5]);
  if (matches) rows = rows.filter(row => matches(described(row)));
  const columns = [
    ["self", "number", row => row.self, row => timeCell(row.self, "self")],
    ["total", "number", row => row.total, row => timeCell(row.total, "total")],
    [
      "function",
      "text",
      row => described(row)[0],
      row =>
        make(
          "td",
          {class: "text name", title: described(row)[0]},
          make("i", {class: "i" + described(row)[2], "aria-hidden": "true"}),
          described(row)[0],
        ),
    ],
    ["where", "text", row => described(row)[1], row => described(row)[1]],
    ["kind", "text", row => described(row)[2], row => KIND_TITLES[described(row)[2]]],
  ];
  if (data.functions.some(row => row[5] !== null)) {
    columns.splice(2, 0, [
      "calls",
      "number",
      row => described(row)[5] || 0,
      row => (described(row)[5] === null ? "" : number(described(row)[5])),
    ]);
  }
  sortedTable(main, "functions", columns, rows, row => {
    const [name, , , path, line] = described(row);
    path ? change({tab: "source", file: path, line}) : change({tab: "flame", search: name});
  });
}

const openPlace = (path, line) => path && change({tab: "source", file: path, line});

function showSites(main) {
  sortedTable(
    main,
    "sites",
    [
      ["misses", "number", row => row[5], row => number(row[5])],
      ["missed", "number", row => row[5] / (row[4] || 1), row => share(row[5], row[4])],
      ["runs", "number", row => row[4], row => number(row[4])],
      ["where", "text", row => row[0] + row[1], row => place(row[0], row[1])],
      ["instruction", "text", row => row[3], row => row[3]],
      ["function", "text", row => row[2], row => row[2]],
      [
        "reasons",
        "wide",
        row => row[6].length,
        row =>
          row[6]
            .map(
              ([reason, met, count]) => `${[reason, met].filter(Boolean).join(" ")} ${share(count, row[4])}`,
            )
            .join(", "),
      ],
    ],
    data.sites,
    row => openPlace(row[0], row[1]),
  );
}

function showMemory(main) {
  const whole = data.memory.reduce((sum, row) => sum + row[2], 0);
  main.append(make("p", {class: "note"}, `${size(whole)} allocated, by samples. Whole run.`));
  sortedTable(
    main,
    "memory",
    [
      ["allocated", "number", row => row[2], row => size(row[2])],
      ["share", "number", row => row[2], row => share(row[2], whole)],
      ["at the peak", "number", row => row[3], row => size(row[3])],
      ["at the end", "number", row => row[4], row => size(row[4])],
      ["where", "text", row => row[0] + row[1], row => place(row[0], row[1])],
      [
        "types",
        "wide",
        row => row[6].length,
        row => row[6].map(([kind, bytes]) => `${kind || "?"} ${share(bytes, row[2])}`).join(", "),
      ],
    ],
    data.memory,
    row => openPlace(row[0], row[1]),
  );
}

function showOpcodes(main) {
  const time = data.opcodes.reduce((sum, row) => sum + row[1], 0);
  const runs = data.opcodes.reduce((sum, row) => sum + row[2], 0);
  main.append(
    make("p", {class: "note"}, "By the instruction that the innermost Python frame stood at. Whole run."),
  );
  sortedTable(
    main,
    "opcodes",
    [
      ["time", "number", row => row[1], row => seconds(row[1])],
      ["share", "number", row => row[1], row => share(row[1], time)],
      ...(runs
        ? [
            ["runs", "number", row => row[2], row => number(row[2])],
            ["of all runs", "number", row => row[2], row => share(row[2], runs)],
          ]
        : []),
      ["instruction", "text", row => row[0], row => row[0]],
    ],
    data.opcodes,
  );
}

function showImports(main) {
  sortedTable(
    main,
    "imports",
    [
      ["own", "number", row => row[5], row => seconds(row[5])],
      ["with what it imports", "number", row => row[4], row => seconds(row[4])],
      ["at", "number", row => row[6], row => seconds(row[6])],
      ["module", "text", row => row[6], row => "\u2003".repeat(Math.min(row[3], 20)) + row[0]],
      ["imported by", "text", row => row[1], row => row[1]],
      ["how", "text", row => row[2], row => row[2]],
    ],
    data.imports,
  );
}

function showCollections(main) {
  const whole = data.gc.reduce((sum, row) => sum + row[1], 0);
  main.append(make("p", {class: "note"}, `${number(data.gc.length)} pauses, ${seconds(whole)} in all.`));
  sortedTable(
    main,
    "gc",
    [
      ["pause", "number", row => row[1], row => seconds(row[1])],
      ["at", "number", row => row[0], row => seconds(row[0])],
      ["alive before", "number", row => row[3], row => size(row[3])],
      ["alive after", "number", row => row[4], row => size(row[4])],
      ["kind", "text", row => row[2], row => (row[2] ? "full" : "minor")],
      ["triggered at", "text", row => row[5] + row[6], row => place(row[5], row[6])],
    ],
    data.gc,
    row => openPlace(row[5], row[6]),
  );
}

function showHints(main) {
  if (!data.hints.length)
    return main.append(make("p", {class: "note"}, "Nothing to gain that Krait can see."));
  main.append(
    make(
      "ol",
      {class: "hints"},
      ...data.hints.map(hint =>
        make(
          "li",
          {},
          make(
            "a",
            {
              href: "#",
              onclick: event => {
                event.preventDefault();
                openPlace(hint.file, hint.line);
              },
            },
            place(hint.file, hint.line),
          ),
          ` ${hint.text} `,
          make("span", {class: "note"}, `(about ${share(hint.loss, 1)})`),
        ),
      ),
    ),
  );
}

function showDifference(main) {
  const diff = data.diff;
  main.append(make("p", {}, diff.summary));
  for (const note of diff.notes) main.append(make("p", {class: "note"}, note));
  const signed = (text, change) =>
    make("td", {class: change > 0 ? "grow" : "shrink"}, (change > 0 ? "+" : "") + text);
  sortedTable(
    main,
    "difference",
    [
      [
        "change",
        "number",
        row => Math.abs(row.change),
        row => signed(diff.exact ? number(Math.abs(row.change)) : seconds(row.change), row.change),
      ],
      ...(diff.exact
        ? []
        : [
            ["95 % interval", "number", row => row.low, row => `${seconds(row.low)} … ${seconds(row.high)}`],
            ["clear", "text", row => (row.clear ? 0 : 1), row => (row.clear ? "yes" : "")],
          ]),
      ["before", "number", row => row.before, row => (diff.exact ? number(row.before) : seconds(row.before))],
      ["after", "number", row => row.after, row => (diff.exact ? number(row.after) : seconds(row.after))],
      ["where", "text", row => row.file + row.line, row => place(row.file, row.line || row.old_line)],
      ["source", "text", row => row.source, row => make("td", {class: "code"}, row.source)],
    ],
    diff.rows,
    row => openPlace(row.file, row.line),
  );
}
