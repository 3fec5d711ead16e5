// connection.js: what all clients of `--describe typescript` run on, on a connection that does what it is told, with a clock that is
// turned by hand. What is expected stands here; the verdict lists how much was tried, and what was rejected without anybody knowing.
import { deepEqual, equal, ok, rejects, throws } from "node:assert/strict";
import {
  RpcClient, RpcConnectionError, RpcError, type RpcAddress, type RpcClientOptions, type RpcStateReason, type RpcStream, type RpcStreamIterator,
} from "./client.js";
import { Connection } from "./scripted.js";

const unhandled: unknown[] = [];
process.on("unhandledRejection", (error) => unhandled.push(String(error)));

/** What has been scheduled and neither happened nor was given up. */
const timers = new Map<number, { readonly action: () => void; readonly delay: number }>();
let lastTimer = 0;
let now = 0;
let chance = 1;
Object.assign(globalThis, {
  setTimeout: (action: () => void, delay: number) => (timers.set(++lastTimer, { action, delay }), lastTimer),
  clearTimeout: (timer: number) => timers.delete(timer),
});
Date.now = () => now;
Math.random = () => chance;

/** Lets the one timer run out. */
function elapse(): number {
  equal(timers.size, 1);
  const [[id, { action, delay }]] = [...timers] as [[number, { action: () => void; delay: number }]];
  timers.delete(id);
  action();
  return delay;
}

class Probe extends RpcClient {
  readonly errors: unknown[] = [];
  readonly states: string[] = [];
  readonly reasons: RpcStateReason[] = [];
  /** Signals of the handler `wait`, which ends when its signal does. */
  readonly signals: AbortSignal[] = [];
  /** Ends what the handler `slow` waits for, which hears no signal. */
  end: (result: unknown) => void = () => undefined;

  constructor(options: RpcClientOptions = {}, server: RpcAddress = "ws://server/base?token=x") {
    const wait = (signal: AbortSignal): Promise<never> => new Promise((_, reject) => {
      this.signals.push(signal);
      signal.addEventListener("abort", () => reject(signal.reason as Error));
    });
    const served = {
      add: { parameters: ["a", "b"], call: ([a, b]: readonly unknown[]) => (a as number) + (b as number) },
      fail: { parameters: [], call: () => { throw new RangeError("secret"); } },
      refuse: { parameters: [], call: () => Promise.reject(new RpcError(7, "no", { why: "so" })) },
      strange: { parameters: [], call: () => 1n },
      slow: { parameters: [], call: () => new Promise((resolve) => (this.end = resolve)) },
      wait: { parameters: [], call: (_: readonly unknown[], signal: AbortSignal) => wait(signal) },
    };
    const usual = { WebSocket: Connection, heartbeat: false, onError: (error: unknown) => this.errors.push(error) } as const;
    super(server, { path: "/rpc", protocols: ["p.v1"], served }, { ...usual, ...options });
    this.onStateChange((state, reason) => {
      this.states.push(reason === undefined ? state : `${state} ${reason.closeCode}`);
      if (reason !== undefined) this.reasons.push(reason);
    });
  }

  call(method: string, signal?: AbortSignal): Promise<unknown> {
    return this.request(method, [], signal === undefined ? undefined : { signal });
  }

  tell(method: string): void {
    this.notification(method, []);
  }

  items(method: string): RpcStream<number> {
    return this.stream(method, [], undefined);
  }
}

