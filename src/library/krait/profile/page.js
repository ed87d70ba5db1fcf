// State, tabs and keys. The fragment is the state: a link to the page with it shows the same.
const TABS = {
  flame: ["Flame", showFlame, () => true],
  source: ["Source", showSource, () => true],
  functions: ["Functions", showFunctions, () => true],
  sites: ["Sites", showSites, () => data.sites.length],
  memory: ["Memory", showMemory, () => data.memory.length],
  gc: ["Collections", showCollections, () => data.gc.length],
  opcodes: ["Opcodes", showOpcodes, () => data.opcodes.length],
  imports: ["Imports", showImports, () => data.imports.length],
  hints: ["Hints", showHints, () => true],
  diff: ["Diff", showDifference, () => data.diff],
};
const KEYS = [
  ["1 … 9", "tabs"],
  ["/", "search"],
  ["Esc", "undo zoom, search, range"],
  ["i", "invert the flame graph"],
  ["o", "flame graph by size or time"],
  ["m", "frames that carry out imports"],
  ["← ↑ → ↓ Enter", "move and zoom in the flame graph"],
  ["s", "source of a box"],
  ["n p", "next, previous hot line"],
  ["← → + -", "on the time line: move, shorten, lengthen the range"],
  ["d", "dark or light"],
  ["?", "this"],
];
const EMPTY = {
  tab: "flame",
  thread: "",
  range: null,
  search: "",
  zoom: "",
  inverted: false,
  machinery: false,
  order: "",
  file: "",
  line: 0,
};
const state = {...EMPTY, sort: {}};

function readFragment() {
  const from = new URLSearchParams(location.hash.slice(1));
  Object.assign(state, EMPTY);
  for (const name of ["tab", "thread", "search", "zoom", "order", "file"])
    state[name] = from.get(name) || EMPTY[name];
  state.line = Number(from.get("line")) || 0;
  state.inverted = from.get("inverted") === "1";
  state.machinery = from.get("machinery") === "1";
  const range = (from.get("range") || "").split("-").map(Number);
  state.range = range.length === 2 && range[0] < range[1] ? range : null;
  if (!TABS[state.tab] || !TABS[state.tab][2]()) state.tab = EMPTY.tab;
}

function fragment() {
  const to = new URLSearchParams();
  for (const name of ["tab", "thread", "search", "zoom", "order", "file", "line"]) {
    if (state[name] && state[name] !== EMPTY[name]) to.set(name, state[name]);
  }
  if (state.inverted) to.set("inverted", "1");
  if (state.machinery) to.set("machinery", "1");
  if (state.range) to.set("range", state.range.map(Math.round).join("-"));
  return "#" + to;
}

function remember(changes) {
  Object.assign(state, changes);
  history.replaceState(null, "", fragment());
}

function change(changes) {
  const resum = "range" in changes || "thread" in changes;
  if ("inverted" in changes) changes.zoom = "";
  Object.assign(state, changes);
  const isPlace = "tab" in changes || "zoom" in changes || "range" in changes;
  history[isPlace ? "pushState" : "replaceState"](null, "", fragment());
  if (resum) sumChosen();
  show();
}

function show() {
  hideTip();
  const main = byId("main"),
    focused = document.activeElement?.id;
  main.replaceChildren();
  showTabs();
  byId("thread").value = state.thread;
  if (document.activeElement !== byId("search")) byId("search").value = state.search;
  byId("matched").textContent = "";
  TABS[state.tab][1](main);
  drawTimeline();
  if (focused && document.activeElement?.id !== focused) byId(focused)?.focus({preventScroll: true});
}

const tabsShown = () => Object.keys(TABS).filter(name => TABS[name][2]());

function showTabs() {
  byId("tabs").replaceChildren(
    ...tabsShown().map(name =>
      make(
        "button",
        {
          role: "tab",
          id: "tab-" + name,
          "aria-selected": String(name === state.tab),
          onclick: () => change({tab: name, line: 0}),
        },
        TABS[name][0],
      ),
    ),
  );
}

