// WsAot 0.2.0, by `--describe typescript`. Do not edit: the next run overwrites this file.
/* eslint-disable */

// What the clients run on.

/** The options of a client. */
export interface RpcClientOptions {
  /** The `WebSocket` to use. Needed if the platform has none: in node before 22, pass the one of the package `ws`. */
  readonly WebSocket?: RpcWebSocketConstructor | undefined;
  /** The subprotocols to offer, or a function that returns them, called before each attempt to connect. */
  readonly protocols?: readonly string[] | (() => readonly string[] | Promise<readonly string[]>) | undefined;
  /**
   * A token, or a function that returns one, called before each attempt to connect. The client sends it in the query, because a browser
   * cannot send headers. Servers may log the query, so use a short-lived token. Without one (`undefined`, `""`) the query does not change.
   */
  readonly accessToken?: string | (() => string | undefined | Promise<string | undefined>) | undefined;
  /** The name of the token in the query. Default: `access_token`. */
  readonly accessTokenName?: string | undefined;
  /** How to detect a connection that died silently. `false`: only when the system gives up, which can take many minutes. */
  readonly heartbeat?: RpcHeartbeatOptions | false | undefined;
  /** How to reconnect after the connection was lost. `false`: the client closes instead. */
  readonly reconnect?: RpcReconnectOptions | false | undefined;
  /**
   * Called with errors that no call reports: exceptions of handlers and listeners, messages that are not JSON-RPC. Default:
   * `console.error`.
   */
  readonly onError?: ((error: unknown) => void) | undefined;
}

export interface RpcHeartbeatOptions {
  /** How often to ping the server (`$/ping`), unless it has sent something meanwhile. Default: 30,000. */
  readonly intervalMs?: number | undefined;
  /** How long the server may then send nothing before the client reconnects. Default: 10,000. */
  readonly timeoutMs?: number | undefined;
}

/** The address of the server, or a function that returns it, called before each attempt to connect. */
export type RpcAddress = string | URL | (() => string | URL | Promise<string | URL>);

export interface RpcReconnectOptions {
  /** The first wait before the client reconnects; it doubles with each failure. Default: 500. */
  readonly initialDelayMs?: number | undefined;
  /** The longest wait. After a connection that lasted so long, the next wait is the first one again. Default: 30,000. */
  readonly maxDelayMs?: number | undefined;
  /**
   * Whether to reconnect; if not, the client closes. Default: not after the close codes 1000 (the server is done with this client) and
   * 1002, 1003, 1007, 1010 (client and server do not understand each other, and would not the next time).
   */
  readonly shouldReconnect?: ((lost: RpcConnectionError) => boolean) | undefined;
}

/** The options of a call. */
export interface RpcCallOptions {
  /** Cancels the call, here and on the server. `AbortSignal.timeout(5000)` limits its time. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * - `connecting`: a connection is being opened. Calls wait for it.
 * - `open`: calls are sent at once.
 * - `waiting`: the connection was lost, or could not be opened; the client reconnects after a wait. Calls wait for it.
 * - `closed`: closed for good, by `close()` or because of `reconnect`. Calls fail.
 */
export type RpcClientState = "connecting" | "open" | "waiting" | "closed";

/** Why a client is `waiting` or `closed`. */
export interface RpcStateReason {
  /**
   * - `lost`: the connection ended.
   * - `unreachable`: it could not be opened, or the server refused it, which browsers do not tell apart.
   * - `heartbeat`: the server did not answer a ping.
   * - `threw`: a function in the options, or the constructor of the `WebSocket`, threw; `error` is what it threw.
   * - `closed`: `close()` was called.
   */
  readonly kind: "lost" | "unreachable" | "heartbeat" | "threw" | "closed";
  /** RFC 6455 section 7.4.1: 1006 without a closing handshake, 1000 after `close()`. */
  readonly closeCode: number;
  /** The reason that the server sent with the code; empty if none. */
  readonly closeReason: string;
  /** The `RpcConnectionError` that calls fail with, or what was thrown. */
  readonly error: unknown;
  /** When `waiting`: the time until the next attempt. */
  readonly delayMs: number | undefined;
}

/** The server answered a call with an error. If a handler throws it, the server gets it as the answer. */
export class RpcError extends Error {
  override readonly name = "RpcError";
  /** A code of JSON-RPC (-32601: no such method, -32602: wrong arguments, -32603: it failed, -32800: cancelled) or of the application. */
  readonly code: number;
  /** Further data from the application. */
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
  /** The reason that the server sent with it; empty if none. */
  readonly closeReason: string;

