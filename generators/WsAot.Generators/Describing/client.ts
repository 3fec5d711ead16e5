/** What can be said about a client. */
export interface RpcClientOptions {
  /** Opens the connections. Needed where the platform has no `WebSocket`: in node before 22, give the one of the package `ws`. */
  readonly WebSocket?: RpcWebSocketConstructor | undefined;
  /** The subprotocols to offer. */
  readonly protocols?: readonly string[] | undefined;
  /** How a lost connection is opened again. `false`: the client is then closed. */
  readonly reconnect?: RpcReconnectOptions | false | undefined;
  /** Hears of what nobody else does: exceptions of handlers and listeners, messages that are not JSON-RPC. `console.error` if nothing is said. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

export interface RpcReconnectOptions {
  /** The first wait; it doubles with each failure. 500 if nothing is said. */
  readonly initialDelayMs?: number | undefined;
  /** The longest wait; 30,000 if nothing is said. A connection that held for so long was no failure: the next wait is the first again. */
  readonly maxDelayMs?: number | undefined;
  /**
   * Whether to connect again; if not, the client is closed. If nothing is said: not after the close codes 1000 (the server is done with
   * this client) and 1002, 1003, 1007, 1010 (the two do not understand each other, and would not the next time).
   */
  readonly shouldReconnect?: ((lost: RpcConnectionError) => boolean) | undefined;
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
 * - `closed`: for good, by `close()` or as `reconnect` says. Calls fail.
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

/** The items of a stream. Each loop over them makes the call anew, when it begins, and cancels it when it is left before the end. */
export interface RpcStream<T> extends AsyncIterable<T> {
  [Symbol.asyncIterator](): RpcStreamIterator<T>;
}

/** One call that streams. `for await` does all of this by itself. */
export interface RpcStreamIterator<T> extends AsyncIterator<T, undefined, undefined> {
  /** The next item. The first call of `next` calls the server. */
  next(): Promise<IteratorResult<T, undefined>>;
  /** Ends the stream: the server is told at once, what waits for an item hears that there is none, and items not yet taken are dropped. */
  return(): Promise<IteratorResult<T, undefined>>;
  [Symbol.asyncIterator](): RpcStreamIterator<T>;
}

/** What is used of a `WebSocket`. */
export interface RpcWebSocket {
  readonly readyState: number;
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

/** Who is told of a call's outcome: one of `resolve` and `reject`, once. */
interface RpcCaller {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
  readonly onItem: ((item: unknown) => void) | undefined;
}

/** A call that has no answer yet. */
interface RpcPendingCall extends RpcCaller {
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

/** RFC 6455 section 7.4.1; see `shouldReconnect`. */
const rpcFinalCloseCodes: readonly number[] = [1000, 1002, 1003, 1007, 1010];

/** Not an async generator: the `return` of one that waits for an item would wait with it. */
class RpcItems<T> implements RpcStreamIterator<T> {
  readonly #call: (caller: RpcCaller) => () => void;
  readonly #signal: AbortSignal | undefined;
  #cancel: (() => void) | undefined;
  /** `ended`: nothing more comes from the server. `told`: whoever iterates knows. */
  #state: "new" | "running" | "ended" | "told" = "new";
  /** What came and was not taken: first `#ready` from its end on, then `#coming`. */
  #ready: T[] = [];
  #coming: T[] = [];
  #failure: { readonly error: unknown } | undefined;
  /** Those who wait for an item; then none is there. */
  #takers: ((result: IteratorResult<T, undefined> | PromiseLike<IteratorResult<T, undefined>>) => void)[] = [];

  constructor(call: (caller: RpcCaller) => () => void, signal: AbortSignal | undefined) {
    this.#call = call;
    this.#signal = signal;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<T, undefined>> {
    // It may have been aborted when all had come and not all was taken.
    if (this.#signal?.aborted === true && this.#state !== "told") this.#end({ error: this.#signal.reason as unknown });
    if (this.#state === "new") this.#begin();
    if (this.#ready.length === 0) {
      this.#ready = this.#coming.reverse();
      this.#coming = [];
    }
    if (this.#ready.length > 0) return Promise.resolve({ done: false, value: this.#ready.pop() as T });
    return this.#state === "running" ? new Promise((resolve) => this.#takers.push(resolve)) : this.#tell();
  }

  return(): Promise<IteratorResult<T, undefined>> {
    const cancel = this.#cancel;
    this.#end(undefined);
    this.#state = "told";
    this.#drop();
    cancel?.();
    return this.#tell();
  }

  #begin(): void {
    this.#state = "running";
    const cancel = this.#call({
      resolve: () => this.#end(undefined),
      reject: (error) => this.#end({ error }),
      onItem: (item) => this.#add(item as T),
    });
    this.#cancel = cancel;
  }

