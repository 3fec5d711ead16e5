// streams.js URL: all the ways in which a stream of the client of `--describe typescript` ends, against the server. What is expected
// stands here; the verdict lists what was tried, and what was rejected without anybody knowing.
import { deepEqual, equal, rejects } from "node:assert/strict";
import { getEventListeners } from "node:events";
import { CalculatorClient, RpcError, type IChatClient, type RpcStream, type RpcStreamIterator, type Tick } from "./client.js";
import { WatchedWebSocket, answerTo, received, sent, until } from "./watched.js";

const [url = ""] = process.argv.slice(2);
const unhandled: unknown[] = [];
process.on("unhandledRejection", (error) => unhandled.push(String(error)));

const handlers: IChatClient = { said: () => undefined, askName: () => "Ann" };
const client = new CalculatorClient(url, { WebSocket: WatchedWebSocket, handlers });
const cancelled = { code: -32800, message: "Request cancelled" };
/** So long that no test sees it end. */
const never = 1_000_000_000;
const done = { done: true, value: undefined };
const iterate = (stream: RpcStream<Tick>): RpcStreamIterator<Tick> => stream[Symbol.asyncIterator]();
const numberOf = ({ value }: IteratorResult<Tick, undefined>): number | undefined => value?.number;
const calls = (): number => sent.filter((message) => message.includes("clock/ticks")).length;
const cancels = (): number => sent.filter((message) => message.includes("$/cancelRequest")).length;
const from1To = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);

async function collect(stream: AsyncIterable<Tick>): Promise<number[]> {
  const numbers: number[] = [];
  for await (const tick of stream) numbers.push(tick.number);
  return numbers;
}

