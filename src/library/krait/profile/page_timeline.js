// The time line: a row a thread, its load in columns by kind; collections above as red marks; the heap as
// a curve.
const timeline = {drag: null};
const ROWS_MAX = 12,
  MARKS = 12,
  AXIS = 18;

function rowHeight() {
  const rows = Math.min(Math.max(data.threads.length, 1), ROWS_MAX);
  return rows > 6 ? 16 : rows > 2 ? 24 : 34;
}

function drawTimeline() {
  const canvas = byId("time"),
    width = canvas.clientWidth || 800;
  const threads = data.threads.slice(0, ROWS_MAX),
    high = rowHeight();
  const heapHigh = data.heap.length > 1 ? 30 : 0;
  const height = MARKS + Math.max(threads.length, 1) * high + heapHigh + AXIS;
  const context = prepare(canvas, width, height);
  context.font = "11px system-ui, sans-serif";
  threads.forEach((thread, n) => drawThread(context, thread, MARKS + n * high, high - 3, width));
  drawMarks(context, width, height);
  if (heapHigh) drawHeap(context, MARKS + threads.length * high, heapHigh - 4, width);
  drawAxis(context, width, height);
  drawRange(context, width, height);
  tellRange(threads.length);
}

const timeToX = (time, width) => (data.end ? (time / data.end) * width : 0);
const xToTime = (x, width) => Math.min(Math.max(x / width, 0), 1) * data.end;

// Columns of 3 pixels; the height is the share of the column's time that the thread worked
function drawThread(context, thread, top, high, width) {
  const step = 3,
    columns = Math.ceil(width / step) || 1,
    span = data.end / columns || 1;
  const loads = Array.from({length: 6}, () => new Float64Array(columns));
  for (let n = 0; n < thread.node.length; n++) {
    const node = thread.node[n],
      kind = node ? data.functions[model.function[node]][2] : 3;
    let at = thread.at[n],
      left = thread.weight[n];
    for (let column = Math.min(columns - 1, Math.floor(at / span)); left > 0 && column >= 0; column--) {
      const part = Math.min(left, Math.max(at - column * span, 1));
      loads[kind][column] += part;
      left -= part;
      at = column * span;
    }
  }
  for (let column = 0; column < columns; column++) {
    let bottom = top + high;
    for (const kind of [1, 2, 4, 3, 5]) {
      const tall = Math.min(loads[kind][column] / span, 1) * high;
      if (tall < 0.2) continue;
      context.fillStyle = look(kind);
      context.fillRect(column * step, Math.max(bottom - tall, top), step - 0.5, Math.min(tall, bottom - top));
      bottom -= tall;
    }
  }
  label(context, thread.name, top);
}

// On a plate, so that it can be read over whatever is behind
function label(context, text, top) {
  context.fillStyle = colour("panel");
  context.globalAlpha = 0.8;
  context.fillRect(1, top, context.measureText(text).width + 8, 13);
  context.globalAlpha = 1;
  context.fillStyle = colour("ink");
  context.fillText(text, 5, top + 10);
}

const look = kind => colour(KINDS[kind]);

function drawMarks(context, width, height) {
  context.fillStyle = colour("gc");
  for (const [began, us, full] of data.gc) {
    const x = timeToX(began, width);
    context.fillRect(x, 0, Math.max(timeToX(us, width), full ? 2 : 1), full ? MARKS - 2 : MARKS - 6);
  }
}

function drawHeap(context, top, high, width) {
  const most = data.heap.reduce((most, point) => Math.max(most, point[1]), 1);
  context.beginPath();
  data.heap.forEach(([time, bytes], n) => {
    const x = timeToX(time, width),
      y = top + high - (bytes / most) * high;
    n ? context.lineTo(x, y) : context.moveTo(x, y);
  });
  context.strokeStyle = colour("accent");
  context.lineWidth = 1.2;
  context.stroke();
  label(context, `heap, at most ${size(most)}`, top);
}