  #add(item: T): void {
    const taker = this.#takers.shift();
    if (taker === undefined) this.#coming.push(item);
    else taker({ done: false, value: item });
  }

  #end(failure: { readonly error: unknown } | undefined): void {
    this.#state = "ended";
    this.#failure = failure;
    this.#cancel = undefined;
    // An abort does not wait until all that came is taken; the other ends do.
    if (this.#signal?.aborted === true) this.#drop();
    for (const taker of this.#takers.splice(0)) taker(this.#tell());
  }

  #drop(): void {
    this.#ready = [];
    this.#coming = [];
  }

  /** The end, and once the error that it came with. */
  #tell(): Promise<IteratorResult<T, undefined>> {
    const failure = this.#failure;
    this.#failure = undefined;
    this.#state = "told";
    return failure === undefined ? Promise.resolve({ done: true, value: undefined }) : Promise.reject(failure.error);
  }
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
  /** What the server called and has not ended yet, by the ids; what has none is its own key. */
  readonly #serving = new Map<unknown, AbortController>();
  #state: RpcClientState = "connecting";
  /** Why the client is closed. */
  #cause: RpcConnectionError | undefined;
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
    return new Promise<unknown>((resolve, reject) => {
      this.#call(method, params, options?.signal, { resolve, reject, onItem: undefined });
    }) as Promise<T>;
  }

  protected notification(method: string, params: unknown): void {
    this.#throwIfClosed();
    this.#send(++this.#lastId, JSON.stringify({ jsonrpc: "2.0", method, params }));
  }

