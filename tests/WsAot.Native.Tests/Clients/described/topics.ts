// topics.js PAGE: what the topics of clients of `--describe typescript` run on, on a connection that does what it is told, with a clock that is
// turned by hand. PAGE is docs/reference/topics.md, whose table of errors they follow. What is expected stands here; the verdict lists how much was tried, and what was rejected without anybody knowing.
import { deepEqual, equal, ok, rejects, throws } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { Connection } from "./scripted.js";
import { ApiClient, RpcConnectionError, RpcError, type RpcMember, type RpcSubscribeOptions, type RpcSubscription } from "./topic-client.js";

const unhandled: unknown[] = [];
process.on("unhandledRejection", (error) => unhandled.push(String(error)));

/** What has been scheduled and neither happened nor was given up. */
const timers = new Map<number, { readonly action: () => void; readonly delay: number }>();
let lastTimer = 0;
Object.assign(globalThis, {
  setTimeout: (action: () => void, delay: number) => (timers.set(++lastTimer, { action, delay }), lastTimer),
  clearTimeout: (timer: number) => timers.delete(timer),
});
Math.random = () => 1;

/** Lets all timers run out. Returns how long they waited. */
function elapse(): number[] {
  const due = [...timers.values()];
  timers.clear();
  for (const { action } of due) action();
  return due.map(({ delay }) => delay);
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

interface Call {
  readonly id: number;
  readonly method: string;
  readonly params: { readonly topic: string; readonly since?: unknown; readonly presence?: unknown };
}

/** What was called on the last connection. */
const calls = (method = "$/subscribe"): Call[] =>
  Connection.last.sent.map((text) => JSON.parse(text) as Call).filter((call) => call.method === method);
const lastCall = (): Call => calls().at(-1) as Call;
const answer = (result: object, call = lastCall()): void =>
  Connection.last.say({ jsonrpc: "2.0", id: call.id, result: { epoch: 7, offset: 0, recovered: true, ...result } });
/** The list that comes behind the answer. */
const list = (version: number, present: RpcMember[], topic = "chat/lobby"): void =>
  Connection.last.say({ jsonrpc: "2.0", method: "$/presence", params: { topic, version, present } });
const refuse = (code: number, data?: object, call = lastCall()): void =>
  Connection.last.say({ jsonrpc: "2.0", id: call.id, error: { code, message: "No", data } });
const say = (offset: number, before: number, text: string, topic = "chat/lobby"): void =>
  Connection.last.say({ jsonrpc: "2.0", method: "Said", params: ["ann", text], topic, offset, before });
const presence = (version: number, joined: RpcMember[], left: string[], topic = "chat/lobby"): void =>
  Connection.last.say({ jsonrpc: "2.0", method: "$/presence", params: { topic, version, joined, left } });

class Probe {
  readonly errors: unknown[] = [];
  readonly heard: string[] = [];
  readonly client = new ApiClient("ws://server", { WebSocket: Connection, heartbeat: false, onError: (error) => this.errors.push(error) });
  onSaid: (text: string) => void = () => undefined;

  constructor(isOpen = true) {
    if (isOpen) Connection.last.open();
  }

  subscribe(options?: RpcSubscribeOptions, room = "lobby"): RpcSubscription {
    return this.client.chatRoom(room).subscribe({
      said: (who, text) => {
        this.heard.push(`${who}: ${text}`);
        this.onSaid(text);
      },
      onSubscribed: ({ position, recovered }) => this.heard.push(`at ${position.epoch}/${position.offset}${recovered ? "" : ", not all"}`),
      onGap: () => this.heard.push("gap"),
      onJoined: (members) => this.heard.push(`+${members.map(({ user }) => user ?? "?").join()}`),
      onLeft: (members) => this.heard.push(`-${members.map(({ user }) => user ?? "?").join()}`),
    }, options);
  }

  /** A subscription that has been answered. */
  live(options?: RpcSubscribeOptions, result: object = { offset: 40 }): RpcSubscription {
    const subscription = this.subscribe(options);
    answer(result);
    this.heard.length = 0;
    return subscription;
  }
}

const ann = { id: "1-1", user: "ann" };
const ben = { id: "1-2", user: "ben" };
const nobody = { id: "1-3" };

const cases: Record<string, () => void | Promise<void>> = {
  async "a subscription, its messages and its end"() {
    const { client, heard, ...probe } = new Probe(false);
    const subscription = client.chatRoom("lobby").subscribe({ said: (who, text) => heard.push(`${who}: ${text}`) }, { since: "now" });
    equal(subscription.topic, "chat/lobby");
    equal(subscription.position, undefined);
    deepEqual(Connection.last.sent, []);
    Connection.last.open();
    deepEqual(lastCall().params, { topic: "chat/lobby", since: "now" });
    answer({ offset: 41 });
    say(42, 41, "hello");
    deepEqual(await subscription.ready, { position: { epoch: 7, offset: 41 }, recovered: true, member: undefined });
    equal(subscription.member, undefined);
    deepEqual(heard, ["ann: hello"]);
    deepEqual(subscription.position, { epoch: 7, offset: 42 });
    throws(() => client.chatRoom("lobby").subscribe({}), /already/);
    subscription.unsubscribe();
    deepEqual(calls("$/unsubscribe").map(({ params }) => params), [{ topic: "chat/lobby" }]);
    say(43, 42, "too late");
    deepEqual(heard, ["ann: hello"]);
    client.chatRoom("lobby").subscribe({});
    equal(calls().length, 2);
    client.close();
    deepEqual(probe.errors, []);
  },

  "values that cannot stand in a name"() {
    const { client } = new Probe();
    throws(() => client.chatRoom(""), TypeError);
    throws(() => client.chatRoom("a/b"), TypeError);
    throws(() => client.price(1.5, "0A"), TypeError);
    equal(client.price(-7, "0A").name, "prices/-7/of/0a");
    equal(client.news().name, "news");
    client.close();
  },

  "a handler that throws has had its message, and one that rejects is reported, too"() {
    const probe = new Probe();
    const subscription = probe.live();
    probe.onSaid = () => { throw new RangeError("x"); };
    say(42, 40, "a");
    probe.onSaid = () => undefined;
    say(43, 42, "b");
    deepEqual(probe.heard, ["ann: a", "ann: b"]);
    deepEqual(probe.errors, [new RangeError("x")]);
    deepEqual(subscription.position, { epoch: 7, offset: 43 });
    probe.client.close();
  },

  "what is not above the last message is ignored"() {
    const probe = new Probe();
    probe.live();
    say(42, 40, "a");
    say(42, 40, "a");
    say(41, 40, "old");
    deepEqual(probe.heard, ["ann: a"]);
    equal(calls().length, 1);
    probe.client.close();
  },

  "a gap is fetched, and what comes meanwhile comes again"() {
    const probe = new Probe();
    const subscription = probe.live();
    say(41, 40, "a");
    say(44, 43, "d");
    say(45, 44, "e");
    deepEqual(calls().map(({ params }) => params.since), [undefined, { epoch: 7, offset: 41 }]);
    answer({ offset: 41 });
    for (const [offset, text] of [[42, "b"], [43, "c"], [44, "d"], [45, "e"]] as const) say(offset, offset - 1, text);
    deepEqual(probe.heard, ["ann: a", "at 7/41", "ann: b", "ann: c", "ann: d", "ann: e"]);
    deepEqual(subscription.position, { epoch: 7, offset: 45 });
    equal(calls().length, 2);
    probe.client.close();
  },

  "a gap that nothing can fill is told"() {
    const probe = new Probe();
    probe.live();
    say(50, 0, "x");
    answer({ epoch: 8, offset: 49, recovered: false });
    say(50, 49, "x");
    deepEqual(probe.heard, ["at 8/49, not all", "gap", "ann: x"]);
    probe.client.close();
  },

  "a message that does not follow the answer either is a gap, and no reason to ask for ever"() {
    const probe = new Probe();
    probe.live();
    say(50, 49, "x");
    answer({ offset: 40 });
    say(50, 49, "x");
    deepEqual(probe.heard, ["at 7/40", "gap", "ann: x"]);
    equal(calls().length, 2);
    probe.client.close();
  },

  "subscriptions come back with the connection, from where they were"() {
    const probe = new Probe();
    const subscription = probe.live();
    say(41, 40, "a");
    const other = probe.subscribe({ since: { epoch: 7, offset: 3 } }, "other");
    // This one has no answer yet.
    Connection.last.lose();
    deepEqual(elapse(), [500]);
    Connection.last.open();
    deepEqual(calls().map(({ params }) => params), [
      { topic: "chat/lobby", since: { epoch: 7, offset: 41 } },
      { topic: "chat/other", since: { epoch: 7, offset: 3 } },
    ]);
    const [first, second] = calls() as [Call, Call];
    answer({ offset: 41 }, first);
    answer({ offset: 3 }, second);
    say(42, 41, "b");
    say(5, 3, "c", "chat/other");
    deepEqual(probe.heard, ["ann: a", "at 7/41", "at 7/3", "ann: b", "ann: c"]);
    deepEqual([subscription.position, other.position], [{ epoch: 7, offset: 42 }, { epoch: 7, offset: 5 }]);
    probe.client.close();
  },

  "of a topic that keeps nothing, a lost connection is a gap, and a missed change of presence is not"() {
    const probe = new Probe();
    probe.live({ presence: true }, { epoch: 0, offset: 0 });
    list(1, [ann]);
    probe.heard.length = 0;
    const tell = (text: string): void => Connection.last.say({ jsonrpc: "2.0", method: "Said", params: ["ann", text], topic: "chat/lobby" });
    tell("a");
    presence(3, [], []);
    tell("b");
    answer({ epoch: 0, offset: 0 });
    list(3, [ann]);
    deepEqual(probe.heard, ["ann: a", "ann: b", "at 0/0"]);
    Connection.last.lose();
    elapse();
    Connection.last.open();
    deepEqual(lastCall().params, { topic: "chat/lobby", presence: true });
    answer({ epoch: 0, offset: 0 });
    list(4, [ann]);
    deepEqual(probe.heard.slice(3), ["at 0/0, not all", "gap"]);
    probe.client.close();
  },

  "which of them the client is, and that it is another one when it comes back"() {
    const probe = new Probe();
    const told: unknown[] = [];
    const subscription = probe.client.chatRoom("lobby").subscribe({
      onSubscribed: ({ member }) => told.push(member),
      onJoined: (members) => told.push(members.map(({ id }) => id === subscription.member)),
    }, { presence: true });
    answer({ member: "1-2" });
    list(1, [ann]);
    presence(2, [ben], []);
    equal(subscription.present.get(subscription.member ?? ""), subscription.present.get("1-2"));
    Connection.last.lose();
    elapse();
    Connection.last.open();
    answer({ member: "2-1" });
    list(1, [ann, { id: "2-1" }]);
    deepEqual(told, ["1-2", [false], [true], "2-1", [true]]);
    probe.client.close();
  },

  "who is there"() {
    const probe = new Probe();
    const subscription = probe.live({ presence: true }, { offset: 1 });
    // What comes before the list is in it.
    presence(8, [ben], []);
    deepEqual([...subscription.present.keys()], []);
    list(8, [ann]);
    probe.heard.length = 0;
    equal(subscription.present.get("1-1"), subscription.present.get(ann.id));
    presence(9, [ben, nobody], []);
    // Old, and known already.
    presence(9, [], ["1-1"]);
    presence(10, [ben], ["1-7"]);
    // Who leaves and joins at once is somebody else.
    presence(11, [{ id: "1-2", user: "ben 2" }], ["1-2"]);
    deepEqual(probe.heard, ["+ben,?", "-ben", "+ben 2"]);
    deepEqual([...subscription.present.keys()], ["1-1", "1-3", "1-2"]);
    presence(13, [], ["1-3"]);
    deepEqual(lastCall().params, { topic: "chat/lobby", since: { epoch: 7, offset: 1 }, presence: true });
    answer({ offset: 1 });
    list(13, [{ id: "1-2", user: "ben 2" }, { id: "1-9", user: "eve" }]);
    deepEqual(probe.heard.slice(3), ["at 7/1", "-ann,?", "+eve"]);
    presence(14, [], ["1-2"]);
    deepEqual([...subscription.present.keys()], ["1-9"]);
    probe.client.close();
  },

  async "a refusal for good ends the subscription alone"() {
    const probe = new Probe();
    const refused = probe.subscribe();
    refuse(-32002);
    await rejects(refused.ready, (error) => error instanceof RpcError && error.code === -32002);
    equal(probe.errors.length, 1);
    const told: unknown[] = [];
    probe.client.chatRoom("x").subscribe({ onError: (error) => told.push((error as RpcError).code) });
    refuse(-32001);
    deepEqual(told, [-32001]);
    equal(probe.errors.length, 1);
    // It can be tried anew.
    probe.live();
    equal(calls().length, 3);
    deepEqual(elapse(), []);
    probe.client.close();
  },

  "too many at once are told to wait, all of them"() {
    const probe = new Probe();
    probe.subscribe(undefined, "a");
    refuse(-32004, { retryAfterMs: 250 });
    probe.subscribe(undefined, "b");
    equal(calls().length, 1);
    deepEqual(elapse(), [250, 0]);
    deepEqual(calls().map(({ params }) => params.topic), ["chat/a", "chat/b", "chat/a"]);
    probe.client.close();
  },

  "the errors of the table are what it says"() {
    const rows = [...readFileSync(process.argv[2] as string, "utf8").matchAll(/^\| (-32\d+) \|.*\| ([^|]+) \|$/gm)];
    equal(rows.length, 9);
    for (const [, code, what] of rows) {
      const probe = new Probe();
      probe.subscribe();
      const pauses = [0, 1, 2].flatMap(() => {
        refuse(Number(code), { retryAfterMs: 7 });
        return elapse();
      });
      const expected: Record<string, readonly number[]> = {
        "gives up": [],
        "ends another one first": [],
        "tries again after that time": [7, 0, 7, 0, 7, 0],
        "tries later": [500, 1000, 2000],
        "tries again, with growing pauses": [500, 1000, 2000],
        "subscribes again": [500, 1000, 2000],
      };
      deepEqual(pauses, expected[what as string], code);
      equal(probe.errors.length, pauses.length === 0 ? 1 : 0, code);
      equal(calls().length, pauses.length === 0 ? 1 : 4, code);
      probe.client.close();
    }
  },

  "a store that is away is asked again, with growing pauses"() {
    const probe = new Probe();
    probe.live();
    Connection.last.say({ jsonrpc: "2.0", method: "$/unsubscribed", params: { topic: "chat/lobby", code: -32007, message: "Topic lost" } });
    say(41, 40, "not mine any more");
    deepEqual(elapse(), [500]);
    refuse(-32006);
    deepEqual(elapse(), [1000]);
    refuse(-32005);
    deepEqual(elapse(), [2000]);
    deepEqual(lastCall().params.since, { epoch: 7, offset: 40 });
    answer({ epoch: 8, offset: 0, recovered: false });
    deepEqual(probe.heard, ["at 8/0, not all", "gap"]);
    deepEqual(probe.errors, []);
    probe.client.close();
  },

  "the server ends a subscription for good"() {
    const probe = new Probe();
    probe.live();
    Connection.last.say({ jsonrpc: "2.0", method: "$/unsubscribed", params: { topic: "chat/lobby", code: -32002, message: "Out" } });
    equal((probe.errors[0] as RpcError).message, "Out");
    deepEqual(elapse(), []);
    probe.client.close();
  },

  "a crowd of subscriptions comes in portions"() {
    const probe = new Probe();
    for (let room = 0; room < 20; room++) probe.subscribe(undefined, `r${room}`);
    equal(calls().length, 8);
    answer({}, calls()[0]);
    answer({}, calls()[1]);
    equal(calls().length, 10);
    for (let next = 2; next < 20; next++) answer({}, calls()[next]);
    equal(calls().length, 20);
    equal(new Set(calls().map(({ params }) => params.topic)).size, 20);
    probe.client.close();
  },

  "who leaves before the answer is taken off when it comes, and who comes again waits for that"() {
    const probe = new Probe();
    const first = probe.subscribe();
    first.unsubscribe();
    deepEqual(calls("$/unsubscribe"), []);
    probe.subscribe();
    equal(calls().length, 1);
    answer({});
    deepEqual(Connection.last.methods, ["$/subscribe", "$/unsubscribe", "$/subscribe"]);
    deepEqual(probe.heard, []);
    answer({ offset: 9 });
    deepEqual(probe.heard, ["at 7/9"]);
    probe.client.close();
  },

  "who leaves in a handler, and comes again there, is there once"() {
    const probe = new Probe();
    const first = probe.client.chatRoom("lobby").subscribe({
      onSubscribed: () => {
        first.unsubscribe();
        probe.subscribe();
      },
    });
    answer({});
    deepEqual(Connection.last.methods, ["$/subscribe", "$/unsubscribe", "$/subscribe"]);
    answer({ offset: 9 });
    say(10, 9, "a");
    deepEqual(probe.heard, ["at 7/9", "ann: a"]);
    probe.client.close();
  },

  "who leaves while a gap is asked for is taken off before who comes next"() {
    const probe = new Probe();
    const first = probe.live();
    say(44, 43, "x");
    first.unsubscribe();
    probe.subscribe();
    answer({});
    equal(Connection.last.methods.at(-1), "$/subscribe");
    equal(calls().length, 3);
    answer({ offset: 9 });
    say(10, 9, "a");
    deepEqual(probe.heard, ["at 7/9", "ann: a"]);
    equal(Connection.last.methods.at(-1), "$/subscribe");
    probe.client.close();
  },

  async "a client that is closed ends its subscriptions without a word to onError"() {
    const probe = new Probe(false);
    const before = probe.subscribe();
    probe.client.close();
    await rejects(before.ready, RpcConnectionError);
    await rejects(probe.subscribe().ready, RpcConnectionError);
    deepEqual(probe.errors, []);
    deepEqual(elapse(), []);
  },

  "messages of nobody's topic, and of no topic, and unknown ones"() {
    const probe = new Probe();
    probe.live();
    say(1, 0, "x", "chat/unknown");
    presence(1, [], [], "chat/unknown");
    Connection.last.say({ jsonrpc: "2.0", method: "New", params: [], topic: "chat/lobby", offset: 41, before: 40 });
    say(42, 41, "after it");
    deepEqual(probe.heard, ["ann: after it"]);
    deepEqual(probe.errors, []);
    Connection.last.say({ jsonrpc: "2.0", method: "Said", params: ["ann", "to me"] });
    ok(probe.errors.length <= 1);
    probe.client.close();
  },
};

for (const [name, run] of Object.entries(cases)) {
  await Promise.resolve().then(run).catch((error: unknown) => {
    throw new Error(name, { cause: error });
  });
  timers.clear();
}
await settle();
console.log(JSON.stringify({ cases: Object.keys(cases).length, unhandled }));
