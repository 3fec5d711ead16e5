// A connection that does what it is told, for clients of `--describe typescript` without a server.
import type { RpcWebSocket } from "./client.js";

type Listener = (event: { readonly data: unknown; readonly code: number; readonly reason: string }) => void;

/** Its other end is the script. */
export class Connection implements RpcWebSocket {
  static last: Connection;
  static refusal: Error | undefined;
  readonly sent: string[] = [];
  readonly listeners = new Map<string, Listener>();
  readonly url: string;
  readonly protocols: string[] | undefined;
  readyState = 0;
  closedWith: number | undefined;

  constructor(url: string, protocols?: string[]) {
    if (Connection.refusal !== undefined) throw Connection.refusal;
    this.url = url;
    this.protocols = protocols;
    Connection.last = this;
  }

  send(data: string): void {
    this.sent.push(data);
  }

  close(code?: number): void {
    this.closedWith = code;
    this.readyState = 2;
  }

  addEventListener(type: string, listener: unknown): void {
    this.listeners.set(type, listener as Listener);
  }

  happen(type: string, event: { readonly data?: unknown; readonly code?: number; readonly reason?: string } = {}): void {
    this.listeners.get(type)?.({ data: undefined, code: 1006, reason: "", ...event });
  }

  open(): this {
    this.readyState = 1;
    this.happen("open");
    return this;
  }

  say(message: unknown): void {
    this.happen("message", { data: typeof message === "string" ? message : JSON.stringify(message) });
  }

  lose(code = 1006, reason = ""): void {
    this.readyState = 3;
    this.happen("error");
    this.happen("close", { code, reason });
  }

  /** The methods that were called, in order. */
  get methods(): (string | undefined)[] {
    return this.sent.map((text) => (JSON.parse(text) as { readonly method?: string }).method);
  }

  /** The last message, taken apart. */
  get last(): { readonly id?: unknown; readonly method?: string; readonly params?: unknown; readonly result?: unknown; readonly error?: unknown } {
    return JSON.parse(this.sent.at(-1) ?? "{}") as Connection["last"];
  }
}