  constructor(message: string, closeCode: number, closeReason = "") {
    super(message);
    this.closeCode = closeCode;
    this.closeReason = closeReason;
  }
}

/**
 * The items of a stream. Each loop over them makes a new call when it begins, and cancels the call if you leave the loop before the end.
 */
export interface RpcStream<T> extends AsyncIterable<T> {
  [Symbol.asyncIterator](): RpcStreamIterator<T>;
}

/** One call that streams. `for await` does all of this by itself. */
export interface RpcStreamIterator<T> extends AsyncIterator<T, undefined, undefined> {
  /** The next item. The first call of `next` calls the server. */
  next(): Promise<IteratorResult<T, undefined>>;
  /** Ends the stream: cancels the call on the server at once, ends all waits for an item, and drops the items that were not taken. */
  return(): Promise<IteratorResult<T, undefined>>;
  [Symbol.asyncIterator](): RpcStreamIterator<T>;
}

/** The part of a `WebSocket` that the client uses. */
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

/** What topics need from a client. */
interface RpcLink {
  /** What is returned cancels the call; the caller is then told nothing. */
  readonly call: (method: string, params: unknown, caller: RpcCaller) => () => void;
  readonly report: (error: unknown) => void;
  readonly onStateChange: RpcClient["onStateChange"];
}

/** Keeps the subscriptions of a client whose route has topics. */
interface RpcTopicKeeper {
  attach(link: RpcLink): void;
  /** Whether the message is about a topic. */
  told(message: RpcMessage): boolean;
}

/** What a generated client knows about its route. */
interface RpcRoute {
  readonly path: string;
  readonly protocols: readonly string[];
  readonly served: Readonly<Record<string, RpcServedMethod>>;
  readonly topics?: RpcTopicKeeper;
}

/** Gets the outcome of a call: one of `resolve` and `reject` is called, once. */
interface RpcCaller {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
  readonly onItem: ((item: unknown) => void) | undefined;
}

/** A call that has no answer yet. */
interface RpcPendingCall extends RpcCaller {
  /** Stops listening to the signal that could cancel the call. */
  readonly release: () => void;
}

interface RpcMessage {
  readonly id?: unknown;
  readonly method?: unknown;
  readonly params?: unknown;
  readonly result?: unknown;
  /** Some servers send null beside a result, as in JSON-RPC 1.0. */
  readonly error?: { readonly code: number; readonly message: string; readonly data?: unknown } | null;
}

/** RFC 6455 section 7.4.1; see `shouldReconnect`. */
const rpcFinalCloseCodes: readonly number[] = [1000, 1002, 1003, 1007, 1010];

/** Not an async generator: while that waits for an item, its `return` would wait, too. */
class RpcItems<T> implements RpcStreamIterator<T> {
  readonly #call: (caller: RpcCaller) => () => void;
  readonly #signal: AbortSignal | undefined;
  #cancel: (() => void) | undefined;
  /** `ended`: nothing more comes from the server. `told`: the loop over the items knows this, too. */
  #state: "new" | "running" | "ended" | "told" = "new";
  /** The items that came and were not taken: first `#ready` from its end on, then `#coming`. */
  #ready: T[] = [];
  #coming: T[] = [];
  #failure: { readonly error: unknown } | undefined;
  /** The calls of `next` that wait for an item, if there is none. */
  #takers: ((result: IteratorResult<T, undefined> | PromiseLike<IteratorResult<T, undefined>>) => void)[] = [];

