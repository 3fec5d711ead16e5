export class RpcError extends Error {
    name = "RpcError";
    code;
    data;
    constructor(code, message, data) {
        super(message);
        this.code = code;
        this.data = data;
    }
}
export class RpcConnectionError extends Error {
    name = "RpcConnectionError";
    closeCode;
    closeReason;
    constructor(message, closeCode, closeReason = "") {
        super(message);
        this.closeCode = closeCode;
        this.closeReason = closeReason;
    }
}
const rpcFinalCloseCodes = [1000, 1002, 1003, 1007, 1010];
class RpcItems {
    #call;
    #signal;
    #cancel;
    #state = "new";
    #ready = [];
    #coming = [];
    #failure;
    #takers = [];
    constructor(call, signal) {
        this.#call = call;
        this.#signal = signal;
    }
    [Symbol.asyncIterator]() {
        return this;
    }
    next() {
        if (this.#signal?.aborted === true && this.#state !== "told")
            this.#end({ error: this.#signal.reason });
        if (this.#state === "new")
            this.#begin();
        if (this.#ready.length === 0) {
            this.#ready = this.#coming.reverse();
            this.#coming = [];
        }
        if (this.#ready.length > 0)
            return Promise.resolve({ done: false, value: this.#ready.pop() });
        return this.#state === "running" ? new Promise((resolve) => this.#takers.push(resolve)) : this.#tell();
    }
    return() {
        const cancel = this.#cancel;
        this.#end(undefined);
        this.#state = "told";
        this.#drop();
        cancel?.();
        return this.#tell();
    }
    #begin() {
        this.#state = "running";
        const cancel = this.#call({
            resolve: () => this.#end(undefined),
            reject: (error) => this.#end({ error }),
            onItem: (item) => this.#add(item),
        });
        this.#cancel = cancel;
    }
    #add(item) {
        const taker = this.#takers.shift();
        if (taker === undefined)
            this.#coming.push(item);
        else
            taker({ done: false, value: item });
    }
    #end(failure) {
        this.#state = "ended";
        this.#failure = failure;
        this.#cancel = undefined;
        if (this.#signal?.aborted === true)
            this.#drop();
        for (const taker of this.#takers.splice(0))
            taker(this.#tell());
    }
    #drop() {
        this.#ready = [];
        this.#coming = [];
    }
    #tell() {
        const failure = this.#failure;
        this.#failure = undefined;
        this.#state = "told";
        return failure === undefined ? Promise.resolve({ done: true, value: undefined }) : Promise.reject(failure.error);
    }
}
export class RpcClient {
    #server;
    #route;
    #options;
    #webSocket;
    #served;
    #listeners = new Set();
    #pending = new Map();
    #waiting = new Map();
    #serving = new Map();
    #state = "connecting";
    #cause;
    #socket;
    #openedAt = 0;
    #heard = 0;
    #failures = 0;
    #timer;
    #lastId = 0;
    constructor(server, route, options) {
        const webSocket = options.WebSocket ?? globalThis.WebSocket;
        if (webSocket === undefined)
            throw new TypeError("This platform has no WebSocket: pass one as options.WebSocket.");
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
    get state() {
        return this.#state;
    }
    onStateChange(listener) {
        this.#listeners.add(listener);
        return () => void this.#listeners.delete(listener);
    }
    close() {
        const error = new RpcConnectionError("The client was closed.", 1000);
        this.#end(error, { kind: "closed", closeCode: 1000, closeReason: "", error, delayMs: undefined });
    }
    request(method, params, options) {
        return new Promise((resolve, reject) => {
            this.#call(method, params, options?.signal, { resolve, reject, onItem: undefined });
        });
    }
    notification(method, params) {
        this.#throwIfClosed();
        this.#send(++this.#lastId, JSON.stringify({ jsonrpc: "2.0", method, params }));
    }
    stream(method, params, options) {
        const signal = options?.signal;
        return { [Symbol.asyncIterator]: () => new RpcItems((caller) => this.#call(method, params, signal, caller), signal) };
    }
    #call(method, params, signal, caller) {
        const id = ++this.#lastId;
        const abort = () => {
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
        }
        catch (error) {
            this.#take(id);
            caller.reject(error);
        }
        return () => this.#cancel(id);
    }
    #throwIfClosed() {
        if (this.#state === "closed")
            throw new RpcConnectionError("The client is closed.", this.#cause?.closeCode ?? 1000);
    }
    #take(id) {
        const call = this.#pending.get(id);
        this.#pending.delete(id);
        call?.release();
        return call;
    }
    #cancel(id) {
        if (this.#take(id) === undefined)
            return;
        if (!this.#waiting.delete(id))
            this.#socket?.send(JSON.stringify({ jsonrpc: "2.0", method: "$/cancelRequest", params: { id } }));
    }
    #send(id, text) {
        if (this.#state === "open" && this.#socket?.readyState === 1)
            this.#socket.send(text);
        else
            this.#waiting.set(id, text);
    }
    #connect() {
        const { protocols = this.#route.protocols, accessToken } = this.#options;
        const server = this.#server;
        if (typeof server !== "function" && typeof protocols !== "function" && typeof accessToken !== "function") {
            this.#open(server, protocols, accessToken);
            this.#setState("connecting", undefined);
        }
        else {
            this.#setState("connecting", undefined);
            void this.#ask();
        }
    }
    async #ask() {
        const { protocols = this.#route.protocols, accessToken } = this.#options;
        const server = this.#server;
        await undefined;
        if (this.#state !== "connecting")
            return;
        try {
            const [url, offered, token] = await Promise.all([
                typeof server === "function" ? server() : server,
                typeof protocols === "function" ? protocols() : protocols,
                typeof accessToken === "function" ? accessToken() : accessToken,
            ]);
            if (this.#state === "connecting")
                this.#open(url, offered, token);
        }
        catch (error) {
            if (this.#state === "connecting")
                this.#threw(error);
        }
    }
    #open(server, protocols, token) {
        const url = new URL(server, globalThis.location?.href);
        url.protocol = url.protocol.replace("http", "ws");
        url.pathname = url.pathname.replace(/\/$/, "") + this.#route.path;
        if (token !== undefined && token !== "")
            url.searchParams.set(this.#options.accessTokenName ?? "access_token", token);
        const socket = new this.#webSocket(url.href, [...protocols]);
        this.#socket = socket;
        const ifCurrent = (action) => () => {
            if (socket === this.#socket)
                action();
        };
        socket.addEventListener("open", ifCurrent(() => this.#opened(socket)));
        socket.addEventListener("message", (event) => ifCurrent(() => this.#received(event.data))());
        socket.addEventListener("close", (event) => ifCurrent(() => this.#ended(event.code, event.reason))());
        socket.addEventListener("error", ifCurrent(() => {
            if (this.#state === "connecting")
                this.#ended(1006, "");
        }));
    }
    #opened(socket) {
        this.#openedAt = Date.now();
        this.#beat();
        for (const text of this.#waiting.values())
            socket.send(text);
        this.#waiting.clear();
        this.#setState("open", undefined);
    }
    #beat() {
        const { intervalMs = 30_000, timeoutMs = 10_000 } = this.#options.heartbeat || {};
        if (this.#options.heartbeat === false)
            return;
        const heard = this.#heard;
        const unlessHeard = (action, delayMs) => {
            this.#timer = setTimeout(() => (this.#heard === heard ? action() : this.#beat()), delayMs);
        };
        unlessHeard(() => {
            this.#socket?.send(JSON.stringify({ jsonrpc: "2.0", method: "$/ping", id: ++this.#lastId }));
            unlessHeard(() => this.#died(), timeoutMs);
        }, intervalMs);
    }
    #died() {
        const socket = this.#socket;
        this.#lost("heartbeat", new RpcConnectionError("The connection was lost (the server does not answer).", 1006));
        socket?.close();
    }
    #ended(code, text) {
        const error = new RpcConnectionError(`The connection was lost (${code}${text === "" ? "" : ` ${text}`}).`, code, text);
        this.#lost(this.#state === "connecting" ? "unreachable" : "lost", error);
    }
    #threw(thrown) {
        this.#report(thrown);
        this.#lost("threw", new RpcConnectionError("The connection could not be opened.", 1006), thrown);
    }
    #lost(kind, error, thrown = error) {
        const { closeCode, closeReason } = error;
        const reason = { kind, closeCode, closeReason, error: thrown, delayMs: undefined };
        if (!this.#shouldReconnect(error)) {
            this.#end(error, reason);
            return;
        }
        if (this.#state === "closed")
            return;
        const failing = [...this.#pending.keys()].filter((id) => !this.#waiting.has(id));
        const delayMs = this.#nextDelay();
        this.#socket = undefined;
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#reconnect(), delayMs);
        this.#setState("waiting", { ...reason, delayMs });
        this.#fail(failing, error);
    }
    #shouldReconnect(lost) {
        const options = this.#options.reconnect;
        if (options === false)
            return false;
        try {
            if (options?.shouldReconnect !== undefined)
                return options.shouldReconnect(lost);
        }
        catch (error) {
            this.#report(error);
        }
        return !rpcFinalCloseCodes.includes(lost.closeCode);
    }
    #nextDelay() {
        const { initialDelayMs = 500, maxDelayMs = 30_000 } = this.#options.reconnect || {};
        if (this.#state === "open" && Date.now() - this.#openedAt >= maxDelayMs)
            this.#failures = 0;
        const delay = Math.min(maxDelayMs, initialDelayMs * 2 ** Math.min(this.#failures++, 30));
        return delay * (0.5 + Math.random() / 2);
    }
    #reconnect() {
        try {
            this.#connect();
        }
        catch (error) {
            this.#threw(error);
        }
    }
    #end(error, reason) {
        if (this.#state === "closed")
            return;
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
    #fail(calls, error) {
        for (const id of calls)
            this.#take(id)?.reject(error);
        const serving = [...this.#serving.values()];
        this.#serving.clear();
        for (const controller of serving)
            controller.abort(error);
    }
    #setState(state, reason) {
        if (state === this.#state)
            return;
        this.#state = state;
        for (const listener of [...this.#listeners]) {
            try {
                listener(state, reason);
            }
            catch (error) {
                this.#report(error);
            }
        }
    }
    #received(data) {
        this.#heard++;
        if (typeof data !== "string")
            return;
        let messages;
        try {
            messages = JSON.parse(data);
        }
        catch (error) {
            this.#report(error);
            return;
        }
        for (const message of Array.isArray(messages) ? messages : [messages])
            this.#dispatch(message);
    }
    #dispatch(message) {
        const { id, method, params, result, error } = (message ?? {});
        if (method === "$/progress") {
            const { token, value } = (params ?? {});
            this.#pending.get(token)?.onItem?.(value);
        }
        else if (method === "$/cancelRequest") {
            this.#serving.get((params ?? {}).id)?.abort();
        }
        else if (typeof method === "string") {
            if (this.#route.topics?.told(message) !== true)
                void this.#serve(method, params, id);
        }
        else if (id === undefined || (result === undefined && !error)) {
            this.#report(new TypeError(`This is not a JSON-RPC message: ${JSON.stringify(message)}`));
        }
        else if (id === null && error) {
            this.#report(new RpcError(error.code, error.message, error.data));
        }
        else {
            this.#answered(message);
        }
    }
    #answered({ id, result, error }) {
        const call = this.#take(id);
        if (error)
            call?.reject(new RpcError(error.code, error.message, error.data));
        else
            call?.resolve(result);
    }
    async #serve(name, params, id) {
        const controller = new AbortController();
        const key = id === undefined ? controller : id;
        this.#serving.set(key, controller);
        let answer;
        try {
            const method = this.#served.get(name);
            if (method === undefined)
                throw new RpcError(-32601, "Method not found", name);
            const args = Array.isArray(params)
                ? params
                : method.parameters.map((parameter) => params?.[parameter]);
            answer = JSON.stringify({ jsonrpc: "2.0", id, result: (await method.call(args, controller.signal)) ?? null });
        }
        catch (error) {
            answer = this.#failure(id, error, controller.signal);
        }
        if (this.#serving.get(key) !== controller)
            return;
        this.#serving.delete(key);
        if (id !== undefined)
            this.#socket?.send(answer);
    }
    #failure(id, error, signal) {
        const failed = error instanceof RpcError ? error : signal.aborted ? new RpcError(-32800, "Request cancelled") : undefined;
        if (failed === undefined || (id === undefined && !signal.aborted))
            this.#report(error);
        const { code, message, data } = failed ?? new RpcError(-32603, "Internal error");
        try {
            return JSON.stringify({ jsonrpc: "2.0", id, error: { code, message, data } });
        }
        catch (notJson) {
            this.#report(notJson);
            return JSON.stringify({ jsonrpc: "2.0", id, error: { code, message } });
        }
    }
    #report(error) {
        try {
            (this.#options.onError ?? console.error)(error);
        }
        catch (another) {
            console.error(error, another);
        }
    }
}
export class DashboardApiClient extends RpcClient {
    constructor(server, options = {}) {
        super(server, {
            path: "/api",
            protocols: ["wsaot.admin"],
            served: {},
        }, options);
    }
    closeConnection(id, code, reason, options) {
        return this.request("closeConnection", { id, code, reason }, options);
    }
    connection(id, options) {
        return this.request("connection", [id], options);
    }
    info(options) {
        return this.request("info", [], options);
    }
    listen(topic, options) {
        return this.stream("listen", [topic], options);
    }
    refusals(options) {
        return this.request("refusals", [], options);
    }
    routes(options) {
        return this.request("routes", [], options);
    }
    samples(options) {
        return this.stream("samples", [], options);
    }
    slowest(count, options) {
        return this.request("slowest", { count }, options);
    }
    topics(count, options) {
        return this.request("topics", { count }, options);
    }
}
