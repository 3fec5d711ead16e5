/** What can be said about a client. */
export interface RpcClientOptions {
  /** Opens the connections. Needed where the platform has no `WebSocket`: in node before 22, give the one of the package `ws`. */
  readonly WebSocket?: RpcWebSocketConstructor | undefined;
  /** The subprotocols to offer. */
  readonly protocols?: readonly string[] | undefined;
  /** How long to wait before connecting again; it doubles with each failure. `false`: a client whose connection is lost is closed. */
  readonly reconnect?: RpcReconnectOptions | false | undefined;
  /** Hears of what nobody else does: exceptions of handlers and listeners, messages that are no JSON. `console.error` if nothing is said. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

export interface RpcReconnectOptions {
  /** The first wait; 500 if nothing is said. */
  readonly initialDelayMs?: number | undefined;
  /** The longest wait; 30,000 if nothing is said. */
  readonly maxDelayMs?: number | undefined;
}

/** What a call can be given beside its arguments. */
export interface RpcCallOptions {
  /** Cancels the call, here and on the server. `AbortSignal.timeout(5000)` limits its time. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * - `connecting`: a connection is being opened. Calls wait for it.
 * - `open`: calls go out at once.
 * - `waiting`: the connection was lost, or could not be opened; after a while the next one is opened. Calls wait for it.
 * - `closed`: for good, by `close()` (or because `reconnect` is false). Calls fail.
 */
export type RpcClientState = "connecting" | "open" | "waiting" | "closed";

/** The server answered a call with an error. Thrown by a handler, it is what the server is answered. */
export class RpcError extends Error {
  override readonly name = "RpcError";
  /** A number of JSON-RPC (-32601: no such method, -32602: wrong arguments, -32603: it failed, -32800: cancelled) or of the application. */
  readonly code: number;
  /** What the application says besides. */
  readonly data: unknown;

  constructor(code: number, message: string, data?: unknown) {
    super(message);
    this.code = code;
    this.data = data;
  }
}

/** The connection was lost before a call was answered, or the client was closed. Whether the server carried out the call is not known. */
export class RpcConnectionError extends Error {
  override readonly name = "RpcConnectionError";
  /** The close code (RFC 6455 section 7.4.1): 1006 without a closing handshake, 1001 from a server that stops. */
  readonly closeCode: number;

  constructor(message: string, closeCode: number) {
    super(message);
    this.closeCode = closeCode;
  }
}

/** What is used of a `WebSocket`. */
export interface RpcWebSocket {
  send(data: string): void;
  close(code?: number): void;
  addEventListener(type: "open" | "error", listener: () => void): void;
  addEventListener(type: "message", listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: "close", listener: (event: { readonly code: number; readonly reason: string }) => void): void;
}

export type RpcWebSocketConstructor = new (url: string, protocols?: string[]) => RpcWebSocket;

/** A method that the server calls. */
interface RpcServedMethod {
  readonly parameters: readonly string[];
  readonly call: (args: readonly unknown[], signal: AbortSignal) => unknown;
}

/** What a generated client says of its route. */
interface RpcRoute {
  readonly path: string;
  readonly protocols: readonly string[];
  readonly served: Readonly<Record<string, RpcServedMethod>>;
}

/** A call that has no answer yet. */
interface RpcPendingCall {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
  readonly onItem: ((item: unknown) => void) | undefined;
  /** Lets go of the signal that could have cancelled it. */
  readonly release: () => void;
}

interface RpcMessage {
  readonly id?: unknown;
  readonly method?: unknown;
  readonly params?: unknown;
  readonly result?: unknown;
  /** Some say null beside a result, as JSON-RPC 1.0 had it. */
  readonly error?: { readonly code: number; readonly message: string; readonly data?: unknown } | null;
}

/** A connection to one route, opened again whenever it is lost. */
export abstract class RpcClient {
  readonly #url: string;
  readonly #protocols: readonly string[];
  readonly #options: RpcClientOptions;
  readonly #webSocket: RpcWebSocketConstructor;
  readonly #served: ReadonlyMap<string, RpcServedMethod>;
  readonly #listeners = new Set<(state: RpcClientState, cause: RpcConnectionError | undefined) => void>();
  /** Calls without an answer, by their ids. */
  readonly #pending = new Map<number, RpcPendingCall>();
  /** What is to be sent once there is a connection: calls by their ids, and notifications. */
  readonly #waiting = new Map<number, string>();
  /** Calls of the server that are not answered yet. */
  readonly #serving = new Map<unknown, AbortController>();
  #state: RpcClientState = "connecting";
  #socket: RpcWebSocket | undefined;
  #openedAt = 0;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastId = 0;

