// The client of `--describe typescript` in a page.
import { CalculatorClient, RpcConnectionError } from "./client.js";

const list = (id: string, text: string): void => {
  const item = document.createElement("li");
  item.textContent = text;
  document.querySelector(`#${id}`)?.append(item);
};

const client = new CalculatorClient("/", {
  reconnect: { initialDelayMs: 50, maxDelayMs: 200 },
  handlers: {
    said: (who, text) => list("heard", `${who}: ${text}`),
    askName: () => "Ann",
  },
});
const show = (): void => {
  document.body.dataset["state"] = client.state;
  const state = document.querySelector("#state");
  if (state !== null) state.textContent = client.state;
};
client.onStateChange(show);
show();

list("calls", `sum: ${await client.sum([1, 2, 3])}`);
list("calls", `greet: ${await client.greet()}`);
await client.divide(1, 0).catch((error: unknown) => list("calls", String(error)));
await client.shout({ who: "Ann", text: "<b>café</b> 😀" });
for await (const tick of client.clockTicks(3, 1)) list("ticks", `tick ${tick.number}`);
for await (const tick of client.clockTicks(1_000_000, 1)) {
  if (tick.number < 2) continue;
  list("ticks", `left at ${tick.number}`);
  break;
}
const abort = AbortSignal.timeout(50);
await client.later("never", 1_000_000, { signal: abort }).catch((error: unknown) => list("calls", (error as Error).name));
document.body.dataset["done"] = "calls";

try {
  for await (const tick of client.clockTicks(1_000_000, 1)) void tick;
} catch (error) {
  if (error instanceof RpcConnectionError) list("calls", `${error.name} ${error.closeCode}`);
}
list("calls", `sum, when the server was back: ${await client.sum([20, 22])}`);
document.body.dataset["done"] = "all";
