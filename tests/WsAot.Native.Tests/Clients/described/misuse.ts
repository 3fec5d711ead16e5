// What the types must not let pass; a line without the error that is expected of it does not compile.
import { CalculatorClient, type IChatClient, type RpcClientOptions, type RpcError, type Tick } from "./client.js";

const handlers: IChatClient = { said: () => undefined, askName: () => "Ann" };
const client = new CalculatorClient("ws://localhost", { handlers });

// @ts-expect-error: what the server calls is missing.
void new CalculatorClient("ws://localhost");
// @ts-expect-error: so is a part of it.
void new CalculatorClient("ws://localhost", { handlers: { said: handlers.said } });
// @ts-expect-error: the server is to be told a name.
void new CalculatorClient("ws://localhost", { handlers: { ...handlers, askName: () => 1 } });
// @ts-expect-error: numbers, not strings.
void client.sum(["1"]);
// @ts-expect-error: no such method.
void client.multiply(1, 2);
// @ts-expect-error: a member is missing.
void client.say({ who: "Ann" });
// @ts-expect-error: another has a name that is wrong.
void client.say({ who: "Ann", txt: "hi" });
// @ts-expect-error: the result is a number.
export const text: Promise<string> = client.sum([1]);
// @ts-expect-error: null is no number.
void client.divide(null);
// @ts-expect-error: a stream is not awaited.
export const tick: Promise<unknown> = client.clockTicks(1);
// @ts-expect-error: what has a result is not notified.
client.notify.sum([1]);

// What is typed has no hole.
type IsAny<T> = 0 extends 1 & T ? true : false;
const items = client.clockTicks(1)[Symbol.asyncIterator]();
const item = await items.next();
export const holes: readonly [false, false, false, false, false] = [
  false satisfies IsAny<typeof item.value>,
  false satisfies IsAny<Awaited<ReturnType<typeof items.return>>["value"]>,
  false satisfies IsAny<Awaited<ReturnType<typeof client.sum>>>,
  false satisfies IsAny<RpcError["data"]>,
  false satisfies IsAny<Parameters<NonNullable<RpcClientOptions["onError"]>>[0]>,
];
if (item.done === true) item.value satisfies undefined;
else item.value satisfies Tick;
