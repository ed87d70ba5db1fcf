"use strict";
// The data and its sums. Node 0 is the root; a node's caller has a smaller number.
const KINDS = {1: "python", 2: "native", 3: "krait", 4: "operator", 5: "gc"};
const KIND_TITLES = {1: "Python", 2: "built-in", 4: "operator", 3: "Krait", 5: "collector"};
let data = null;
const model = {};

async function readData() {
  const packed = atob(document.getElementById("data").textContent.trim());
  const bytes = new Uint8Array(packed.length);
  for (let n = 0; n < bytes.length; n++) bytes[n] = packed.charCodeAt(n);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  data = JSON.parse(await new Response(stream).text());
  unpackNodes();
  unpackSamples();
}

function unpackNodes() {
  const [parent, functions, line] = data.nodes;
  const count = parent.length + 1;
  model.count = count;
  for (const [name, values, first] of [
    ["parent", parent, -1],
    ["function", functions, -1],
    ["line", line, 0],
  ]) {
    model[name] = new Int32Array(count);
    model[name].set(values, 1);
    model[name][0] = first;
  }
  numberLines();
  const children = childrenOf(model.parent);
  model.firstOfFunction = firstOnPath(children, model.function, data.functions.length);
  model.firstOfLine = firstOnPath(children, model.lineOf, model.lineKeys.length);
}

// lineOf[node]: a number for its path and line, -1 for what has none; owner[node]: the nearest node that
// has one
function numberLines() {
  const numbers = new Map(),
    paths = new Map();
  model.lineKeys = [];
  model.lineOf = new Int32Array(model.count).fill(-1);
  model.owner = new Int32Array(model.count);
  for (let node = 1; node < model.count; node++) {
    const [, , kind, path] = data.functions[model.function[node]];
    if (kind !== 1) {
      model.owner[node] = model.owner[model.parent[node]];
      continue;
    }
    if (!paths.has(path)) paths.set(path, paths.size);
    const key = paths.get(path) * 16777216 + model.line[node];
    if (!numbers.has(key)) {
      numbers.set(key, model.lineKeys.length);
      model.lineKeys.push([path, model.line[node]]);
    }
    model.lineOf[node] = numbers.get(key);
    model.owner[node] = node;
  }
}

function childrenOf(parent) {
  const children = Array.from({length: parent.length}, () => null);
  for (let node = 1; node < parent.length; node++) {
    (children[parent[node]] ||= []).push(node);
  }
  return children;
}

// [node: 1 if no caller of it has the same key], so that recursion counts once
function firstOnPath(children, keys, keyCount) {
  const first = new Uint8Array(model.count),
    depth = new Int32Array(keyCount),
    todo = [0];
  while (todo.length) {
    const node = todo.pop();
    if (node < 0) {
      depth[keys[~node]]--;
      continue;
    }
    const key = keys[node];
    if (key >= 0) {
      first[node] = depth[key]++ ? 0 : 1;
      todo.push(~node);
    }
    for (const child of children[node] || []) todo.push(child);
  }
  return first;
}

// What carries out an import: frames between the import and the module, which say nothing of the program
function isMachinery(node) {
  const [name, , kind, path] = data.functions[model.function[node]];
  if (kind === 1) return path.startsWith("<frozen importlib");
  return kind === 2 && (name === "_find_and_load" || name === "exec") && model.isHidden[model.parent[node]];
}

// The flame graph's tree: functions under their callers, whatever the lines
function mergeLines() {
  const boxes = new Boxes(model.count);
  model.flameOf = new Int32Array(model.count);
  model.isHidden = new Uint8Array(model.count);
  for (let node = 1; node < model.count; node++) {
    const above = model.flameOf[model.parent[node]];
    if (isMachinery(node)) model.isHidden[node] = 1;
    const isShown = !model.isHidden[node] || state.machinery;
    model.flameOf[node] = isShown ? boxes.find(above, model.function[node]) : above;
  }
  model.flame = {parent: boxes.parent.slice(0, boxes.count), function: boxes.function.slice(0, boxes.count)};
  model.flame.children = childrenOf(model.flame.parent);
}

// Numbers for pairs of a parent and a function, from 1 in the order they are met; 0 is the root. A table with open
// addresses, which is several times faster than a Map for what has a hundred thousand.
class Boxes {
  constructor(most) {
    this.parent = new Int32Array(most).fill(-1);
    this.function = new Int32Array(most).fill(-1);
    this.mask = 2 ** Math.ceil(Math.log2(2 * most + 2)) - 1;
    this.slots = new Int32Array(this.mask + 1);
    this.count = 1;
  }

  find(parent, index) {
    let at = (Math.imul(parent, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b)) >>> 7;
    for (; ; at++) {
      const box = this.slots[at & this.mask];
      if (!box) break;
      if (this.parent[box] === parent && this.function[box] === index) return box;
    }
    const box = (this.slots[at & this.mask] = this.count++);
    this.parent[box] = parent;
    this.function[box] = index;
    return box;
  }
}