  constructor(call: (caller: RpcCaller) => () => void, signal: AbortSignal | undefined) {
    this.#call = call;
    this.#signal = signal;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<T, undefined>> {
    // The signal may have aborted when all items had come but not all were taken.
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
    // An abort drops the items that were not taken; after any other end, they are still returned.
    if (this.#signal?.aborted === true) this.#drop();
    for (const taker of this.#takers.splice(0)) taker(this.#tell());
  }

  #drop(): void {
    this.#ready = [];
    this.#coming = [];
  }

  /** Returns the end; the first time, rejects with its error, if there is one. */
  #tell(): Promise<IteratorResult<T, undefined>> {
    const failure = this.#failure;
    this.#failure = undefined;
    this.#state = "told";
    return failure === undefined ? Promise.resolve({ done: true, value: undefined }) : Promise.reject(failure.error);
  }
}

/** A connection to one route. The client reconnects whenever it is lost. */
export abstract class RpcClient {
  readonly #server: RpcAddress;
  readonly #route: RpcRoute;
  readonly #options: RpcClientOptions;
  readonly #webSocket: RpcWebSocketConstructor;
  readonly #served: ReadonlyMap<string, RpcServedMethod>;
  readonly #listeners = new Set<(state: RpcClientState, reason: RpcStateReason | undefined) => void>();
  /** Calls without an answer, by their ids. */
  readonly #pending = new Map<number, RpcPendingCall>();
  /** The messages to send once there is a connection: calls by their ids, and notifications. */
  readonly #waiting = new Map<number, string>();
  /** The calls from the server that have not ended yet, by their ids; a call without an id is its own key. */
  readonly #serving = new Map<unknown, AbortController>();
  #state: RpcClientState = "connecting";
  /** Why the client is closed. */
  #cause: RpcConnectionError | undefined;
  #socket: RpcWebSocket | undefined;
  #openedAt = 0;
  /** How many messages have come. */
  #heard = 0;
  #failures = 0;
  /** The time until the next attempt or, while there is a connection, until the next heartbeat. */
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastId = 0;

  protected constructor(server: RpcAddress, route: RpcRoute, options: RpcClientOptions) {
    const webSocket = options.WebSocket ?? (globalThis as { readonly WebSocket?: RpcWebSocketConstructor }).WebSocket;
    if (webSocket === undefined) throw new TypeError("This platform has no WebSocket: pass one as options.WebSocket.");
    this.#server = server;
    this.#route = route;
    this.#options = options;
    this.#webSocket = webSocket;
    this.#served = new Map(Object.entries(route.served));
    route.topics?.attach({
      call: (method, params, caller) => this.#call(method, params, undefined, caller),
      report: (error) => this.#report(error),
      onStateChange: (listener) => this.onStateChange(listener),
    });
    this.#connect();
  }

  get state(): RpcClientState {
    return this.#state;
  }