  protected constructor(server: string | URL, route: RpcRoute, options: RpcClientOptions) {
    const platform = globalThis as { readonly WebSocket?: RpcWebSocketConstructor; readonly location?: { readonly href: string } };
    const webSocket = options.WebSocket ?? platform.WebSocket;
    if (webSocket === undefined) throw new TypeError("There is no WebSocket here: give one as options.WebSocket.");
    const url = new URL(server, platform.location?.href);
    url.protocol = url.protocol.replace("http", "ws");
    url.pathname = url.pathname.replace(/\/$/, "") + route.path;
    this.#url = url.href;
    this.#protocols = options.protocols ?? route.protocols;
    this.#options = options;
    this.#webSocket = webSocket;
    this.#served = new Map(Object.entries(route.served));
    this.#connect();
  }

  get state(): RpcClientState {
    return this.#state;
  }

  /** Calls the listener at each change of the state, with the reason where a connection was lost. Returns what ends that. */
  onStateChange(listener: (state: RpcClientState, cause: RpcConnectionError | undefined) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Closes the connection for good. Calls without an answer fail. */
  close(): void {
    this.#end(new RpcConnectionError("The client was closed.", 1000));
  }

  protected request<T>(method: string, params: unknown, options: RpcCallOptions | undefined): Promise<T> {
    return this.#call(method, params, options?.signal, undefined).result as Promise<T>;
  }

  protected notification(method: string, params: unknown): void {
    if (this.#state === "closed") throw new RpcConnectionError("The client is closed.", 1000);
    this.#send(++this.#lastId, JSON.stringify({ jsonrpc: "2.0", method, params }));
  }

  /** The call is made when iterating begins, and cancelled when it ends before the stream does. */
  protected stream<T>(method: string, params: unknown, options: RpcCallOptions | undefined): AsyncIterable<T> {
    return { [Symbol.asyncIterator]: () => this.#iterate<T>(method, params, options?.signal) };
  }

  async *#iterate<T>(method: string, params: unknown, signal: AbortSignal | undefined): AsyncGenerator<T, void, undefined> {
    const items: T[] = [];
    let isDone = false;
    let wake = (): void => {};
    const call = this.#call(method, params, signal, (item) => {
      items.push(item as T);
      wake();
    });
    const done = (): void => {
      isDone = true;
      wake();
    };
    call.result.then(done, done);
    try {
      for (;;) {
        for (const item of items.splice(0)) {
          signal?.throwIfAborted();
          yield item;
        }
        if (isDone && items.length === 0) break;
        if (items.length === 0) await new Promise<void>((resolve) => (wake = resolve));
      }
      await call.result;
    } finally {
      call.cancel();
    }
  }

  #call(method: string, params: unknown, signal: AbortSignal | undefined, onItem: ((item: unknown) => void) | undefined) {
    const id = ++this.#lastId;
    const cancel = (): void => this.#cancel(id);
    const result = new Promise<unknown>((resolve, reject) => {
      signal?.throwIfAborted();
      if (this.#state === "closed") throw new RpcConnectionError("The client is closed.", 1000);
      const text = JSON.stringify({ jsonrpc: "2.0", method, params, id });
      const abort = (): void => {
        cancel();
        reject(signal?.reason);
      };
      signal?.addEventListener("abort", abort);
      this.#pending.set(id, { resolve, reject, onItem, release: () => signal?.removeEventListener("abort", abort) });
      this.#send(id, text);
    });
    return { result, cancel };
  }

  #take(id: number): RpcPendingCall | undefined {
    const call = this.#pending.get(id);
    this.#pending.delete(id);
    call?.release();
    return call;
  }

