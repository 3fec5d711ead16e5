// WsAot 0.2.0, by `--describe typescript`. What is changed here is lost when that is done again.
/* eslint-disable */

// What the clients run on.

/** What can be said about a client. */
export interface RpcClientOptions {
  /** Opens the connections. Needed where the platform has no `WebSocket`: in node before 22, give the one of the package `ws`. */
  readonly WebSocket?: RpcWebSocketConstructor | undefined;
  /** The subprotocols to offer, or a function that is asked for them before each attempt to connect. */
  readonly protocols?: readonly string[] | (() => readonly string[] | Promise<readonly string[]>) | undefined;
  /**
   * A token, or a function that is asked for one before each attempt to connect. It is sent in the query, because a browser cannot send
   * headers; servers may log the query, so let it be short-lived. Without one (`undefined`, `""`) the query stays as it is.
   */
  readonly accessToken?: string | (() => string | undefined | Promise<string | undefined>) | undefined;
  /** What the token is called in the query. `access_token` if nothing is said. */
  readonly accessTokenName?: string | undefined;
  /** How a connection that died silently is found out. `false`: it is not, until the system gives up, which can take many minutes. */
  readonly heartbeat?: RpcHeartbeatOptions | false | undefined;
  /** How a lost connection is opened again. `false`: the client is then closed. */
  readonly reconnect?: RpcReconnectOptions | false | undefined;
  /** Hears of what nobody else does: exceptions of handlers and listeners, messages that are not JSON-RPC. `console.error` if nothing is said. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

export interface RpcHeartbeatOptions {
  /** How often the server is asked whether it is there (`$/ping`), unless it has said something meanwhile. 30,000 if nothing is said. */
  readonly intervalMs?: number | undefined;
  /** How long it may then say nothing, before the connection is given up and the next one opened. 10,000 if nothing is said. */
  readonly timeoutMs?: number | undefined;
}

/** Where the server is, or a function that is asked before each attempt to connect. */
export type RpcAddress = string | URL | (() => string | URL | Promise<string | URL>);

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

/** Why a client is `waiting` or `closed`. */
export interface RpcStateReason {
  /**
   * - `lost`: the connection ended.
   * - `unreachable`: it could not be opened, or the server refused it, which browsers do not tell apart.
   * - `heartbeat`: the server said nothing when it was asked.
   * - `threw`: one of the functions in the options, or the constructor of the `WebSocket`; `error` is what they threw.
   * - `closed`: `close()` was called.
   */
  readonly kind: "lost" | "unreachable" | "heartbeat" | "threw" | "closed";
  /** RFC 6455 section 7.4.1: 1006 without a closing handshake, 1000 after `close()`. */
  readonly closeCode: number;
  /** What the server said beside the code; empty if nothing. */
  readonly closeReason: string;
  /** What calls fail with, a `RpcConnectionError`, or what was thrown. */
  readonly error: unknown;
  /** When `waiting`: the time until the next attempt. */
  readonly delayMs: number | undefined;
}

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
  /** What the server said beside it; empty if nothing. */
  readonly closeReason: string;

  constructor(message: string, closeCode: number, closeReason = "") {
    super(message);
    this.closeCode = closeCode;
    this.closeReason = closeReason;
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

/** What topics need of a client. */
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

/** What a generated client says of its route. */
interface RpcRoute {
  readonly path: string;
  readonly protocols: readonly string[];
  readonly served: Readonly<Record<string, RpcServedMethod>>;
  readonly topics?: RpcTopicKeeper;
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
  readonly #server: RpcAddress;
  readonly #route: RpcRoute;
  readonly #options: RpcClientOptions;
  readonly #webSocket: RpcWebSocketConstructor;
  readonly #served: ReadonlyMap<string, RpcServedMethod>;
  readonly #listeners = new Set<(state: RpcClientState, reason: RpcStateReason | undefined) => void>();
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
  /** How many messages have come. */
  #heard = 0;
  #failures = 0;
  /** Until the next attempt, or, while there is a connection, until the heartbeat looks after it. */
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastId = 0;

  protected constructor(server: RpcAddress, route: RpcRoute, options: RpcClientOptions) {
    const webSocket = options.WebSocket ?? (globalThis as { readonly WebSocket?: RpcWebSocketConstructor }).WebSocket;
    if (webSocket === undefined) throw new TypeError("There is no WebSocket here: give one as options.WebSocket.");
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

  /** Calls the listener at each change of the state, with the reason if it is now `waiting` or `closed`. Returns what ends that. */
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
    // What has not gone out need not be called back.
    if (!this.#waiting.delete(id)) this.#socket?.send(JSON.stringify({ jsonrpc: "2.0", method: "$/cancelRequest", params: { id } }));
  }

  #send(id: number, text: string): void {
    // In a socket that is closing it would be lost, and the close event tells that only later.
    if (this.#state === "open" && this.#socket?.readyState === 1) this.#socket.send(text);
    else this.#waiting.set(id, text);
  }

  #connect(): void {
    const { protocols = this.#route.protocols, accessToken } = this.#options;
    const server = this.#server;
    // What need not be asked for is used at once: a wrong address is an error of the constructor.
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
    // Later than the constructor, whose caller can then hear of what comes of it.
    await undefined;
    if (this.#state !== "connecting") return;
    try {
      const [url, offered, token] = await Promise.all([
        typeof server === "function" ? server() : server,
        typeof protocols === "function" ? protocols() : protocols,
        typeof accessToken === "function" ? accessToken() : accessToken,
      ]);
      // It may have been closed meanwhile.
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
    // A socket that is not the client's any more may still have something to say.
    const ifCurrent = (action: () => void) => (): void => {
      if (socket === this.#socket) action();
    };
    socket.addEventListener("open", ifCurrent(() => this.#opened(socket)));
    socket.addEventListener("message", (event) => ifCurrent(() => this.#received(event.data))());
    socket.addEventListener("close", (event) => ifCurrent(() => this.#ended(event.code, event.reason))());
    // The close event follows and says more, but not from every socket of node that could not connect; and of that it says just this.
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

  /** Asks the server whether it is there, unless it says something meanwhile, and goes on so. */
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
    // It may take long to close, and nobody waits for that.
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
    // By whoever was asked.
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

  /** Comes last: what hears of it may call this client, which is then in its new state. */
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
      if (this.#route.topics?.told(message as RpcMessage) !== true) void this.#serve(method, params, id);
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

// The clients.

/**
 * A connection to `/api`.
 * What the page of the admin listener calls. It works like any handler of an application.
 */
export class DashboardApiClient extends RpcClient {
  /**
   * @param server Where the server is: `wss://example.org`, or in a browser `/`, the server of the page;
   * or a function that says so before each attempt to connect.
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

  /** Closes a connection by its number. What it was; empty if it is gone. */
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

  /** Streams what is published to a topic from now on. */
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