function showHead() {
  const totals = data.totals;
  byId("summary").textContent =
    `${seconds(totals.cpu / 1000)} CPU, ${seconds(totals.wall / 1000)} wall · ` +
    `${totals.samples.toLocaleString("en")} samples, ${totals.lost} lost, ${totals.imprecise} imprecise` +
    (data.exact ? " · exact" : "") +
    (totals.peak_rss ? ` · peak ${size(totals.peak_rss)}` : "");
  const told = data.warnings.slice();
  if (data.chosen) told.push(`Only what was chosen: ${data.chosen}.`);
  if (data.merged) told.push("The recording is large: paths of less than 0.01 % are added to their callers.");
  byId("warnings").append(...told.map(text => make("p", {}, text)));
  byId("thread").append(
    make("option", {value: ""}, "all"),
    ...data.threads.map((thread, n) =>
      make("option", {value: String(n)}, `${thread.name}  ${seconds(thread.sum)}`),
    ),
  );
  byId("facts").append(
    data.command,
    ...data.facts.flatMap(([name, value]) => [make("b", {}, name), " " + value]),
  );
}

function showTip(text, x, y) {
  const tip = byId("tip");
  tip.textContent = text;
  tip.hidden = false;
  const area = tip.getBoundingClientRect();
  tip.style.left = Math.max(4, Math.min(x + 14, innerWidth - area.width - 8)) + "px";
  tip.style.top = (y + 20 + area.height > innerHeight ? y - area.height - 10 : y + 18) + "px";
}

function hideTip() {
  byId("tip").hidden = true;
}

function setTheme(isDark) {
  document.documentElement.classList.toggle("dark", isDark);
  if (data) show();
}

function undo() {
  if (byId("keys").open) byId("keys").close();
  else if (state.search) change({search: ""});
  else if (state.zoom) change({zoom: ""});
  else if (state.range) change({range: null});
}

function listen() {
  byId("thread").addEventListener("change", event => change({thread: event.target.value, zoom: ""}));
  byId("search").addEventListener("input", event => change({search: event.target.value}));
  byId("theme").addEventListener("click", () =>
    setTheme(!document.documentElement.classList.contains("dark")),
  );
  byId("help").addEventListener("click", () => byId("keys").showModal());
  byId("keys").append(
    make(
      "table",
      {},
      ...KEYS.map(([keys, does]) =>
        make("tr", {}, make("td", {class: "text"}, make("kbd", {}, keys)), make("td", {class: "text"}, does)),
      ),
    ),
    make("p", {}, make("button", {onclick: () => byId("keys").close()}, "Close")),
  );
  document.addEventListener("keydown", pressKey);
  window.addEventListener("popstate", () => {
    readFragment();
    mergeLines();
    sumChosen();
    show();
  });
  window.addEventListener("resize", () => {
    drawTimeline();
    drawFlame();
  });
  listenToTimeline();
}

function pressKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") {
    document.activeElement?.blur();
    return undo();
  }
  if (event.key === "Enter" && document.activeElement?.matches("tr.row"))
    return document.activeElement.click();
  if (/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement?.tagName)) return;
  const actions = {
    "/": () => byId("search").focus(),
    d: () => byId("theme").click(),
    "?": () => byId("keys").showModal(),
    i: () => state.tab === "flame" && change({inverted: !state.inverted}),
    o: () => state.tab === "flame" && change({order: state.order === "time" ? "" : "time"}),
    m: () => state.tab === "flame" && toggleMachinery(),
    n: () => state.tab === "source" && nextHot(1),
    p: () => state.tab === "source" && nextHot(-1),
  };
  const tab = /^[1-9]$/.test(event.key) ? tabsShown()[Number(event.key) - 1] : null;
  if (!tab && !actions[event.key]) return;
  event.preventDefault();
  tab ? change({tab, line: 0}) : actions[event.key]();
}

async function start() {
  setTheme(matchMedia("(prefers-color-scheme: dark)").matches);
  try {
    await readData();
  } catch (error) {
    byId("main").textContent = `The page's data cannot be read: ${error.message}`;
    throw error;
  }
  if (data.diff) EMPTY.tab = "diff";
  readFragment();
  mergeLines();
  showHead();
  listen();
  sumChosen();
  show();
  document.body.dataset.ready = "1";
}

start();
