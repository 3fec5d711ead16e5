// The page is itself a WsAot application: it calls /api with the client that is generated from the handler there.
import { DashboardApiClient } from "./client.js";

const keptMs = 600_000;
const tokenKey = "wsaot.admin.token";
const $ = id => document.getElementById(id);

const number = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });
const count = value => number.format(value);
const rate = value => `${count(value)}/s`;
const time = value => value < 0 ? "none" : value < 1 ? `${count(value * 1000)} µs` : value < 1000 ? `${count(value)} ms` : `${count(value / 1000)} s`;
const share = value => `${count(value * 100)} %`;

function bytes(value) {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }

  return `${count(value)} ${units[unit]}`;
}

const bytesRate = value => `${bytes(value)}/s`;

/** Each chart shows one or two numbers of a sample. */
const charts = [
  { title: "Connections", format: count, lines: [["open", "connections"]] },
  { title: "Messages", format: rate, lines: [["in", "messagesIn"], ["out", "messagesOut"]] },
  { title: "Network", format: bytesRate, base: 1024, lines: [["in", "bytesIn"], ["out", "bytesOut"]] },
  { title: "Handlers", format: time, lines: [["median", "median"], ["p99", "p99"]] },
  { title: "Loop use", format: share, top: 1, lines: [["all", "loopUse"], ["busiest", "busiestLoop"]] },
  { title: "Delay of a loop", format: time, lines: [["longest", "longestDelay"]] },
  { title: "Memory", format: bytes, base: 1024, lines: [["resident", "residentBytes"], ["heap", "heapBytes"]] },
  { title: "Output that waits", format: bytes, base: 1024, lines: [["pending", "pendingBytes"]] },
  { title: "Refused requests", format: rate, lines: [["refused", "refusals"]] },
];

let samples = [];
let pointed = null;     // the time under the pointer, as a share of the width

function element(name, text = "", kind = "") {
  const made = document.createElement(name);
  made.textContent = text;
  made.className = kind;
  return made;
}

function makeChart(chart) {
  const card = element("article");
  const values = element("p");
  chart.shown = chart.lines.map(([name], at) => {
    const value = element("b", "–");
    const label = element("span", `${name} `, at === 0 ? "first" : "second");
    label.append(value);
    values.append(label);
    return value;
  });
  chart.canvas = element("canvas");
  chart.canvas.setAttribute("role", "img");
  chart.canvas.addEventListener("pointermove", event => point(event.offsetX / chart.canvas.clientWidth));
  chart.canvas.addEventListener("pointerleave", () => point(null));
  card.append(element("h2", chart.title), values, chart.canvas);
  $("charts").append(card);
}

function point(at) {
  pointed = at;
  drawAll();
}

function drawAll() {
  const now = samples.length > 0 ? samples[samples.length - 1].timeMs : Date.now();
  for (const chart of charts) draw(chart, now);
}

function draw(chart, now) {
  const { canvas } = chart;
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  const scale = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const context = canvas.getContext("2d");
  context.scale(scale, scale);
  const style = getComputedStyle(document.documentElement);
  const color = name => style.getPropertyValue(name);
  const largest = Math.max(0, ...samples.flatMap(sample => chart.lines.map(([, key]) => sample[key])));
  const top = chart.top ?? roundUp(largest, chart.base ?? 10);
  const x = ms => width * (1 - (now - ms) / keptMs);
  const y = value => height - 16 - (height - 32) * value / top;

  context.strokeStyle = color("--grid");
  context.fillStyle = color("--soft");
  context.font = "11px system-ui, sans-serif";
  context.lineWidth = 1;
  for (const part of [0, 0.5, 1]) {
    context.beginPath();
    context.moveTo(0, y(top * part));
    context.lineTo(width, y(top * part));
    context.stroke();
  }

  context.fillText(chart.format(top), 0, 11);
  for (const minutes of [10, 5, 0]) {
    context.textAlign = minutes === 10 ? "left" : minutes === 0 ? "right" : "center";
    context.fillText(minutes === 0 ? "now" : `${minutes} min ago`, width * (1 - minutes / 10), height - 3);
  }

  context.textAlign = "left";
  chart.lines.forEach(([, key], at) => {
    context.strokeStyle = color(at === 0 ? "--first" : "--second");
    context.lineWidth = 1.5;
    context.beginPath();
    let isDrawing = false;
    for (const sample of samples) {
      // Nothing was measured in that second.
      if (sample[key] < 0) {
        isDrawing = false;
        continue;
      }

      if (isDrawing) context.lineTo(x(sample.timeMs), y(sample[key]));
      else context.moveTo(x(sample.timeMs) - 1, y(sample[key]));
      if (!isDrawing) context.lineTo(x(sample.timeMs), y(sample[key]));
      isDrawing = true;
    }

    context.stroke();
  });

  const shown = pointed === null ? samples[samples.length - 1] : nearest(now - keptMs * (1 - pointed));
  if (pointed !== null && shown) {
    context.strokeStyle = color("--soft");
    context.beginPath();
    context.moveTo(x(shown.timeMs), 0);
    context.lineTo(x(shown.timeMs), height);
    context.stroke();
    context.fillText(clock(shown.timeMs), Math.min(x(shown.timeMs) + 4, width - 70), 24);
  }

  if (!shown) return;
  chart.lines.forEach(([, key], at) => chart.shown[at].textContent = chart.format(shown[key]));
  canvas.setAttribute("aria-label", `${chart.title}: ${chart.lines.map(([name, key]) => `${name} ${chart.format(shown[key])}`).join(", ")}`);
}