const cases: Record<string, () => Promise<void>> = {
  async "left while it waits for an item that never comes"() {
    const items = iterate(client.clockTicks(2, never));
    equal(numberOf(await items.next()), 1);
    const waiting = [items.next(), items.next()];
    deepEqual(await items.return(), done);
    deepEqual(await Promise.all(waiting), [done, done]);
    deepEqual(await items.next(), done);
    deepEqual(await items.return(), done);
    deepEqual(await answerTo("clock/ticks"), cancelled);
  },

  async "left before it began"() {
    const before = calls();
    const items = iterate(client.clockTicks(1, never));
    deepEqual(await items.return(), done);
    deepEqual(await items.next(), done);
    equal(calls(), before);
  },

  async "left by break, by return, by an exception"() {
    for await (const tick of client.clockTicks(2, never)) {
      equal(tick.number, 1);
      break;
    }
    deepEqual(await answerTo("clock/ticks"), cancelled);

    const first = async (): Promise<number> => {
      for await (const tick of client.clockTicks(2, never)) return tick.number;
      return 0;
    };
    equal(await first(), 1);
    deepEqual(await answerTo("clock/ticks"), cancelled);

    await rejects(async () => {
      for await (const tick of client.clockTicks(2, never)) throw new RangeError(String(tick.number));
    }, RangeError("1"));
    deepEqual(await answerTo("clock/ticks"), cancelled);
  },

  async "left after its end: the server is not told"() {
    const before = cancels();
    const items = iterate(client.clockTicks(1));
    equal(numberOf(await items.next()), 1);
    equal(await answerTo("clock/ticks"), null);
    deepEqual(await items.return(), done);
    equal(cancels(), before);
  },

  async "several items asked for at once"() {
    const items = iterate(client.clockTicks(3, 1));
    deepEqual((await Promise.all(from1To(5).map(() => items.next()))).map(numberOf), [1, 2, 3, undefined, undefined]);
  },

  async "a consumer that is slower than the server"() {
    const count = 1_000;
    const items = iterate(client.clockTicks(count, 1));
    const numbers = [numberOf(await items.next())];
    equal(await answerTo("clock/ticks"), null);
    for (;;) {
      const item = await items.next();
      if (item.done === true) break;
      numbers.push(item.value.number);
      // Now and then: others go on meanwhile.
      if (item.value.number % 250 === 0) await client.sum([]);
    }
    deepEqual(numbers, from1To(count));
  },

  async "two at once, one of which is left"() {
    const left = iterate(client.clockTicks(never, 1));
    const [whole] = await Promise.all([collect(client.clockTicks(20, 1)), left.next(), left.next()]);
    deepEqual(whole, from1To(20));
    const other = collect(client.clockTicks(20, 1));
    await left.return();
    deepEqual(await other, from1To(20));
  },

  async "each loop calls anew"() {
    const before = calls();
    const stream = client.clockTicks(2, 1);
    deepEqual(await Promise.all([collect(stream), collect(stream)]), [[1, 2], [1, 2]]);
    equal(calls(), before + 2);
  },

  async "aborted before it began"() {
    const before = calls();
    const items = iterate(client.clockTicks(1, never, { signal: AbortSignal.abort() }));
    await rejects(items.next(), { name: "AbortError" });
    deepEqual(await items.next(), done);
    equal(calls(), before);
  },

  async "aborted while it waits for an item that never comes"() {
    const controller = new AbortController();
    const items = iterate(client.clockTicks(2, never, { signal: controller.signal }));
    equal(numberOf(await items.next()), 1);
    const waiting = [items.next(), items.next()] as const;
    const reason = new RangeError("enough");
    controller.abort(reason);
    await rejects(waiting[0], reason);
    deepEqual(await waiting[1], done);
    deepEqual(await items.next(), done);
    deepEqual(await answerTo("clock/ticks"), cancelled);
    equal(getEventListeners(controller.signal, "abort").length, 0);
  },

  async "aborted while nobody waits"() {
    const controller = new AbortController();
    const items = iterate(client.clockTicks(never, 1, { signal: controller.signal }));
    equal(numberOf(await items.next()), 1);
    controller.abort();
    // Nothing of what has come is given any more.
    deepEqual(await answerTo("clock/ticks"), cancelled);
    await rejects(items.next(), { name: "AbortError" });
    deepEqual(await items.next(), done);
  },

  async "aborted when all has come, and not all was taken"() {
    const before = cancels();
    const controller = new AbortController();
    const items = iterate(client.clockTicks(3, 1, { signal: controller.signal }));
    equal(numberOf(await items.next()), 1);
    equal(await answerTo("clock/ticks"), null);
    controller.abort();
    await rejects(items.next(), { name: "AbortError" });
    deepEqual(await items.next(), done);
    equal(cancels(), before);
  },

  async "aborted after its end"() {
    const before = cancels();
    const controller = new AbortController();
    const items = iterate(client.clockTicks(1, 1, { signal: controller.signal }));
    equal(numberOf(await items.next()), 1);
    deepEqual(await items.next(), done);
    equal(getEventListeners(controller.signal, "abort").length, 0);
    controller.abort();
    deepEqual(await items.next(), done);
    equal(cancels(), before);
  },

  async "refused by the server: the error comes once"() {
    const items = iterate(client.clockTicks("many" as unknown as number));
    await rejects(items.next(), new RpcError(-32602, "Invalid params", "'count' has the wrong type"));
    deepEqual(await items.next(), done);
  },

  async "the error that nobody takes"() {
    const items = iterate(client.clockTicks(1));
    void items.next();
    const refused = iterate(client.clockTicks("many" as unknown as number));
    void refused.next().catch(() => undefined);
    await until(() => received.at(-1)?.includes("-32602") === true);
    deepEqual(await refused.return(), done);
    await items.return();
  },

  async "the client is closed in the middle"() {
    const other = new CalculatorClient(url, { WebSocket: WatchedWebSocket, handlers });
    const items = iterate(other.clockTicks(2, never));
    equal(numberOf(await items.next()), 1);
    const waiting = items.next();
    const untaken = iterate(other.clockTicks(2, never));
    await untaken.next();
    other.close();
    await rejects(waiting, { name: "RpcConnectionError", closeCode: 1000 });
    deepEqual(await items.next(), done);
    await rejects(iterate(other.clockTicks(1)).next(), { name: "RpcConnectionError", closeCode: 1000 });
  },
};

for (const [name, run] of Object.entries(cases)) {
  await run().catch((error: unknown) => {
    throw new Error(name, { cause: error });
  });
}
// Nothing went to the server that it took for a stream that is still on.
const inFlight = received.length;
await client.sum([]);
client.close();

// What waits to connect again keeps the process alive, until it is closed.
const lonely = new CalculatorClient("ws://127.0.0.1:1", { WebSocket: WatchedWebSocket, handlers, reconnect: { initialDelayMs: never } });
await until(() => lonely.state === "waiting");
lonely.close();
console.log(JSON.stringify({ cases: Object.keys(cases).length, unhandled, stillComing: received.length - inFlight - 1 }));
