// What the programs for node share: the package ws, which tells what goes over the wire, and what they expect of promises.
import WebSocket from "ws";
import { RpcConnectionError, RpcError } from "./client.js";

/** What went over the wire, both ways. */
export const sent: string[] = [];
export const received: string[] = [];

export class WatchedWebSocket extends WebSocket {
  constructor(address: string, protocols?: string[]) {
    super(address, protocols);
    this.on("message", (data: Buffer) => received.push(data.toString()));
  }

  override send(data: string): void {
    sent.push(data);
    super.send(data);
  }
}

export const errorOf = (promise: Promise<unknown>): Promise<unknown> => promise.then(
  (result) => ({ result }),
  (error: unknown) => error instanceof RpcError ? { name: error.name, code: error.code, message: error.message, data: error.data }
    : error instanceof RpcConnectionError ? { name: error.name, closeCode: error.closeCode }
    : { name: (error as Error).name });

export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1));
}

interface Answer {
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: unknown;
}

/** The server's answer to what was sent last with this text in it: its error, if it is one. */
export async function answerTo(text: string): Promise<unknown> {
  const { id } = JSON.parse(sent.findLast((message) => message.includes(text)) ?? "{}") as Answer;
  const find = () => received.map((message) => JSON.parse(message) as Answer).find((message) => message.id === id);
  await until(() => find() !== undefined);
  return find()?.error ?? find()?.result;
}