/** As long as nothing comes from outside, this is enough for all that waits. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const progress = (token: unknown, value: unknown) => ({ jsonrpc: "2.0", method: "$/progress", params: { token, value } });
const done = { done: true, value: undefined };
const iterate = (stream: RpcStream<number>): RpcStreamIterator<number> => stream[Symbol.asyncIterator]();
const lost = (closeCode: number) => ({ name: "RpcConnectionError", closeCode });

const cases: Record<string, () => Promise<void> | void> = {
  "address, subprotocols"() {
    new Probe();
    equal(Connection.last.url, "ws://server/base/rpc?token=x");
    deepEqual(Connection.last.protocols, ["p.v1"]);
    new Probe({ protocols: ["a", "b"] }, "https://server/");
    equal(Connection.last.url, "wss://server/rpc");
    deepEqual(Connection.last.protocols, ["a", "b"]);
    throws(() => new Probe({}, "/"), TypeError);
  },

  async "address, subprotocols and token: functions are asked before each attempt, at once or later"() {
    let attempts = 0;
    const client = new Probe(
      { protocols: () => [`p${attempts}`], accessToken: () => Promise.resolve(attempts === 2 ? "" : `a b${attempts}`), accessTokenName: "t" },
      () => `ws://server${++attempts}?x=1`,
    );
    equal(client.state, "connecting");
    await settle();
    deepEqual([Connection.last.url, Connection.last.protocols], ["ws://server1/rpc?x=1&t=a+b1", ["p1"]]);
    Connection.last.open().lose();
    elapse();
    await settle();
    deepEqual([Connection.last.url, Connection.last.protocols], ["ws://server2/rpc?x=1", ["p2"]]);
    deepEqual(client.states, ["open", "waiting 1006", "connecting"]);
    client.close();
    new Probe({ accessToken: "secret" }, new URL("wss://server/")).close();
    equal(Connection.last.url, "wss://server/rpc?access_token=secret");

    const before = Connection.last;
    const closed = new Probe({}, () => Promise.resolve("ws://late"));
    closed.close();
    await settle();
    equal(Connection.last, before);
    deepEqual(closed.states, ["closed 1000"]);
    equal(timers.size, 0);
  },

  async "functions that fail: the attempt has failed, and the next one asks again"() {
    const failures = [() => { throw new RangeError("at once"); }, () => Promise.reject(new RangeError("later")), () => "ws://server"];
    const client = new Probe({}, () => (failures.shift() as () => string)());
    await settle();
    equal(client.state, "waiting");
    elapse();
    await settle();
    elapse();
    await settle();
    Connection.last.open();
    deepEqual(client.states, ["waiting 1006", "connecting", "waiting 1006", "connecting", "open"]);
    deepEqual(client.errors, [new RangeError("at once"), new RangeError("later")]);
    deepEqual(client.reasons.map(({ kind, error }) => [kind, error]).at(-1), ["threw", new RangeError("later")]);
    client.close();
  },

  "the heartbeat: asks where nothing comes, and gives up where still nothing does"() {
    const client = new Probe({ heartbeat: { intervalMs: 20, timeoutMs: 5 } });
    const first = Connection.last.open();
    first.say([]);
    equal(elapse(), 20);
    deepEqual(first.sent, []);
    equal(elapse(), 20);
    deepEqual([first.last.method, typeof first.last.id], ["$/ping", "number"]);
    first.say({ jsonrpc: "2.0", id: first.last.id, result: null });
    equal(elapse(), 5);
    equal(elapse(), 20);
    // A server that does not know the method is there, too.
    first.say({ jsonrpc: "2.0", id: first.last.id, error: { code: -32601, message: "Method not found" } });
    equal(elapse(), 5);
    equal(elapse(), 20);
    equal(elapse(), 5);
    equal(client.state, "waiting");
    equal(first.readyState, 2);
    deepEqual(client.reasons.map(({ kind, delayMs }) => [kind, delayMs]), [["heartbeat", 500]]);
    first.lose();
    elapse();
    Connection.last.open();
    deepEqual(client.states, ["open", "waiting 1006", "connecting", "open"]);
    deepEqual(client.errors, []);
    client.close();
    equal(timers.size, 0);

    const usual = new Probe({ heartbeat: {} });
    Connection.last.open();
    deepEqual([elapse(), elapse()], [30_000, 10_000]);
    usual.close();
    equal(timers.size, 0);
  },

  "the reason of each state"() {
    const client = new Probe();
    Connection.last.lose();
    elapse();
    Connection.last.open().lose(1001, "restart");
    elapse();
    client.close();
    deepEqual(
      client.reasons.map(({ kind, closeCode, closeReason, delayMs }) => [kind, closeCode, closeReason, delayMs]),
      [["unreachable", 1006, "", 500], ["lost", 1001, "restart", 1000], ["closed", 1000, "", undefined]],
    );
    ok(client.reasons.every(({ error }) => error instanceof RpcConnectionError));
    const done = new Probe();
    Connection.last.open().lose(1000, "bye");
    deepEqual(done.reasons.map(({ kind, closeReason, delayMs }) => [kind, closeReason, delayMs]), [["lost", "bye", undefined]]);
  },

  "no WebSocket"() {
    const platform = globalThis as { WebSocket?: unknown };
    const { WebSocket } = platform;
    platform.WebSocket = undefined;
    throws(() => new Probe({ WebSocket: undefined }), { name: "TypeError", message: /options\.WebSocket/ });
    platform.WebSocket = Connection;
    equal(new Probe({ WebSocket: undefined }).state, "connecting");
    platform.WebSocket = WebSocket;
  },

  "waits between attempts: twice as long each time, up to the longest"() {
    const client = new Probe();
    const delays: number[] = [];
    for (let i = 0; i < 9; i++) {
      Connection.last.lose();
      equal(client.state, "waiting");
      delays.push(elapse());
      equal(client.state, "connecting");
    }
    deepEqual(delays, [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
    client.close();
  },

  "waits: half of it by chance, and as the options say"() {
    chance = 0;
    const client = new Probe({ reconnect: { initialDelayMs: 10, maxDelayMs: 35 } });
    const delays = [1, 2, 3, 4].map(() => (Connection.last.lose(), elapse()));
    deepEqual(delays, [5, 10, 17.5, 17.5]);
    chance = 1;
    const eager = new Probe({ reconnect: { initialDelayMs: 0 } });
    for (let i = 0; i < 2000; i++) {
      Connection.last.lose();
      equal(elapse(), 0);
    }
    client.close();
    eager.close();
  },

  "waits: anew after a connection that held, not after one that did not"() {
    const client = new Probe();
    const waits = (heldMs: number): number => {
      Connection.last.open();
      now += heldMs;
      Connection.last.lose();
      return elapse();
    };
    deepEqual([waits(0), waits(29_999), waits(0), waits(30_000), waits(10)], [500, 1000, 2000, 500, 1000]);
    client.close();
  },

  "an error without a close, as of a socket of node that could not connect"() {
    const client = new Probe();
    const first = Connection.last;
    first.happen("error");
    equal(client.state, "waiting");
    first.happen("close", { code: 1006 });
    equal(elapse(), 500);
    Connection.last.open().happen("error");
    equal(client.state, "open");
    deepEqual(client.states, ["waiting 1006", "connecting", "open"]);
    client.close();
  },

  async "calls in flight fail when the connection is lost; those that had not gone out go out then, once"() {
    const client = new Probe();
    const early = client.call("early");
    client.tell("told");
    const first = Connection.last;
    first.open();
    deepEqual(first.methods, ["early", "told"]);
    const flying = client.call("flying");
    first.lose(1001, "restart");
    await rejects(early, { ...lost(1001), message: "The connection was lost (1001 restart)." });
    await rejects(flying, lost(1001));
    const late = client.call("late");
    const givenUp = new AbortController();
    const never = client.call("never", givenUp.signal);
    givenUp.abort();
    await rejects(never, { name: "AbortError" });
    elapse();
    const second = Connection.last.open();
    deepEqual(second.methods, ["late"]);
    second.say({ jsonrpc: "2.0", id: second.last.id, result: 5 });
    equal(await late, 5);
    // What a connection says that is none of the client's any more.
    first.say("{");
    first.lose();
    equal(client.state, "open");
    deepEqual(client.states, ["open", "waiting 1001", "connecting", "open"]);
    deepEqual(client.errors, []);
    client.close();
  },

  async "what is aborted before it is called goes nowhere"() {
    const client = new Probe();
    const connection = Connection.last.open();
    await rejects(client.call("a", AbortSignal.abort()), { name: "AbortError" });
    deepEqual(connection.sent, []);
    client.close();
  },

  async "what is called while the connection closes goes out in the next"() {
    const client = new Probe();
    const first = Connection.last.open();
    first.readyState = 2;
    const result = client.call("a");
    client.tell("b");
    first.lose(1001);
    elapse();
    const second = Connection.last.open();
    deepEqual([first.methods, second.methods], [[], ["a", "b"]]);
    second.say({ id: 1, result: "x" });
    equal(await result, "x");
    client.close();
  },

  async "close codes after which it does not connect again"() {
    const states = await Promise.all([1000, 1001, 1002, 1003, 1005, 1006, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 4001].map(async (code) => {
      const client = new Probe();
      const result = client.call("a");
      Connection.last.open().lose(code);
      await rejects(result, lost(code));
      const { state } = client;
      client.close();
      return `${code} ${state}`;
    }));
    deepEqual(states.filter((state) => state.endsWith("closed")), ["1000 closed", "1002 closed", "1003 closed", "1007 closed", "1010 closed"]);
    equal(timers.size, 0);
  },

  async "whether to connect again is the user's to say"() {
    const asked: RpcConnectionError[] = [];
    const picky = new Probe({ reconnect: { shouldReconnect: (error) => asked.push(error) > 0 && error.closeCode < 4000 } });
    Connection.last.open().lose(1000);
    elapse();
    Connection.last.open().lose(4001, "banned");
    deepEqual(picky.states, ["open", "waiting 1000", "connecting", "open", "closed 4001"]);
    deepEqual(asked.map(({ closeCode }) => closeCode), [1000, 4001]);
    await rejects(picky.call("a"), lost(4001));
    throws(() => picky.tell("a"), lost(4001));

    const never = new Probe({ reconnect: false });
    Connection.last.lose();
    deepEqual(never.states, ["closed 1006"]);

    const failing = new Probe({ reconnect: { shouldReconnect: () => { throw new RangeError("x"); } } });
    Connection.last.lose(1006);
    equal(failing.state, "waiting");
    deepEqual(failing.errors, [new RangeError("x")]);
    failing.close();

    const closing: Probe = new Probe({ reconnect: { shouldReconnect: () => (closing.close(), true) } });
    Connection.last.lose(1006);
    deepEqual(closing.states, ["closed 1000"]);
    equal(timers.size, 0);
  },

  async "closed: calls fail, timers and connections are given up"() {
    const open = new Probe();
    const connection = Connection.last.open();
    const result = open.call("a");
    open.close();
    open.close();
    await rejects(result, { ...lost(1000), message: "The client was closed." });
    await rejects(open.call("a"), { ...lost(1000), message: "The client is closed." });
    throws(() => open.tell("a"), lost(1000));
    equal(connection.closedWith, 1000);
    deepEqual(open.states, ["open", "closed 1000"]);

    const waiting = new Probe();
    Connection.last.lose();
    const queued = waiting.call("a");
    waiting.close();
    await rejects(queued, lost(1000));
    const connecting = new Probe();
    connecting.close();
    equal(Connection.last.closedWith, 1000);
    Connection.last.open();
    equal(connecting.state, "closed");
    equal(timers.size, 0);
  },

  async "a stream whose connection is lost: what came, the error once, the end"() {
    const client = new Probe();
    const connection = Connection.last.open();
    const [ahead, waiting] = [iterate(client.items("a")), iterate(client.items("b"))];
    const taken = ahead.next();
    const missed = waiting.next();
    for (const value of [1, 2, 3]) connection.say(progress(1, value));
    equal((await taken).value, 1);
    connection.lose();
    await rejects(missed, lost(1006));
    deepEqual(await waiting.next(), done);
    deepEqual([(await ahead.next()).value, (await ahead.next()).value], [2, 3]);
    await rejects(ahead.next(), lost(1006));
    deepEqual(await ahead.next(), done);
    elapse();
    deepEqual(Connection.last.open().sent, []);
    client.close();
  },

  async "a stream that is left before there is a connection"() {
    const client = new Probe();
    const items = iterate(client.items("a"));
    const waiting = items.next();
    deepEqual(await items.return(), done);
    deepEqual(await waiting, done);
    deepEqual(Connection.last.open().sent, []);
    client.close();
  },

  async "a stream that is left says so before anything else comes"() {
    const client = new Probe();
    const connection = Connection.last.open();
    const items = iterate(client.items("a"));
    const waiting = items.next();
    void items.return();
    deepEqual(connection.last, { jsonrpc: "2.0", method: "$/cancelRequest", params: { id: 1 } });
    connection.say(progress(1, "late"));
    connection.say({ id: 1, error: { code: -32800, message: "Request cancelled" } });
    deepEqual(await waiting, done);
    equal(connection.sent.length, 2);

    const full = iterate(client.items("b"));
    const first = full.next();
    for (const value of [1, 2, 3]) connection.say(progress(2, value));
    equal((await first).value, 1);
    await full.return();
    deepEqual(await full.next(), done);
    deepEqual(client.errors, []);
    client.close();
  },

  async "a message that is not JSON-RPC is reported, and harms nothing"() {
    const client = new Probe();
    const connection = Connection.last.open();
    const result = client.call("a");
    connection.happen("message", { data: new ArrayBuffer(2) });
    const strange = ["{", "null", "5", "\"x\"", "{}", "[1, []]", "{\"id\": 1}", "{\"id\": 1, \"method\": 5}"];
    for (const text of strange) connection.say(text);
    equal(client.errors.length, strange.length + 1);
    ok(client.errors[0] instanceof SyntaxError);
    ok(client.errors.slice(1).every((error) => error instanceof TypeError && error.message.startsWith("This is not a JSON-RPC message: ")));
    client.errors.length = 0;
    // Strange as well, and nobody's.
    connection.say([{ id: 99, result: 1 }, { id: "1", result: 2 }, { method: "$/progress" }, { method: "$/cancelRequest" }, progress(null, 1)]);
    deepEqual(client.errors, []);
    connection.say({ jsonrpc: "2.0", id: null, error: { code: -32700, message: "Parse error" } });
    deepEqual(client.errors, [new RpcError(-32700, "Parse error")]);
    connection.say([null, { jsonrpc: "2.0", id: 1, result: "a", error: null }]);
    equal(await result, "a");
    client.close();
  },

  async "what cannot be JSON fails where it is said"() {
    const client = new Probe();
    const connection = Connection.last.open();
    class Big extends Probe {
      big(): Promise<unknown> {
        return this.request("a", [1n], undefined);
      }
    }
    const big = new Big();
    await rejects(big.big(), TypeError);
    deepEqual(Connection.last.open().sent, []);
    connection.say({ id: 5, method: "strange" });
    await settle();
    deepEqual(connection.last, { jsonrpc: "2.0", id: 5, error: { code: -32603, message: "Internal error" } });
    client.close();
    big.close();
  },

  async "what the server calls is answered"() {
    const client = new Probe();
    const connection = Connection.last.open();
    const ask = async (method: string, params?: unknown): Promise<unknown> => {
      connection.say({ jsonrpc: "2.0", id: "s1", method, params });
      await settle();
      const { id, result, error } = connection.last;
      equal(id, "s1");
      return error ?? result;
    };
    equal(await ask("add", [1, 2]), 3);
    equal(await ask("add", { b: 2, a: 3 }), 5);
    deepEqual(await ask("refuse"), { code: 7, message: "no", data: { why: "so" } });
    deepEqual(await ask("multiply"), { code: -32601, message: "Method not found", data: "multiply" });
    deepEqual(client.errors, []);
    deepEqual(await ask("fail", null), { code: -32603, message: "Internal error" });
    deepEqual(client.errors, [new RangeError("secret")]);

    // A notification is answered with nothing, whatever becomes of it.
    const before = connection.sent.length;
    for (const method of ["add", "refuse", "fail", "multiply"]) connection.say({ method, params: [1, 2] });
    await settle();
    equal(connection.sent.length, before);
    deepEqual(client.errors.slice(1).map(String).sort(), ["RangeError: secret", "RpcError: Method not found", "RpcError: no"]);
    client.close();
  },

  async "what the server cancels, or a lost connection ends"() {
    const client = new Probe();
    const connection = Connection.last.open();
    connection.say({ id: "s1", method: "wait" });
    connection.say({ method: "$/cancelRequest", params: { id: "s1" } });
    await settle();
    deepEqual(connection.last, { jsonrpc: "2.0", id: "s1", error: { code: -32800, message: "Request cancelled" } });

    connection.say({ id: "s2", method: "wait" });
    connection.say({ method: "wait" });
    connection.say({ method: "wait" });
    connection.say({ id: "s3", method: "slow" });
    const before = connection.sent.length;
    // A call made where it is heard of waits for the next connection.
    client.signals[1]?.addEventListener("abort", () => client.tell("gone"));
    connection.lose();
    await settle();
    ok(client.signals.every((signal) => signal.aborted));
    equal(connection.sent.length, before);
    elapse();
    const next = Connection.last.open();
    deepEqual(next.methods, ["gone"]);
    // Who asked for this has gone.
    client.end(1);
    await settle();
    equal(next.sent.length, 1);

    next.say({ id: "s4", method: "wait" });
    let refused: Promise<unknown> | undefined;
    client.signals.at(-1)?.addEventListener("abort", () => (refused = rejects(client.call("late"), lost(1000))));
    client.close();
    await refused;
    ok(refused !== undefined);
    deepEqual(client.errors, []);
  },

  "listeners: what they throw is reported, what they do is done"() {
    const client = new Probe();
    const stop = client.onStateChange(() => { throw new RangeError("x"); });
    Connection.last.open();
    deepEqual(client.errors, [new RangeError("x")]);
    stop();
    client.onStateChange((state) => { if (state === "waiting") client.close(); });
    Connection.last.lose();
    deepEqual(client.states, ["open", "waiting 1006", "closed 1000"]);
    deepEqual(client.errors, [new RangeError("x")]);
    equal(timers.size, 0);
  },

  "an onError that throws"() {
    const { error: report } = console;
    const reported: unknown[] = [];
    console.error = (...all: unknown[]) => reported.push(...all);
    const client = new Probe({ onError: () => { throw new RangeError("mine"); } });
    Connection.last.open().say("{}");
    deepEqual(reported.map(String), ["TypeError: This is not a JSON-RPC message: {}", "RangeError: mine"]);
    const silent = new Probe({ onError: undefined });
    Connection.last.open().say("[[]]");
    equal(reported.length, 3);
    console.error = report;
    client.close();
    silent.close();
  },

  "a constructor that throws later on"() {
    const client = new Probe();
    Connection.last.lose();
    Connection.refusal = new RangeError("x");
    equal(elapse(), 500);
    equal(client.state, "waiting");
    deepEqual(client.errors, [new RangeError("x")]);
    Connection.refusal = undefined;
    equal(elapse(), 1000);
    Connection.last.open();
    equal(client.state, "open");
    client.close();
  },
};

for (const [name, run] of Object.entries(cases)) {
  await Promise.resolve(run()).catch((error: unknown) => {
    throw new Error(name, { cause: error });
  });
}
await settle();
console.log(JSON.stringify({ cases: Object.keys(cases).length, unhandled }));
