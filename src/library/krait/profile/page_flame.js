// The flame graph: outermost above. A box is [x, width, depth, box of the tree]; x and width are shares of the
// canvas.
const ROW = 19;
const flame = {boxes: [], zoom: [], at: null, tree: null};

function showFlame(main) {
  const button = (title, key, on, isOn) =>
    make("button", {onclick: on, title: `(${key})`, "aria-pressed": isOn}, title);
  const legend = make(
    "span",
    {class: "legend"},
    ...[1, 2, 4, 3, 5].map(kind => make("span", {}, make("i", {class: "i" + kind}), KIND_TITLES[kind])),
  );
  main.append(
    make(
      "div",
      {class: "bar"},
      button(
        "Inverted: callers below",
        "i",
        () => change({inverted: !state.inverted}),
        String(state.inverted),
      ),
      button(
        "In order of time",
        "o",
        () => change({order: state.order === "time" ? "" : "time"}),
        String(state.order === "time"),
      ),
      model.isHidden.includes(1)
        ? button("Import machinery", "m", toggleMachinery, String(state.machinery))
        : null,
      button("Whole", "Esc", () => zoomTo(null)),
      legend,
    ),
  );
  const canvas = make("canvas", {
    id: "flame",
    tabindex: "0",
    "aria-label": "Flame graph; arrows move, Enter zooms",
  });
  main.append(make("div", {class: "scroll", id: "flamebox"}, canvas), make("div", {id: "told"}));
  canvas.addEventListener("mousemove", event => tellBox(boxAt(canvas, event), event));
  canvas.addEventListener("mouseleave", () => hideTip());
  canvas.addEventListener("click", event => clickBox(boxAt(canvas, event)));
  canvas.addEventListener("dblclick", event => openBox(boxAt(canvas, event)));
  canvas.addEventListener("keydown", moveInFlame);
  flame.tree = state.inverted ? invertedTree() : model.flame;
  flame.zoom = zoomPath();
  drawFlame();
}

function toggleMachinery() {
  remember({machinery: !state.machinery, zoom: ""});
  mergeLines();
  sumChosen();
  show();
}

// The tree of callers: under the root what the time was spent in, below each what called it. Beside the box
// that is zoomed to, and of what would be too narrow to be seen below it, there is nothing.
function invertedTree() {
  const tree = {parent: [-1], function: [-1], total: [model.whole], seen: [0]};
  const nodes = [];
  for (let node = 1; node < model.count; node++) {
    if (model.self[node]) nodes.push(node);
  }
  let top = {
    box: 0,
    total: model.whole,
    at: nodes.map(shownNode),
    weights: nodes.map(node => model.self[node]),
  };
  for (const wanted of zoomNumbers()) {
    const group = groupByFunction(top.at, top.weights).get(wanted);
    if (!group) break;
    top = addGroup(tree, top.box, wanted, group);
  }
  const todo = [top],
    least = top.total / 4000;
  while (todo.length) {
    const {box, at, weights} = todo.pop();
    for (const [index, group] of groupByFunction(at, weights)) {
      if (group.total >= least) todo.push(addGroup(tree, box, index, group));
    }
  }
  tree.children = childrenOf(tree.parent);
  return tree;
}

function addGroup(tree, parent, index, group) {
  group.box = tree.parent.length;
  tree.parent.push(parent);
  tree.function.push(index);
  tree.total.push(group.total);
  tree.seen.push(group.box);
  return group;
}

const zoomNumbers = () => (state.zoom ? state.zoom.split(".").map(Number) : []);

// The node itself, or the first of its callers that is shown; 0: none is
function shownNode(node) {
  while (node > 0 && model.isHidden[node] && !state.machinery) node = model.parent[node];
  return node;
}

// {function: {total, the callers of its nodes and their weights}}
function groupByFunction(at, weights) {
  const groups = new Map();
  for (let n = 0; n < at.length; n++) {
    if (at[n] <= 0) continue;
    const index = model.function[at[n]];
    let group = groups.get(index);
    if (!group) groups.set(index, (group = {total: 0, at: [], weights: []}));
    group.total += weights[n];
    group.at.push(shownNode(model.parent[at[n]]));
    group.weights.push(weights[n]);
  }
  return groups;
}

// state.zoom is a path of function numbers, which holds in a page however it is opened
function zoomPath() {
  const path = [0];
  for (const wanted of zoomNumbers()) {
    const next = (flame.tree.children[path.at(-1)] || []).find(box => flame.tree.function[box] === wanted);
    if (next === undefined) break;
    path.push(next);
  }
  return path;
}

function zoomTo(box) {
  const path = [];
  for (let at = box; at > 0; at = flame.tree.parent[at]) path.unshift(flame.tree.function[at]);
  flame.at = null;
  change({zoom: path.join(".")});
}

function orderOf(tree) {
  if (state.order === "time") return (a, b) => tree.seen[a] - tree.seen[b];
  return (a, b) => tree.total[b] - tree.total[a] || a - b;
}

function layOut(width) {
  const tree = flame.tree,
    order = orderOf(tree),
    boxes = [];
  flame.zoom.forEach((box, depth) => boxes.push([0, 1, depth, box]));
  const todo = [[0, 1, flame.zoom.length - 1, flame.zoom.at(-1)]];
  while (todo.length) {
    const [x, share, depth, box] = todo.pop();
    const whole = tree.total[box];
    let at = x;
    for (const child of (tree.children[box] || []).slice().sort(order)) {
      const part = whole ? (share * tree.total[child]) / whole : 0;
      if (part * width >= 0.4) {
        const row = [at, part, depth + 1, child];
        boxes.push(row);
        todo.push(row);
      }
      at += part;
    }
  }
  return boxes;
}