function drawAxis(context, width, height) {
  context.fillStyle = colour("soft");
  const ticks = Math.max(2, Math.floor(width / 140));
  const raw = data.end / ticks || 1,
    power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map(n => n * power).find(n => n >= raw);
  for (let time = 0; time <= data.end; time += step) {
    const x = timeToX(time, width);
    context.fillRect(x, height - AXIS, 1, 4);
    const text = seconds(time);
    context.fillText(text, Math.min(x + 3, width - context.measureText(text).width - 3), height - 4);
  }
}

function drawRange(context, width, height) {
  const range = timeline.drag || state.range;
  if (!range) return;
  const [from, to] = range.map(time => timeToX(time, width));
  context.fillStyle = colour("back");
  context.globalAlpha = 0.65;
  context.fillRect(0, 0, Math.min(from, to), height);
  context.fillRect(Math.max(from, to), 0, width, height);
  context.globalAlpha = 1;
  context.fillStyle = colour("accent");
  for (const x of [from, to]) context.fillRect(x - 0.5, 0, 1.5, height);
}

function tellRange(shown) {
  const rest = data.threads.length - shown;
  const told = byId("range");
  told.replaceChildren();
  if (state.range) {
    const [from, to] = state.range;
    told.append(
      `${seconds(from)} – ${seconds(to)}: ${seconds(model.whole)}, ${number(model.samples)} samples`,
      make("button", {onclick: () => change({range: null})}, "Whole time"),
    );
  } else {
    told.append(
      `${seconds(model.whole)} in ${number(model.samples)} samples. Drag over the time line to choose a range.`,
    );
  }
  if (rest > 0) told.append(` ${rest} more threads are in the list above.`);
}

function listenToTimeline() {
  const canvas = byId("time");
  const time = event => {
    const area = canvas.getBoundingClientRect();
    return xToTime(event.clientX - area.left, area.width);
  };
  canvas.addEventListener("pointerdown", event => {
    timeline.drag = [time(event), time(event)];
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", event => {
    if (!timeline.drag) return tellTime(event, time(event));
    timeline.drag[1] = time(event);
    drawTimeline();
  });
  canvas.addEventListener("pointerup", () => endDrag());
  canvas.addEventListener("pointercancel", () => endDrag());
  canvas.addEventListener("pointerleave", () => hideTip());
  canvas.addEventListener("dblclick", () => change({range: null}));
  canvas.addEventListener("keydown", moveRange);
}

function endDrag() {
  if (!timeline.drag) return;
  const range = timeline.drag.slice().sort((a, b) => a - b);
  timeline.drag = null;
  const isClick = range[1] - range[0] < data.end / 500;
  if (!isClick) change({range});
  else drawTimeline();
}

// Arrows move the range, + and - change its length
function moveRange(event) {
  let [from, to] = state.range || [0, data.end];
  const step = Math.max((to - from) / 10, data.end / 1000);
  if (event.key === "ArrowRight") [from, to] = [from + step, to + step];
  else if (event.key === "ArrowLeft") [from, to] = [from - step, to - step];
  else if (event.key === "+") [from, to] = [from + step, to - step];
  else if (event.key === "-") [from, to] = [from - step, to + step];
  else return;
  event.preventDefault();
  event.stopPropagation();
  from = Math.max(0, from);
  to = Math.min(data.end, Math.max(to, from + data.end / 1000));
  change({range: from <= 0 && to >= data.end ? null : [from, to]});
}

function tellTime(event, time) {
  const pause = data.gc.find(([began, us]) => Math.abs(time - began - us / 2) < Math.max(us, data.end / 300));
  const told = pause
    ? `\n${pause[2] ? "full" : "minor"} collection, ${seconds(pause[1])}, ${place(pause[5], pause[6])}\n` +
      `${size(pause[3])} alive before, ${size(pause[4])} after`
    : "";
  showTip(seconds(time) + told, event.clientX, event.clientY);
}