/** The time of day in UTC, as in the log. */
function clock(ms) {
  return `${new Date(ms).toISOString().slice(11, 19)}Z`;
}

/** A round number at or above a value: 1, 2, 5, 10, ... or, for bytes, 1, 2, 5, ... 500 of a unit. */
function roundUp(value, base) {
  if (value <= 0) return 1;
  const unit = base === 10 ? 1 : base ** Math.floor(Math.log(value) / Math.log(base));
  const power = 10 ** Math.floor(Math.log10(value / unit));
  return [1, 2, 5, 10].map(step => step * power * unit).find(step => step >= value) ?? value;
}

function nearest(ms) {
  return samples.reduce((best, sample) => !best || Math.abs(sample.timeMs - ms) < Math.abs(best.timeMs - ms) ? sample : best, null);
}

/** Fills a table. A column has a heading, a function from the row to the cell's text, and the class of its cells. */
function fill(table, columns, rows) {
  const head = element("tr");
  for (const [heading, , kind] of columns) head.append(element("th", heading, kind));
  const lines = rows.map(row => {
    const line = element("tr");
    for (const [, show, kind] of columns) {
      const value = show(row);
      const cell = element("td", "", kind);
      cell.append(value);
      line.append(cell);
    }

    return line;
  });
  if (lines.length === 0) {
    const none = element("td", "none", "none");
    none.colSpan = columns.length;
    lines.push(element("tr"));
    lines[0].append(none);
  }

  table.replaceChildren(head, ...lines);
}

function button(text, work) {
  const made = element("button", text);
  made.type = "button";
  made.addEventListener("click", work);
  return made;
}

const routeColumns = [
  ["route", row => row.route, "text"],
  ["open", row => count(row.open)],
  ["opened", row => count(row.opened)],
  ["in", row => count(row.messagesIn)],
  ["out", row => count(row.messagesOut)],
  ["bytes in", row => bytes(row.bytesIn)],
  ["bytes out", row => bytes(row.bytesOut)],
  ["dropped", row => count(row.dropped)],
  ["waits", row => bytes(row.pendingBytes)],
  ["median", row => time(row.median)],
  ["p99", row => time(row.p99)],
];

// The buttons come first, because the ends of the rows are out of sight on a phone.
const topicColumns = client => [
  ["", row => button("Listen", () => listen(client, row.topic)), "text"],
  ["topic", row => row.topic, "text wide"],
  ["subscribers", row => count(row.subscribers)],
];

const connectionColumns = client => [
  ["", row => button("Close", () => closeConnection(client, row.id)), "text"],
  ["number", row => String(row.id)],
  ["waits", row => bytes(row.pendingBytes)],
  ["state", row => row.state, "text"],
  ["path", row => row.path, "text wide"],
  ["address", row => row.address, "text"],
];

const refusalColumns = [
  ["time", row => clock(row.timeMs), "text"],
  ["status", row => row.status === 0 ? "–" : String(row.status)],
  ["address", row => row.address, "text"],
  ["request", row => row.request, "text wide"],
  ["reason", row => row.reason, "text wide"],
  ["option", row => row.option, "text"],
];

async function closeConnection(client, id) {
  if (!confirm(`Close connection ${id} with 1008?`)) return;
  await client.closeConnection(id, 1008, "closed by an administrator");
  await refresh(client);
}

function look(title) {
  const dialog = $("look");
  dialog.querySelector("h2").textContent = title;
  const content = dialog.querySelector(".scroll");
  content.replaceChildren();
  dialog.showModal();
  const closed = new AbortController();
  dialog.addEventListener("close", () => closed.abort(), { once: true });
  return { content, signal: closed.signal };
}

