// hostile.js: what a client of `--describe typescript` makes of messages that connection.js does not try, and of handlers whose results
// or error data are no JSON.
import { CalculatorClient, RpcError } from "./client.js";
import { Connection } from "./scripted.js";

/** Lets go on whatever waits for something that has happened. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const cyclic: { self?: unknown } = {};
cyclic.self = cyclic;
let name = (): string => "Ann";
const reported: unknown[] = [];
const client = new CalculatorClient("ws://localhost", {
  WebSocket: Connection,
  handlers: { askName: () => name(), said: () => undefined },
  onError: (error) => void reported.push(error),
});
const connection = Connection.last.open();
const reports = (): string[] => reported.splice(0).map((error) => `${(error as Error).name}: ${(error as Error).message.split("\n")[0]}`);

/** What was sent since the last time. */
async function answers(): Promise<unknown[]> {
  await settle();
  return connection.sent.splice(0).map((text) => JSON.parse(text) as unknown);
}

const sum = client.sum([1, 2, 3]);
const calls = await answers();
for (const none of ["[null]", '{"method":"$/cancelRequest","params":null}', '{"result":1}', '{"id":1,"error":null}']) connection.say(none);
const noMessages = reports();
connection.say('[null,{"jsonrpc":"2.0","result":6,"error":null,"id":1},7]');
const afterThem = { sum: await sum, reports: reports(), calls };

const ask = (id: string): void => connection.say({ jsonrpc: "2.0", method: "AskName", params: [], id });
name = () => cyclic as unknown as string;
ask("cyclic");
const noResult = { answers: await answers(), reports: reports() };
name = () => {
  throw new RpcError(5, "no", cyclic);
};
ask("data");
const noData = { answers: await answers(), reports: reports() };
name = () => "Ann";
ask("good");
const good = { answers: await answers(), reports: reports() };

client.close();
console.log(JSON.stringify({ noMessages, afterThem, noResult, noData, good }));