  #cancel(id: number): void {
    if (this.#take(id) === undefined) return;
    // What has not gone out need not be called back.
    if (!this.#waiting.delete(id)) this.#socket?.send(JSON.stringify({ jsonrpc: "2.0", method: "$/cancelRequest", params: { id } }));
  }

  #send(id: number, text: string): void {
    if (this.#state === "open") this.#socket?.send(text);
    else this.#waiting.set(id, text);
  }

  #connect(): void {
    const socket = new this.#webSocket(this.#url, [...this.#protocols]);
    this.#socket = socket;
    // A socket that is not the client's any more may still have something to say.
    const ifCurrent = (action: () => void) => (): void => {
      if (socket === this.#socket) action();
    };
    socket.addEventListener("open", ifCurrent(() => this.#opened(socket)));
    socket.addEventListener("message", (event) => ifCurrent(() => this.#received(event.data))());
    socket.addEventListener("close", (event) => ifCurrent(() => this.#lost(event.code, event.reason))());
    // The close event follows, with all that can be known.
    socket.addEventListener("error", () => {});
    this.#setState("connecting", undefined);
  }

  #opened(socket: RpcWebSocket): void {
    this.#openedAt = Date.now();
    for (const text of this.#waiting.values()) socket.send(text);
    this.#waiting.clear();
    this.#setState("open", undefined);
  }

  #lost(code: number, reason: string): void {
    const error = new RpcConnectionError(`The connection was lost (${code}${reason === "" ? "" : ` ${reason}`}).`, code);
    if (this.#options.reconnect === false) {
      this.#end(error);
      return;
    }

    const { initialDelayMs = 500, maxDelayMs = 30_000 } = this.#options.reconnect ?? {};
    // A connection that held for a while was no failure.
    if (this.#state === "open" && Date.now() - this.#openedAt >= maxDelayMs) this.#failures = 0;
    const delay = Math.min(maxDelayMs, initialDelayMs * 2 ** this.#failures++);
    this.#detach(error, [...this.#pending.keys()].filter((id) => !this.#waiting.has(id)));
    // Some of it by chance: the clients of a server that was restarted come back one after the other.
    this.#timer = setTimeout(() => this.#connect(), delay * (0.5 + Math.random() / 2));
    this.#setState("waiting", error);
  }

  #end(error: RpcConnectionError): void {
    if (this.#state === "closed") return;
    const socket = this.#socket;
    clearTimeout(this.#timer);
    this.#waiting.clear();
    this.#detach(error, [...this.#pending.keys()]);
    socket?.close(1000);
    this.#setState("closed", error);
  }

  #detach(error: RpcConnectionError, failing: readonly number[]): void {
    this.#socket = undefined;
    for (const controller of this.#serving.values()) controller.abort(error);
    this.#serving.clear();
    for (const id of failing) this.#take(id)?.reject(error);
  }

  #setState(state: RpcClientState, cause: RpcConnectionError | undefined): void {
    if (state === this.#state) return;
    this.#state = state;
    for (const listener of [...this.#listeners]) {
      try {
        listener(state, cause);
      } catch (error) {
        this.#report(error);
      }
    }
  }

  #received(data: unknown): void {
    // A binary message is none of JSON-RPC's.
    if (typeof data !== "string") return;
    let messages: unknown;
    try {
      messages = JSON.parse(data);
    } catch (error) {
      this.#report(error);
      return;
    }
    for (const message of Array.isArray(messages) ? (messages as readonly RpcMessage[]) : [messages as RpcMessage]) {
      try {
        this.#dispatch(message);
      } catch (error) {
        // It is no message of JSON-RPC; the others are.
        this.#report(error);
      }
    }
  }

  #dispatch(message: RpcMessage): void {
    if (message.method === "$/progress") {
      const { token, value } = message.params as { readonly token: number; readonly value: unknown };
      this.#pending.get(token)?.onItem?.(value);
    } else if (message.method === "$/cancelRequest") {
      this.#serving.get((message.params as { readonly id: unknown }).id)?.abort();
    } else if (typeof message.method === "string") {
      void this.#serve(message.method, message.params, message.id);
    } else {
      this.#answered(message);
    }
  }

  #answered({ id, result, error }: RpcMessage): void {
    const call = this.#take(id as number);
    if (error === undefined || error === null) call?.resolve(result);
    else call?.reject(new RpcError(error.code, error.message, error.data));
  }

  /** Calls the handler, and answers the server if it asked for an answer. */
  async #serve(name: string, params: unknown, id: unknown): Promise<void> {
    const controller = new AbortController();
    const socket = this.#socket;
    if (id !== undefined) this.#serving.set(id, controller);
    let answer: string;
    try {
      const method = this.#served.get(name);
      if (method === undefined) throw new RpcError(-32601, "Method not found");
      const args = Array.isArray(params)
        ? (params as readonly unknown[])
        : method.parameters.map((parameter) => (params as Readonly<Record<string, unknown>> | undefined)?.[parameter]);
      answer = JSON.stringify({ jsonrpc: "2.0", id, result: (await method.call(args, controller.signal)) ?? null });
    } catch (error) {
      answer = this.#failure(id, error);
    }
    if (id === undefined || this.#serving.get(id) !== controller) return;
    this.#serving.delete(id);
    socket?.send(answer);
  }

  /** What is no RpcError is nothing that the server should hear of; and of a notification it hears nothing at all. */
  #failure(id: unknown, error: unknown): string {
    if (!(error instanceof RpcError) || id === undefined) this.#report(error);
    const { code, message, data } = error instanceof RpcError ? error : new RpcError(-32603, "Internal error");
    try {
      return JSON.stringify({ jsonrpc: "2.0", id, error: { code, message, data } });
    } catch (notJson) {
      this.#report(notJson);
      return JSON.stringify({ jsonrpc: "2.0", id, error: { code, message } });
    }
  }

  #report(error: unknown): void {
    (this.#options.onError ?? console.error)(error);
  }
}