function drawFlame() {
  const canvas = byId("flame");
  if (!canvas) return;
  const width = canvas.clientWidth || 800;
  flame.boxes = layOut(width);
  const depth = flame.boxes.reduce((most, box) => Math.max(most, box[2]), 0) + 1;
  const context = prepare(canvas, width, Math.min(depth * ROW + 2, 32000));
  context.font = "12px system-ui, sans-serif";
  context.textBaseline = "middle";
  const look = {ink: colour("ink"), back: colour("panel"), match: colour("match"), total: colour("total")};
  for (const kind in KINDS) look[kind] = colour(KINDS[kind]);
  const matches = matcher();
  for (const box of flame.boxes) drawBox(context, box, width, look, matches);
  if (flame.at) outline(context, flame.at, width, look.ink);
  byId("matched").textContent = matches ? share(matchedTime(matches)) : "";
  window.drawn = flame.boxes.length;
}

function drawBox(context, [x, part, depth, box], width, look, matches) {
  const row = box ? data.functions[flame.tree.function[box]] : ["all", "", 0];
  const left = x * width,
    wide = part * width,
    top = depth * ROW;
  const isHit = matches && box && matches(row);
  context.globalAlpha = matches && !isHit && box ? 0.35 : 1;
  context.fillStyle = isHit ? look.match : box ? look[row[2]] : look.total;
  context.fillRect(left, top, Math.max(wide - (wide > 3 ? 1 : 0), 0.5), ROW - 1);
  if (wide > 26) {
    context.fillStyle = look.ink;
    context.fillText(
      fitted(context, box ? boxName(row) : `all ${seconds(flame.tree.total[0])}`, wide - 8),
      left + 4,
      top + ROW / 2,
    );
  }
  context.globalAlpha = 1;
}

const boxName = ([name, where]) => (name === "<module>" ? `<module> ${where.replace(/:\d+$/, "")}` : name);

function fitted(context, text, room) {
  if (text.length * 6 <= room && context.measureText(text).width <= room) return text;
  let letters = Math.min(text.length, Math.floor(room / 5));
  while (letters > 1 && context.measureText(text.slice(0, letters) + "…").width > room) letters--;
  return letters > 1 ? text.slice(0, letters) + "…" : "";
}

function outline(context, box, width, ink) {
  const [x, part, depth] = box;
  context.strokeStyle = ink;
  context.lineWidth = 2;
  context.strokeRect(x * width + 1, depth * ROW + 1, Math.max(part * width - 3, 1), ROW - 3);
}

function matcher() {
  if (!state.search) return null;
  let test;
  try {
    const pattern = new RegExp(state.search, "i");
    test = text => pattern.test(text);
  } catch {
    const plain = state.search.toLowerCase();
    test = text => text.toLowerCase().includes(plain);
  }
  return row => test(row[0]) || test(row[1]);
}

// µs in functions that match, and below them
function matchedTime(matches) {
  const hit = data.functions.map(matches),
    below = new Uint8Array(model.count);
  let sum = 0;
  for (let node = 1; node < model.count; node++) {
    const above = below[model.parent[node]];
    below[node] = above || hit[model.function[node]] ? 1 : 0;
    if (below[node] && !above) sum += model.total[node];
  }
  return sum;
}

function boxAt(canvas, event) {
  const area = canvas.getBoundingClientRect();
  const x = (event.clientX - area.left) / area.width,
    depth = Math.floor((event.clientY - area.top) / ROW);
  return flame.boxes.find(box => box[2] === depth && x >= box[0] && x < box[0] + box[1]) || null;
}

function boxText(box) {
  const tree = flame.tree,
    total = tree.total[box[3]];
  if (!box[3]) return `all  ${seconds(total)}`;
  const row = data.functions[tree.function[box[3]]];
  const sums = model.functions[tree.function[box[3]]];
  return (
    `${row[0]}  ${row[1]}\n${share(total)}  ${seconds(total)} here\n` +
    `${share(sums.self)} self, ${share(sums.total)} total in all`
  );
}

function tellBox(box, event) {
  if (!box) return hideTip();
  showTip(boxText(box), event.clientX, event.clientY);
}

function clickBox(box) {
  if (box) zoomTo(box[3]);
}

function openBox(box) {
  const row = box && box[3] ? data.functions[flame.tree.function[box[3]]] : null;
  if (row && row[3]) change({tab: "source", file: row[3], line: row[4]});
}

function moveInFlame(event) {
  if (event.key === "Enter" && flame.at) zoomTo(flame.at[3]);
  else if (event.key === "s" && flame.at) openBox(flame.at);
  else if (!moveFocus(event.key)) return;
  event.preventDefault();
  event.stopPropagation();
}

function moveFocus(key) {
  const boxes = flame.boxes,
    now = flame.at || boxes[0];
  const inRow = depth => boxes.filter(box => box[2] === depth).sort((a, b) => a[0] - b[0]);
  const row = inRow(now[2]),
    n = row.indexOf(now);
  let next = null;
  if (key === "ArrowLeft") next = row[n - 1];
  else if (key === "ArrowRight") next = row[n + 1];
  else if (key === "ArrowUp")
    next = inRow(now[2] - 1).find(box => box[0] <= now[0] && now[0] < box[0] + box[1]);
  else if (key === "ArrowDown")
    next = inRow(now[2] + 1).find(box => box[0] >= now[0] && box[0] < now[0] + now[1]);
  else return false;
  flame.at = next || now;
  drawFlame();
  byId("told").textContent = boxText(flame.at).replaceAll("\n", " · ");
  byId("flamebox").scrollTop = Math.max(0, flame.at[2] * ROW - byId("flamebox").clientHeight / 2);
  return true;
}