  protected stream<T>(method: string, params: unknown, options: RpcCallOptions | undefined): RpcStream<T> {
    const signal = options?.signal;
    return { [Symbol.asyncIterator]: () => new RpcItems<T>((caller) => this.#call(method, params, signal, caller), signal) };
  }

  /** What is returned cancels the call; the caller is then told nothing. */
  #call(method: string, params: unknown, signal: AbortSignal | undefined, caller: RpcCaller): () => void {
    const id = ++this.#lastId;
    const abort = (): void => {
      this.#cancel(id);
      caller.reject(signal?.reason);
    };
    try {
      signal?.throwIfAborted();
      this.#throwIfClosed();
      const text = JSON.stringify({ jsonrpc: "2.0", method, params, id });
      signal?.addEventListener("abort", abort);
      this.#pending.set(id, { ...caller, release: () => signal?.removeEventListener("abort", abort) });
      this.#send(id, text);
    } catch (error) {
      this.#take(id);
      caller.reject(error);
    }
    return () => this.#cancel(id);
  }

  #throwIfClosed(): void {
    if (this.#state === "closed") throw new RpcConnectionError("The client is closed.", this.#cause?.closeCode ?? 1000);
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
    // In a socket that is closing it would be lost, and the close event tells that only later.
    if (this.#state === "open" && this.#socket?.readyState === 1) this.#socket.send(text);
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
    // The close event follows and says more, but not from every socket of node that could not connect; and of that it says just this.
    socket.addEventListener("error", ifCurrent(() => {
      if (this.#state === "connecting") this.#lost(1006, "");
    }));
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
    if (!this.#shouldReconnect(error)) {
      this.#end(error);
      return;
    }
    // By whoever was asked.
    if (this.#state === "closed") return;
    const failing = [...this.#pending.keys()].filter((id) => !this.#waiting.has(id));
    const delay = this.#nextDelay();
    this.#socket = undefined;
    this.#timer = setTimeout(() => this.#reconnect(), delay);
    this.#setState("waiting", error);
    this.#fail(failing, error);
  }

  #shouldReconnect(lost: RpcConnectionError): boolean {
    const options = this.#options.reconnect;
    if (options === false) return false;
    try {
      if (options?.shouldReconnect !== undefined) return options.shouldReconnect(lost);
    } catch (error) {
      this.#report(error);
    }
    return !rpcFinalCloseCodes.includes(lost.closeCode);
  }

  #nextDelay(): number {
    const { initialDelayMs = 500, maxDelayMs = 30_000 } = this.#options.reconnect || {};
    if (this.#state === "open" && Date.now() - this.#openedAt >= maxDelayMs) this.#failures = 0;
    // Beyond 2^30 it is the longest in any case, and what is infinite times a first wait of 0 would be no number.
    const delay = Math.min(maxDelayMs, initialDelayMs * 2 ** Math.min(this.#failures++, 30));
    // Some of it by chance: the clients of a server that was restarted come back one after the other.
    return delay * (0.5 + Math.random() / 2);
  }

  #reconnect(): void {
    try {
      this.#connect();
    } catch (error) {
      // A constructor that throws now did not the first time. The same may be true of the next.
      this.#report(error);
      this.#lost(1006, "");
    }
  }

  #end(error: RpcConnectionError): void {
    if (this.#state === "closed") return;
    const socket = this.#socket;
    const failing = [...this.#pending.keys()];
    this.#socket = undefined;
    this.#cause = error;
    clearTimeout(this.#timer);
    this.#waiting.clear();
    this.#setState("closed", error);
    this.#fail(failing, error);
    socket?.close(1000);
  }

  /** Comes last: what hears of it may call this client, which is then in its new state. */
  #fail(calls: readonly number[], error: RpcConnectionError): void {
    for (const id of calls) this.#take(id)?.reject(error);
    const serving = [...this.#serving.values()];
    this.#serving.clear();
    for (const controller of serving) controller.abort(error);
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
    // Of a batch, what is no message does not keep the others from being heard.
    for (const message of Array.isArray(messages) ? (messages as readonly unknown[]) : [messages]) this.#dispatch(message);
  }

  #dispatch(message: unknown): void {
    const { id, method, params, result, error } = (message ?? {}) as RpcMessage;
    if (method === "$/progress") {
      const { token, value } = (params ?? {}) as { readonly token?: unknown; readonly value?: unknown };
      this.#pending.get(token as number)?.onItem?.(value);
    } else if (method === "$/cancelRequest") {
      this.#serving.get(((params ?? {}) as { readonly id?: unknown }).id)?.abort();
    } else if (typeof method === "string") {
      void this.#serve(method, params, id);
    } else if (id === undefined || (result === undefined && !error)) {
      this.#report(new TypeError(`This is no message of JSON-RPC: ${JSON.stringify(message)}`));
    } else if (id === null && error) {
      // Nobody waits for it: it answers something that the server could not read.
      this.#report(new RpcError(error.code, error.message, error.data));
    } else {
      this.#answered(message as RpcMessage);
    }
  }

  /** The answer to what was cancelled finds nobody. */
  #answered({ id, result, error }: RpcMessage): void {
    const call = this.#take(id as number);
    if (error) call?.reject(new RpcError(error.code, error.message, error.data));
    else call?.resolve(result);
  }

  /** Calls the handler, and answers the server if it asked for an answer. */
  async #serve(name: string, params: unknown, id: unknown): Promise<void> {
    const controller = new AbortController();
    const key = id === undefined ? controller : id;
    this.#serving.set(key, controller);
    let answer: string;
    try {
      const method = this.#served.get(name);
      if (method === undefined) throw new RpcError(-32601, "Method not found", name);
      const args = Array.isArray(params)
        ? (params as readonly unknown[])
        : method.parameters.map((parameter) => (params as Readonly<Record<string, unknown>> | null | undefined)?.[parameter]);
      answer = JSON.stringify({ jsonrpc: "2.0", id, result: (await method.call(args, controller.signal)) ?? null });
    } catch (error) {
      answer = this.#failure(id, error, controller.signal);
    }
    // Otherwise the connection that it came from was lost meanwhile.
    if (this.#serving.get(key) !== controller) return;
    this.#serving.delete(key);
    if (id !== undefined) this.#socket?.send(answer);
  }

  /** What is no RpcError is nothing that the server should hear of; and of a notification it hears nothing at all. */
  #failure(id: unknown, error: unknown, signal: AbortSignal): string {
    // It was to stop, and did.
    const failed = error instanceof RpcError ? error : signal.aborted ? new RpcError(-32800, "Request cancelled") : undefined;
    if (failed === undefined || (id === undefined && !signal.aborted)) this.#report(error);
    const { code, message, data } = failed ?? new RpcError(-32603, "Internal error");
    try {
      return JSON.stringify({ jsonrpc: "2.0", id, error: { code, message, data } });
    } catch (notJson) {
      this.#report(notJson);
      return JSON.stringify({ jsonrpc: "2.0", id, error: { code, message } });
    }
  }

  #report(error: unknown): void {
    try {
      (this.#options.onError ?? console.error)(error);
    } catch (another) {
      console.error(error, another);
    }
  }
}