  /**
   * Calls the listener at each change of the state, with the reason if it is now `waiting` or `closed`. Returns a function that stops this.
   */
  onStateChange(listener: (state: RpcClientState, reason: RpcStateReason | undefined) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Closes the connection for good. Calls without an answer fail. */
  close(): void {
    const error = new RpcConnectionError("The client was closed.", 1000);
    this.#end(error, { kind: "closed", closeCode: 1000, closeReason: "", error, delayMs: undefined });
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
    // A call that was not sent need not be cancelled on the server.
    if (!this.#waiting.delete(id)) this.#socket?.send(JSON.stringify({ jsonrpc: "2.0", method: "$/cancelRequest", params: { id } }));
  }

  #send(id: number, text: string): void {
    // A closing socket would lose the message, and the close event comes only later.
    if (this.#state === "open" && this.#socket?.readyState === 1) this.#socket.send(text);
    else this.#waiting.set(id, text);
  }

  #connect(): void {
    const { protocols = this.#route.protocols, accessToken } = this.#options;
    const server = this.#server;
    // Without a function to call, connect at once, so that the constructor throws if the address is wrong.
    if (typeof server !== "function" && typeof protocols !== "function" && typeof accessToken !== "function") {
      this.#open(server, protocols, accessToken);
      this.#setState("connecting", undefined);
    } else {
      this.#setState("connecting", undefined);
      void this.#ask();
    }
  }

  async #ask(): Promise<void> {
    const { protocols = this.#route.protocols, accessToken } = this.#options;
    const server = this.#server;
    // Let the constructor return first, so that its caller can add a listener for the outcome.
    await undefined;
    if (this.#state !== "connecting") return;
    try {
      const [url, offered, token] = await Promise.all([
        typeof server === "function" ? server() : server,
        typeof protocols === "function" ? protocols() : protocols,
        typeof accessToken === "function" ? accessToken() : accessToken,
      ]);
      // The client may have been closed meanwhile.
      if (this.#state === "connecting") this.#open(url, offered, token);
    } catch (error) {
      if (this.#state === "connecting") this.#threw(error);
    }
  }

  #open(server: string | URL, protocols: readonly string[], token: string | undefined): void {
    const url = new URL(server, (globalThis as { readonly location?: { readonly href: string } }).location?.href);
    url.protocol = url.protocol.replace("http", "ws");
    url.pathname = url.pathname.replace(/\/$/, "") + this.#route.path;
    if (token !== undefined && token !== "") url.searchParams.set(this.#options.accessTokenName ?? "access_token", token);
    const socket = new this.#webSocket(url.href, [...protocols]);
    this.#socket = socket;
    // A socket that the client has given up may still raise events.
    const ifCurrent = (action: () => void) => (): void => {
      if (socket === this.#socket) action();
    };
    socket.addEventListener("open", ifCurrent(() => this.#opened(socket)));
    socket.addEventListener("message", (event) => ifCurrent(() => this.#received(event.data))());
    socket.addEventListener("close", (event) => ifCurrent(() => this.#ended(event.code, event.reason))());
    // A close event with more details follows, except from some sockets of node that could not connect. Its code would be 1006.
    socket.addEventListener("error", ifCurrent(() => {
      if (this.#state === "connecting") this.#ended(1006, "");
    }));
  }

  #opened(socket: RpcWebSocket): void {
    this.#openedAt = Date.now();
    this.#beat();
    for (const text of this.#waiting.values()) socket.send(text);
    this.#waiting.clear();
    this.#setState("open", undefined);
  }

  /** Pings the server again and again, unless it sends something meanwhile. */
  #beat(): void {
    const { intervalMs = 30_000, timeoutMs = 10_000 } = this.#options.heartbeat || {};
    if (this.#options.heartbeat === false) return;
    const heard = this.#heard;
    const unlessHeard = (action: () => void, delayMs: number): void => {
      this.#timer = setTimeout(() => (this.#heard === heard ? action() : this.#beat()), delayMs);
    };
    unlessHeard(() => {
      this.#socket?.send(JSON.stringify({ jsonrpc: "2.0", method: "$/ping", id: ++this.#lastId }));
      unlessHeard(() => this.#died(), timeoutMs);
    }, intervalMs);
  }

  #died(): void {
    const socket = this.#socket;
    this.#lost("heartbeat", new RpcConnectionError("The connection was lost (the server does not answer).", 1006));
    // Closing may take long, so do not wait for it.
    socket?.close();
  }

  #ended(code: number, text: string): void {
    const error = new RpcConnectionError(`The connection was lost (${code}${text === "" ? "" : ` ${text}`}).`, code, text);
    this.#lost(this.#state === "connecting" ? "unreachable" : "lost", error);
  }

  #threw(thrown: unknown): void {
    this.#report(thrown);
    this.#lost("threw", new RpcConnectionError("The connection could not be opened.", 1006), thrown);
  }

  #lost(kind: RpcStateReason["kind"], error: RpcConnectionError, thrown: unknown = error): void {
    const { closeCode, closeReason } = error;
    const reason: RpcStateReason = { kind, closeCode, closeReason, error: thrown, delayMs: undefined };
    if (!this.#shouldReconnect(error)) {
      this.#end(error, reason);
      return;
    }
    // `shouldReconnect` may have closed the client.
    if (this.#state === "closed") return;
    const failing = [...this.#pending.keys()].filter((id) => !this.#waiting.has(id));
    const delayMs = this.#nextDelay();
    this.#socket = undefined;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#reconnect(), delayMs);
    this.#setState("waiting", { ...reason, delayMs });
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
    // Beyond 2^30, the longest wait applies in any case, and an infinite factor times a first wait of 0 would be NaN.
    const delay = Math.min(maxDelayMs, initialDelayMs * 2 ** Math.min(this.#failures++, 30));
    // Part of the wait is random, so that the clients of a restarted server do not all come back at once.
    return delay * (0.5 + Math.random() / 2);
  }

  #reconnect(): void {
    try {
      this.#connect();
    } catch (error) {
      // The first time, this did not throw, so the next attempt may succeed.
      this.#threw(error);
    }
  }

  #end(error: RpcConnectionError, reason: RpcStateReason): void {
    if (this.#state === "closed") return;
    const socket = this.#socket;
    const failing = [...this.#pending.keys()];
    this.#socket = undefined;
    this.#cause = error;
    clearTimeout(this.#timer);
    this.#waiting.clear();
    this.#setState("closed", reason);
    this.#fail(failing, error);
    socket?.close(1000);
  }

  /** Call this last: a listener may call this client, which must be in its new state by then. */
  #fail(calls: readonly number[], error: RpcConnectionError): void {
    for (const id of calls) this.#take(id)?.reject(error);
    const serving = [...this.#serving.values()];
    this.#serving.clear();
    for (const controller of serving) controller.abort(error);
  }

  #setState(state: RpcClientState, reason: RpcStateReason | undefined): void {
    if (state === this.#state) return;
    this.#state = state;
    for (const listener of [...this.#listeners]) {
      try {
        listener(state, reason);
      } catch (error) {
        this.#report(error);
      }
    }
  }

  #received(data: unknown): void {
    this.#heard++;
    // JSON-RPC has no binary messages.
    if (typeof data !== "string") return;
    let messages: unknown;
    try {
      messages = JSON.parse(data);
    } catch (error) {
      this.#report(error);
      return;
    }
    // An invalid message in a batch must not stop the others.
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
      if (this.#route.topics?.told(message as RpcMessage) !== true) void this.#serve(method, params, id);
    } else if (id === undefined || (result === undefined && !error)) {
      this.#report(new TypeError(`This is not a JSON-RPC message: ${JSON.stringify(message)}`));
    } else if (id === null && error) {
      // No call waits for it: it answers a message that the server could not read.
      this.#report(new RpcError(error.code, error.message, error.data));
    } else {
      this.#answered(message as RpcMessage);
    }
  }

  /** The answer to a cancelled call finds no call. */
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
    // Otherwise the connection that the call came from was lost meanwhile.
    if (this.#serving.get(key) !== controller) return;
    this.#serving.delete(key);
    if (id !== undefined) this.#socket?.send(answer);
  }

  /** The server gets the details of an `RpcError` only, and for a notification it gets nothing at all. */
  #failure(id: unknown, error: unknown, signal: AbortSignal): string {
    // It was cancelled, and has stopped.
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

// The clients.

/**
 * A connection to `/api`.
 * The API behind the page of the admin listener. It works like any handler of an application.
 */
export class DashboardApiClient extends RpcClient {
  /**
   * @param server The address of the server: `wss://example.org`, or in a browser `/` for the server of the page;
   * or a function that returns it, called before each attempt to connect.
   */
  constructor(server: RpcAddress, options: RpcClientOptions = {}) {
    super(
      server,
      {
        path: "/api",
        protocols: ["wsaot.admin"],
        served: {},
      },
      options,
    );
  }

  /** Closes a connection by its number, and returns its row; empty if it is gone. */
  closeConnection(id: number, code?: number, reason?: string, options?: RpcCallOptions): Promise<unknown> {
    return this.request("closeConnection", { id, code, reason }, options);
  }

  /** A connection by its number; empty if it is gone. */
  connection(id: number, options?: RpcCallOptions): Promise<unknown> {
    return this.request("connection", [id], options);
  }

  info(options?: RpcCallOptions): Promise<unknown> {
    return this.request("info", [], options);
  }

  /** Streams the messages that are published to a topic from now on. */
  listen(topic: string, options?: RpcCallOptions): RpcStream<unknown> {
    return this.stream("listen", [topic], options);
  }

  /** The requests that were refused last, the latest first. */
  refusals(options?: RpcCallOptions): Promise<unknown> {
    return this.request("refusals", [], options);
  }

  routes(options?: RpcCallOptions): Promise<unknown> {
    return this.request("routes", [], options);
  }

  /** Streams the samples of the last ten minutes, then those of each second. */
  samples(options?: RpcCallOptions): RpcStream<unknown> {
    return this.stream("samples", [], options);
  }

  /** The connections for which the most output waits. */
  slowest(count?: number, options?: RpcCallOptions): Promise<unknown> {
    return this.request("slowest", { count }, options);
  }

  /** The topics with the most subscribers. */
  topics(count?: number, options?: RpcCallOptions): Promise<unknown> {
    return this.request("topics", { count }, options);
  }
}