async function listen(client, topic) {
  const { content, signal } = look(`Topic ${topic}`);
  const table = element("table");
  content.append(table);
  let messages = [];
  const columns = [
    ["time", row => clock(row.timeMs), "text"],
    ["bytes", row => count(row.bytes)],
    ["message", row => row.missed > 0 ? `(${row.missed} before it were left out) ${row.text}` : row.text, "text wide"],
  ];
  fill(table, columns, messages);
  try {
    for await (const message of client.listen(topic, { signal })) {
      messages = [message, ...messages].slice(0, 200);
      fill(table, columns, messages);
    }
  } catch (error) {
    if (!signal.aborted) content.append(element("p", String(error)));
  }
}

async function lookAtConnection(client, id) {
  const { content } = look(`Connection ${id}`);
  const table = element("table");
  content.append(table);
  const rows = await client.connection(id);
  if (rows.length === 0) content.replaceChildren(element("p", "No connection of this number is open."));
  else fill(table, [...connectionColumns(client), ["route", row => row.route, "text"]], rows);
}

async function refresh(client) {
  const [info, routes, topics, slowest, refusals] =
    await Promise.all([client.info(), client.routes(), client.topics(50), client.slowest(50), client.refusals()]);
  const started = new Date(info.startedMs).toISOString().replace("T", " ").replace(/\..*/, "Z");
  $("info").textContent = `${info.version.split("+")[0]} · ${info.urls.join(" ")} · ${info.transport}, ${info.loops} loops · since ${started}`;
  show(info.isReady ? "ready" : "draining", info.isReady ? "good" : "bad");
  fill($("routes"), routeColumns, routes);
  fill($("topics"), topicColumns(client), topics);
  fill($("slowest"), connectionColumns(client), slowest);
  fill($("refusals"), refusalColumns, refusals);
}

function show(state, kind) {
  $("state").textContent = state;
  $("state").className = `badge ${kind}`;
}

async function follow(client) {
  while (client.state !== "closed") {
    try {
      for await (const some of client.samples()) {
        const last = samples.length > 0 ? samples[samples.length - 1].timeMs : 0;
        samples = [...samples, ...some.filter(sample => sample.timeMs > last)];
        samples = samples.filter(sample => sample.timeMs > samples[samples.length - 1].timeMs - keptMs);
        drawAll();
        await refresh(client);
      }
    } catch (error) {
      // The client connects again by itself; the next call waits for it.
      show("not connected", "bad");
      await new Promise(resolve => setTimeout(resolve, 500));
    }
  }
}

/** Asks for the token if the server needs one and the stored one is missing or wrong. */
async function askForToken() {
  const token = sessionStorage.getItem(tokenKey);
  const headers = token ? { Authorization: `Bearer ${token}` } : {};
  const answer = await fetch("metrics", { headers }).catch(() => null);
  if (answer?.status !== 401 || $("login").open) return;
  $("login").querySelector("output").textContent = token ? "The token that you gave is not the server's." : "";
  $("login").showModal();
  await new Promise(resolve => $("login").addEventListener("close", resolve, { once: true }));
  sessionStorage.setItem(tokenKey, $("login").querySelector("[name=token]").value.trim());
}

/** The subprotocols: our own, and the token in hexadecimal, because a subprotocol may contain few characters besides letters and digits. */
function protocols() {
  const token = sessionStorage.getItem(tokenKey);
  if (!token) return ["wsaot.admin"];
  const hex = [...new TextEncoder().encode(token)].map(byte => byte.toString(16).padStart(2, "0")).join("");
  return ["wsaot.admin", `token.${hex}`];
}

/** Shows the metrics here, because a plain link cannot send the token that they need. */
async function showMetrics(event) {
  const token = sessionStorage.getItem(tokenKey);
  if (!token) return;
  event.preventDefault();
  const { content } = look("Metrics");
  const answer = await fetch("metrics", { headers: { Authorization: `Bearer ${token}` } });
  content.append(element("pre", await answer.text()));
}

charts.forEach(makeChart);
window.addEventListener("resize", drawAll);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
await askForToken();
const client = new DashboardApiClient(location.href, { protocols, reconnect: { maxDelayMs: 3000 } });
client.onStateChange((state, reason) => {
  if (state === "waiting" && reason?.kind === "unreachable") void askForToken();
});
document.querySelector("nav a").addEventListener("click", event => void showMetrics(event));
$("find").addEventListener("submit", event => {
  event.preventDefault();
  const id = Number(new FormData(event.target).get("id"));
  if (id > 0) void lookAtConnection(client, id);
});
await follow(client);
