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
const rpcMostSubscribing = 8;
const rpcPassingErrors = [-32000, -32603, -32004, -32005, -32006, -32007];
class RpcTopicSubscription {
    topic;
    ready;
    #handlers;
    #call;
    #options;
    #keeper;
    #present = new Map();
    #resolve = () => undefined;
    #reject = () => undefined;
    #position;
    #member;
    #version = 0;
    #isLive = false;
    #isThere = false;
    #isEnded = false;
    #isBroken = false;
    #askedFrom;
    #failures = 0;
    #timer;
    constructor(topic, handlers, call, options, keeper) {
        this.topic = topic;
        this.#handlers = handlers;
        this.#call = call;
        this.#options = options;
        this.#keeper = keeper;
        this.ready = new Promise((resolve, reject) => {
            this.#resolve = resolve;
            this.#reject = reject;
        });
        this.ready.catch(() => undefined);
    }
    get position() {
        return this.#position;
    }
    get member() {
        return this.#member;
    }
    get present() {
        return this.#present;
    }
    get isEnded() {
        return this.#isEnded;
    }
    get params() {
        const since = this.#position === undefined ? this.#options.since : this.#position.epoch === 0 ? undefined : this.#position;
        return { topic: this.topic, since, presence: this.#options.presence === true ? true : undefined };
    }
    unsubscribe() {
        if (this.#isEnded)
            return;
        const wasThere = this.#isThere;
        this.#end(new Error("The subscription was ended."));
        this.#keeper.leave(this, wasThere);
    }
    pause() {
        this.#isLive = false;
        this.#isThere = false;
        this.#isBroken = this.#position !== undefined;
        clearTimeout(this.#timer);
    }
    closed(error) {
        this.#end(error);
    }
    answered(answer) {
        const { epoch, offset, member } = answer;
        const recovered = answer.recovered && !(epoch === 0 && this.#isBroken);
        const subscribed = { position: { epoch, offset }, recovered, member };
        this.#position = subscribed.position;
        this.#member = member;
        this.#isLive = true;
        this.#isThere = true;
        this.#isBroken = false;
        this.#failures = 0;
        this.#version = Infinity;
        this.#resolve(subscribed);
        this.#tell(() => this.#handlers.onSubscribed?.(subscribed));
        if (!recovered)
            this.#tell(() => this.#handlers.onGap?.());
    }
    refused(error) {
        if (!(error instanceof RpcError) || !rpcPassingErrors.includes(error.code)) {
            this.#fail(error);
            return;
        }
        const { retryAfterMs } = (error.data ?? {});
        if (error.code === -32004)
            this.#keeper.rest(retryAfterMs ?? 1000);
        const delayMs = error.code === -32004 ? 0 : Math.min(30_000, 500 * 2 ** Math.min(this.#failures++, 30)) * (0.5 + Math.random() / 2);
        this.#timer = setTimeout(() => this.#keeper.ask(this), delayMs);
    }
    heard({ method, params, offset, before }) {
        const position = this.#position;
        if (position === undefined)
            return;
        if (offset !== undefined) {
            if (!this.#isLive)
                return;
            if (offset <= position.offset)
                return;
            if (before !== position.offset && this.#askedFrom !== position.offset) {
                this.#askedFrom = position.offset;
                this.#askAgain();
                return;
            }
            this.#askedFrom = undefined;
            this.#position = { epoch: position.epoch, offset };
            if (before !== position.offset)
                this.#tell(() => this.#handlers.onGap?.());
        }
        this.#tell(() => this.#call(method, Array.isArray(params) ? params : []));
    }
    presence({ version = 0, present, joined = [], left = [] }) {
        if (!this.#isLive)
            return;
        if (present !== undefined) {
            this.#version = version;
            const ids = new Set(present.map((member) => member.id));
            this.#change([...this.#present.keys()].filter((id) => !ids.has(id)), present);
            return;
        }
        if (version <= this.#version)
            return;
        if (version > this.#version + 1) {
            this.#askAgain();
            return;
        }
        this.#version = version;
        this.#change(left, joined);
    }
    unsubscribed({ code = 0, message = "" }) {
        if (!this.#isLive)
            return;
        this.pause();
        this.refused(new RpcError(code, message));
    }
    #askAgain() {
        this.#isLive = false;
        this.#keeper.ask(this);
    }
    #change(left, joined) {
        const gone = left.flatMap((id) => this.#present.get(id) ?? []);
        for (const { id } of gone)
            this.#present.delete(id);
        const come = joined.filter(({ id }) => !this.#present.has(id));
        for (const member of come)
            this.#present.set(member.id, member);
        if (gone.length > 0)
            this.#tell(() => this.#handlers.onLeft?.(gone));
        if (come.length > 0)
            this.#tell(() => this.#handlers.onJoined?.(come));
    }
    #fail(error) {
        const { onError } = this.#handlers;
        this.#end(error);
        this.#keeper.forget(this);
        try {
            if (onError === undefined)
                this.#keeper.report(error);
            else
                onError(error);
        }
        catch (another) {
            this.#keeper.report(another);
        }
    }
    #end(error) {
        this.pause();
        this.#isEnded = true;
        this.#reject(error);
    }
    #tell(handler) {
        if (this.#isEnded)
            return;
        try {
            const result = handler();
            if (result instanceof Promise)
                result.catch((error) => this.#keeper.report(error));
        }
        catch (error) {
            this.#keeper.report(error);
        }
    }
}
class RpcTopics {
    #subscriptions = new Map();
    #waiting = new Set();
    #asking = new Map();
    #link;
    #isOpen = false;
    #closed;
    #resting;
    attach(link) {
        this.#link = link;
        link.onStateChange((state, reason) => this.#changed(state, reason));
    }
    told(message) {
        const { method, topic } = message;
        if (method === "$/presence" || method === "$/unsubscribed") {
            const news = (message.params ?? {});
            const subscription = this.#subscriptions.get(news.topic);
            if (method === "$/presence")
                subscription?.presence(news);
            else
                subscription?.unsubscribed(news);
            return true;
        }
        if (typeof topic !== "string")
            return false;
        this.#subscriptions.get(topic)?.heard(message);
        return true;
    }
    value(value) {
        if (typeof value === "number" ? Number.isSafeInteger(value) : value !== "" && !value.includes("/"))
            return String(value);
        throw new TypeError(`${JSON.stringify(value)} cannot be in the name of a topic: it is empty, has a "/", or is not a whole number.`);
    }
    topic(name, messages) {
        return {
            name,
            subscribe: (handlers, options = {}) => {
                if (this.#subscriptions.has(name))
                    throw new Error(`The client is already subscribed to ${JSON.stringify(name)}.`);
                const call = (method, args) => messages[method]?.(handlers, args);
                const subscription = new RpcTopicSubscription(name, handlers, call, options, this);
                if (this.#closed !== undefined) {
                    subscription.closed(this.#closed);
                    return subscription;
                }
                this.#subscriptions.set(name, subscription);
                this.ask(subscription);
                return subscription;
            },
        };
    }
    ask(subscription) {
        if (subscription.isEnded)
            return;
        this.#waiting.add(subscription);
        this.#pump();
    }
    rest(delayMs) {
        clearTimeout(this.#resting);
        this.#resting = setTimeout(() => {
            this.#resting = undefined;
            this.#pump();
        }, delayMs);
    }
    leave(subscription, wasThere) {
        this.forget(subscription);
        if (wasThere)
            this.#unsubscribe(subscription.topic);
    }
    forget(subscription) {
        this.#subscriptions.delete(subscription.topic);
        this.#waiting.delete(subscription);
    }
    report(error) {
        this.#link?.report(error);
    }
    #pump() {
        const link = this.#link;
        if (!this.#isOpen || this.#resting !== undefined || link === undefined)
            return;
        for (const subscription of [...this.#waiting]) {
            if (this.#asking.size >= rpcMostSubscribing)
                return;
            if (this.#asking.has(subscription.topic))
                continue;
            this.#waiting.delete(subscription);
            this.#subscribe(subscription, link);
        }
    }
    #subscribe(subscription, link) {
        const { topic } = subscription;
        this.#asking.set(topic, () => undefined);
        const cancel = link.call("$/subscribe", subscription.params, {
            resolve: (answer) => {
                this.#asking.delete(topic);
                if (subscription.isEnded)
                    this.#unsubscribe(topic);
                else
                    subscription.answered(answer);
                this.#pump();
            },
            reject: (error) => {
                this.#asking.delete(topic);
                if (!subscription.isEnded)
                    subscription.refused(error);
                this.#pump();
            },
            onItem: undefined,
        });
        if (this.#asking.has(topic))
            this.#asking.set(topic, cancel);
    }
    #unsubscribe(topic) {
        if (!this.#isOpen)
            return;
        this.#link?.call("$/unsubscribe", { topic }, { resolve: () => undefined, reject: () => undefined, onItem: undefined });
    }
    #changed(state, reason) {
        this.#isOpen = state === "open";
        if (state === "open") {
            for (const subscription of this.#subscriptions.values())
                this.#waiting.add(subscription);
            this.#pump();
            return;
        }
        clearTimeout(this.#resting);
        this.#resting = undefined;
        const asking = [...this.#asking.values()];
        this.#asking.clear();
        for (const forget of asking)
            forget();
        for (const subscription of this.#subscriptions.values())
            subscription.pause();
        if (state !== "closed")
            return;
        this.#closed = reason?.error;
        const ended = [...this.#subscriptions.values()];
        this.#subscriptions.clear();
        this.#waiting.clear();
        for (const subscription of ended)
            subscription.closed(reason?.error);
    }
}
export class ChatClient extends RpcClient {
    notify = {
        say: (room, text) => this.notification("Say", [room, text]),
        write: (room) => this.notification("Write", [room]),
    };
    #topics;
    constructor(server, options = {}) {
        const topics = new RpcTopics();
        super(server, {
            path: "/chat",
            protocols: [],
            served: {},
            topics,
        }, options);
        this.#topics = topics;
    }
    rooms(options) {
        return this.request("Rooms", [], options);
    }
    say(room, text, options) {
        return this.request("Say", [room, text], options);
    }
    write(room, options) {
        return this.request("Write", [room], options);
    }
    room(room) {
        return this.#topics.topic(`rooms/${this.#topics.value(room)}`, {
            Said: (handlers, args) => handlers.said?.(args[0], args[1], args[2]),
        });
    }
    writing(room) {
        return this.#topics.topic(`writing/${this.#topics.value(room)}`, {
            Writing: (handlers, args) => handlers.writing?.(args[0]),
        });
    }
}