function unpackSamples() {
  for (const thread of data.threads) {
    let time = 0;
    thread.at = Float64Array.from(thread.time, after => (time += after));
    thread.sum = thread.weight.reduce((sum, weight) => sum + weight, 0);
  }
}

function chosenThreads() {
  return state.thread === "" ? data.threads : data.threads.filter((_, n) => String(n) === state.thread);
}

// model.self, total, flameTotal, functions, lines: of the chosen threads and time
function sumChosen() {
  const self = new Float64Array(model.count),
    seen = new Float64Array(model.count).fill(Infinity);
  const [from, to] = state.range || [-Infinity, Infinity];
  model.samples = 0;
  for (const thread of chosenThreads()) {
    for (let n = 0; n < thread.node.length; n++) {
      const time = thread.at[n];
      if (time < from || time > to) continue;
      const node = thread.node[n];
      self[node] += thread.weight[n];
      model.samples++;
      if (time < seen[node]) seen[node] = time;
    }
  }
  const total = Float64Array.from(self);
  for (let node = model.count - 1; node > 0; node--) {
    const parent = model.parent[node];
    total[parent] += total[node];
    if (seen[node] < seen[parent]) seen[parent] = seen[node];
  }
  Object.assign(model, {self, total, whole: total[0]});
  sumFlame(total, seen);
  sumFunctions();
  sumLines();
}

function sumFlame(total, seen) {
  const count = model.flame.parent.length;
  model.flame.total = new Float64Array(count);
  model.flame.seen = new Float64Array(count).fill(Infinity);
  for (let node = 0; node < model.count; node++) {
    const box = model.flameOf[node];
    if (!node || model.flameOf[model.parent[node]] !== box) model.flame.total[box] += total[node];
    model.flame.seen[box] = Math.min(model.flame.seen[box], seen[node]);
  }
}

function sumFunctions() {
  model.functions = data.functions.map((row, index) => ({index, self: 0, total: 0}));
  for (let node = 1; node < model.count; node++) {
    const row = model.functions[model.function[node]];
    row.self += model.self[node];
    if (model.firstOfFunction[node]) row.total += model.total[node];
  }
}

function sumLines() {
  model.lines = model.lineKeys.map(([path, line]) => ({path, line, self: 0, total: 0, gc: 0}));
  for (let node = 1; node < model.count; node++) {
    if (model.firstOfLine[node]) model.lines[model.lineOf[node]].total += model.total[node];
    const owner = model.owner[node];
    if (!owner || !model.self[node]) continue;
    const row = model.lines[model.lineOf[owner]];
    row.self += model.self[node];
    if (data.functions[model.function[node]][2] === 5) row.gc += model.self[node];
  }
}

// {function: µs} of what lines with this path and number call
function calleesOf(path, line) {
  const sums = new Map();
  for (let node = 1; node < model.count; node++) {
    const parent = model.parent[node];
    if (
      parent &&
      model.total[node] &&
      model.line[parent] === line &&
      data.functions[model.function[parent]][3] === path
    ) {
      sums.set(model.function[node], (sums.get(model.function[node]) || 0) + model.total[node]);
    }
  }
  return [...sums].sort((a, b) => b[1] - a[1]);
}

// Words
function seconds(us) {
  const size = Math.abs(us);
  if (size >= 999500) return (us / 1e6).toFixed(2) + " s";
  return size >= 999.5 ? (us / 1e3).toFixed(1) + " ms" : us.toFixed(0) + " µs";
}

function share(part, whole = model.whole) {
  return whole ? ((100 * part) / whole).toFixed(1) + "%" : "–";
}

function scaled(count, step, units) {
  let n = 0;
  for (; Math.abs(count) >= step && n < units.length - 1; n++) count /= step;
  return (
    (n && Math.abs(count) < 9.95 ? count.toFixed(1) : count.toFixed(0)) +
    (units[n] ? "\u202f" + units[n] : "")
  );
}

const size = bytes => scaled(bytes, 1024, ["bytes", "KB", "MB", "GB", "TB"]);
const number = count =>
  count < 100000 ? count.toLocaleString("en") : scaled(count, 1000, ["", "K", "M", "G", "T"]);
const fileName = path => data.files[path]?.[0] || path.split("/").pop() || path;
const place = (path, line) => (path ? `${fileName(path)}:${line}` : "elsewhere");

// An element; properties that begin with "on" are listeners
function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter(child => child !== null && child !== undefined));
  return element;
}

const colour = name =>
  getComputedStyle(document.documentElement)
    .getPropertyValue("--" + name)
    .trim();
const byId = id => document.getElementById(id);

// A canvas of so many CSS pixels, sharp on any screen; its context
function prepare(canvas, width, height) {
  const scale = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  canvas.style.height = height + "px";
  const context = canvas.getContext("2d");
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}
