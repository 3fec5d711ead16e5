// node.js, without a server: what the client of `--describe typescript` makes of messages that are none, and of handlers whose results are no JSON.
import { CalculatorClient, RpcError, type RpcWebSocket } from "./client.js";

type Listener = (event: { readonly data: string }) => void;

const sent: string[] = [];
const listeners = new Map<string, Listener>();

/** A connection whose other end is this script. */
class ScriptedWebSocket implements RpcWebSocket {
  send(data: string): void {
    sent.push(data);
  }

  close(): void {}

  addEventListener(type: string, listener: unknown): void {
    listeners.set(type, listener as Listener);
  }
}

const receive = (data: string): void => listeners.get("message")?.({ data });

/** Lets go on whatever waits for something that has happened. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** What was sent since the last time. */
async function answers(): Promise<unknown[]> {
  await settle();
  return sent.splice(0).map((text) => JSON.parse(text) as unknown);
}

const cyclic: { self?: unknown } = {};
cyclic.self = cyclic;
let name = (): string => "Ann";
let heard = (): void => {};
const reported: string[] = [];
const client = new CalculatorClient("ws://localhost", {
  WebSocket: ScriptedWebSocket,
  handlers: { askName: () => name(), said: () => heard() },
  onError: (error) => void reported.push((error as Error).name),
});
const reports = (): string[] => reported.splice(0);

listeners.get("open")?.({ data: "" });
const sum = client.sum([1, 2, 3]);
for (const none of ["{", "null", "5", "[null]", '{"method":"$/progress"}', '{"method":"$/cancelRequest","params":null}', '{"result":1}', '{"id":99,"error":null}'])
  receive(none);
const noMessages = reports();
receive('[null,{"jsonrpc":"2.0","result":6,"error":null,"id":1},7]');
const afterThem = { sum: await sum, reports: reports(), calls: await answers() };

const ask = (id: string): void => receive(`{"jsonrpc":"2.0","method":"AskName","params":[],"id":"${id}"}`);
name = () => cyclic as unknown as string;
ask("cyclic");
const noResult = { answers: await answers(), reports: reports() };
name = () => {
  throw new RpcError(5, "no", cyclic);
};
ask("data");
const noData = { answers: await answers(), reports: reports() };
name = () => {
  throw new Error("a secret");
};
ask("error");
const secret = { answers: await answers(), reports: reports() };
heard = () => {
  throw new RpcError(5, "not for the server");
};
receive('{"jsonrpc":"2.0","method":"Said","params":["Ann","x"]}');
const notification = { answers: await answers(), reports: reports() };
name = () => "Ann";
ask("good");
const good = await answers();

client.close();
console.log(JSON.stringify({ noMessages, afterThem, noResult, noData, secret, notification, good }));
