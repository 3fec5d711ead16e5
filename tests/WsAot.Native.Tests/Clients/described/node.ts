// node.js URL: the client of `--describe typescript` in node. Prints 'ready' when the server may be stopped, 'lost' when the client
// says that it has gone; ends when the client has come back by itself, once there is a server again.
import { CalculatorClient, type Tick } from "./client.js";
import { WatchedWebSocket, answerTo, errorOf, sent, until } from "./watched.js";

const [url = ""] = process.argv.slice(2);
const heard: string[] = [];
const states: string[] = [];
const client = new CalculatorClient(url, {
  WebSocket: WatchedWebSocket,
  reconnect: { initialDelayMs: 50, maxDelayMs: 200 },
  handlers: {
    said: (who, text) => void heard.push(`${who}: ${text}`),
    askName: () => Promise.resolve("Ann"),
  },
});
client.onStateChange((state, cause) => states.push(cause === undefined ? state : `${state} ${cause.closeCode}`));

async function collect(stream: AsyncIterable<Tick>, enough = Infinity): Promise<number[]> {
  const numbers: number[] = [];
  for await (const tick of stream) {
    if (Number.isNaN(Date.parse(tick.time))) throw new Error(`${tick.time} is no time`);
    if (numbers.push(tick.number) === enough) break;
  }
  return numbers;
}

const first = { state: client.state, sum: await client.sum([1, 2, 3]), then: client.state };
const many = await Promise.all(Array.from({ length: 100 }, (_, i) => client.sum([i, 1])));
const calls = {
  first,
  many: many.every((sum, i) => sum === i + 1),
  optional: [await client.divide(7), await client.divide(1, 4), await client.divide(7, undefined)],
  error: await errorOf(client.divide(1, 0)),
  greeting: await client.greet(),
};

await client.say({ who: "Ann", text: "only me" });
client.notify.shout({ who: "Ann", text: "café 😀" });
await client.sum([]);

const streams = {
  whole: await collect(client.clockTicks(3, 1)),
  begun: await collect(client.clockTicks(1_000_000, 1), 2),
  breakAnswer: await answerTo("clock/ticks"),
  aborted: await errorOf(collect(client.clockTicks(1_000_000, 1, { signal: AbortSignal.timeout(50) }))),
  abortAnswer: await answerTo("clock/ticks"),
};
const cancels = {
  aborted: await errorOf(client.later("never", 1_000_000, { signal: AbortSignal.timeout(50) })),
  answer: await answerTo("Later"),
  before: await errorOf(client.later("never", 0, { signal: AbortSignal.abort() })),
};

// The server goes, while a call and a stream are on.
const lost = Promise.all([errorOf(client.later("lost", 1_000_000)), errorOf(collect(client.clockTicks(1_000_000, 1)))]);
await client.sum([]);
console.log("ready");
const losses = await lost;
const waiting = client.sum([20, 22]);
const givenUp = await errorOf(client.sum([1], { signal: AbortSignal.timeout(50) }));
client.notify.say({ who: "Ann", text: "again" });
console.log("lost");
const waited = await waiting;
await until(() => heard.includes("Ann: again"));
const sentTwice = sent.filter((message) => message.includes("lost")).length - 1;

const closing = errorOf(client.later("closing", 1_000_000));
await client.sum([]);
client.close();
const closed = [await closing, await errorOf(client.sum([]))];
console.log(JSON.stringify({
  calls, heard, streams, cancels, restart: { losses, givenUp, waited, sentTwice }, closed,
  states: states.filter((state, i) => state !== states[i - 2] || !/1006|connecting/.test(state)),
}));
