/** A position in a topic: the last message that was handled. To continue from there later, store it and pass it as `since`. */
export interface RpcPosition {
  readonly epoch: number;
  readonly offset: number;
}

/** A subscriber of a topic. */
export interface RpcMember {
  /** The connection. */
  readonly id: string;
  /** Absent if the server knows no user for the connection. */
  readonly user?: string;
}

/** The server's answer to a subscription. */
export interface RpcSubscribed {
  readonly position: RpcPosition;
  /** False: messages between the last one that was handled and `position` are lost. */
  readonly recovered: boolean;
  /** The id of this client among the members. Undefined for a topic without presence. */
  readonly member: string | undefined;
}

/** The handlers of a subscription beside those of the topic's messages. */
export interface RpcTopicHandlers {
  /** The client is subscribed: the first time, after each reconnect, and after each gap. The messages that it missed come next. */
  readonly onSubscribed?: ((subscribed: RpcSubscribed) => void) | undefined;
  /** Messages are lost. Load the current state from elsewhere. */
  readonly onGap?: (() => void) | undefined;
  /** These members have joined; the first time, all that are present. Only with `presence`. */
  readonly onJoined?: ((members: readonly RpcMember[]) => void) | undefined;
  /** These members have left. Only with `presence`. */
  readonly onLeft?: ((members: readonly RpcMember[]) => void) | undefined;
  /** The server has ended the subscription for good. Default: calls the client's `onError`. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

export interface RpcSubscribeOptions {
  /** The server first sends the messages after this position. `"now"`: new messages only. Default: all that the topic keeps. */
  readonly since?: RpcPosition | "now" | undefined;
  /** Whether to get the members that are present. An error if the topic has no presence. */
  readonly presence?: boolean | undefined;
}

/** A subscription. It is restored when the client reconnects. */
export interface RpcSubscription {
  readonly topic: string;
  /** The server's first answer. Rejected if the server refuses, or if the client is closed before. */
  readonly ready: Promise<RpcSubscribed>;
  /** The last message that was handled. Undefined before the first answer. */
  readonly position: RpcPosition | undefined;
  /**
   * The id of this client in `present`; it changes with each reconnect. Undefined before the first answer, and for a topic without
   * presence.
   */
  readonly member: string | undefined;
  /** The members that are present, by the ids of their connections. Empty without `presence`. */
  readonly present: ReadonlyMap<string, RpcMember>;
  /** Ends the subscription: no handler is called any more. */
  unsubscribe(): void;
}

/** A topic. A client can have one subscription to it at a time. */
export interface RpcTopic<TMessages> {
  readonly name: string;
  subscribe(handlers: Partial<TMessages> & RpcTopicHandlers, options?: RpcSubscribeOptions): RpcSubscription;
}

/** How the messages of a topic are passed to their handlers, by their names. */
type RpcTopicMessages<TMessages> = Readonly<Record<string, (handlers: Partial<TMessages>, args: readonly unknown[]) => unknown>>;

/** A message of a topic, or a notification about one. */
interface RpcTopicMessage extends RpcMessage {
  readonly topic?: unknown;
  readonly offset?: number;
  readonly before?: number;
}

/** The params of `$/presence` and `$/unsubscribed`. */
interface RpcTopicNews {
  readonly topic?: unknown;
  readonly version?: number;
  readonly present?: readonly RpcMember[];
  readonly joined?: readonly RpcMember[];
  readonly left?: readonly string[];
  readonly code?: number;
  readonly message?: string;
}

/** The result of `$/subscribe`. */
interface RpcTopicAnswer {
  readonly epoch: number;
  readonly offset: number;
  readonly recovered: boolean;
  readonly member?: string;
}

/** How many subscriptions wait for their answers at once. */
const rpcMostSubscribing = 8;
/**
 * Errors after which the client tries again: too many calls, the application threw, too many subscriptions per second, the topic is full,
 * its store is not available, its epoch has ended.
 */
const rpcPassingErrors: readonly number[] = [-32000, -32603, -32004, -32005, -32006, -32007];

class RpcTopicSubscription implements RpcSubscription {
  readonly topic: string;
  readonly ready: Promise<RpcSubscribed>;
  readonly #handlers: RpcTopicHandlers;
  readonly #call: (method: string, args: readonly unknown[]) => unknown;
  readonly #options: RpcSubscribeOptions;
  readonly #keeper: RpcTopics;
  readonly #present = new Map<string, RpcMember>();
  #resolve: (subscribed: RpcSubscribed) => void = () => undefined;
  #reject: (error: unknown) => void = () => undefined;
  #position: RpcPosition | undefined;
  #member: string | undefined;
  #version = 0;
  #isLive = false;
  /** Whether the server has the subscription, even while the client asks for it again. */
  #isThere = false;
  #isEnded = false;
  /** Whether messages may have been missed while there was no connection. */
  #isBroken = false;
  /**
   * The offset before a gap for which the client has subscribed again. If the gap is still there after the answer, asking again would not
   * help.
   */
  #askedFrom: number | undefined;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    topic: string,
    handlers: RpcTopicHandlers,
    call: (method: string, args: readonly unknown[]) => unknown,
    options: RpcSubscribeOptions,
    keeper: RpcTopics,
  ) {
    this.topic = topic;
    this.#handlers = handlers;
    this.#call = call;
    this.#options = options;
    this.#keeper = keeper;
    this.ready = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // Code that does not wait for `ready` has `onError`.
    this.ready.catch(() => undefined);
  }

  get position(): RpcPosition | undefined {
    return this.#position;
  }

  get member(): string | undefined {
    return this.#member;
  }

  get present(): ReadonlyMap<string, RpcMember> {
    return this.#present;
  }

  get isEnded(): boolean {
    return this.#isEnded;
  }

  /** The params of `$/subscribe`. */
  get params(): unknown {
    // A topic that keeps nothing has the epoch 0. It has no messages after a position.
    const since = this.#position === undefined ? this.#options.since : this.#position.epoch === 0 ? undefined : this.#position;
    return { topic: this.topic, since, presence: this.#options.presence === true ? true : undefined };
  }

  unsubscribe(): void {
    if (this.#isEnded) return;
    const wasThere = this.#isThere;
    this.#end(new Error("The subscription was ended."));
    this.#keeper.leave(this, wasThere);
  }

  /** The connection was lost. */
  pause(): void {
    this.#isLive = false;
    this.#isThere = false;
    this.#isBroken = this.#position !== undefined;
    clearTimeout(this.#timer);
  }

  closed(error: unknown): void {
    this.#end(error);
  }

  answered(answer: RpcTopicAnswer): void {
    const { epoch, offset, member } = answer;
    // If a topic keeps nothing, messages from the time without a connection are lost, whatever the server answers.
    const recovered = answer.recovered && !(epoch === 0 && this.#isBroken);
    const subscribed = { position: { epoch, offset }, recovered, member };
    this.#position = subscribed.position;
    this.#member = member;
    this.#isLive = true;
    this.#isThere = true;
    this.#isBroken = false;
    this.#failures = 0;
    // The list of members comes after the answer, and includes all changes before it.
    this.#version = Infinity;
    this.#resolve(subscribed);
    this.#tell(() => this.#handlers.onSubscribed?.(subscribed));
    if (!recovered) this.#tell(() => this.#handlers.onGap?.());
  }

  refused(error: unknown): void {
    if (!(error instanceof RpcError) || !rpcPassingErrors.includes(error.code)) {
      this.#fail(error);
      return;
    }
    const { retryAfterMs } = (error.data ?? {}) as { readonly retryAfterMs?: number };
    // All topics of the connection share this limit.
    if (error.code === -32004) this.#keeper.rest(retryAfterMs ?? 1000);
    const delayMs = error.code === -32004 ? 0 : Math.min(30_000, 500 * 2 ** Math.min(this.#failures++, 30)) * (0.5 + Math.random() / 2);
    this.#timer = setTimeout(() => this.#keeper.ask(this), delayMs);
  }

  heard({ method, params, offset, before }: RpcTopicMessage): void {
    const position = this.#position;
    if (position === undefined) return;
    if (offset !== undefined) {
      // Messages that come before the answer come again after it.
      if (!this.#isLive) return;
      if (offset <= position.offset) return;
      if (before !== position.offset && this.#askedFrom !== position.offset) {
        this.#askedFrom = position.offset;
        this.#askAgain();
        return;
      }
      this.#askedFrom = undefined;
      // Do this first: a message counts as handled even if its handler throws.
      this.#position = { epoch: position.epoch, offset };
      if (before !== position.offset) this.#tell(() => this.#handlers.onGap?.());
    }
    this.#tell(() => this.#call(method as string, Array.isArray(params) ? (params as readonly unknown[]) : []));
  }

  presence({ version = 0, present, joined = [], left = [] }: RpcTopicNews): void {
    if (!this.#isLive) return;
    if (present !== undefined) {
      this.#version = version;
      const ids = new Set(present.map((member) => member.id));
      this.#change([...this.#present.keys()].filter((id) => !ids.has(id)), present);
      return;
    }
    if (version <= this.#version) return;
    if (version > this.#version + 1) {
      this.#askAgain();
      return;
    }
    this.#version = version;
    this.#change(left, joined);
  }

  unsubscribed({ code = 0, message = "" }: RpcTopicNews): void {
    if (!this.#isLive) return;
    this.pause();
    this.refused(new RpcError(code, message));
  }

  #askAgain(): void {
    this.#isLive = false;
    this.#keeper.ask(this);
  }

  #change(left: readonly string[], joined: readonly RpcMember[]): void {
    const gone = left.flatMap((id) => this.#present.get(id) ?? []);
    for (const { id } of gone) this.#present.delete(id);
    const come = joined.filter(({ id }) => !this.#present.has(id));
    for (const member of come) this.#present.set(member.id, member);
    if (gone.length > 0) this.#tell(() => this.#handlers.onLeft?.(gone));
    if (come.length > 0) this.#tell(() => this.#handlers.onJoined?.(come));
  }

  #fail(error: unknown): void {
    const { onError } = this.#handlers;
    this.#end(error);
    this.#keeper.forget(this);
    try {
      if (onError === undefined) this.#keeper.report(error);
      else onError(error);
    } catch (another) {
      this.#keeper.report(another);
    }
  }

  #end(error: unknown): void {
    this.pause();
    this.#isEnded = true;
    this.#reject(error);
  }

  /** Calls a handler and reports its exception. Calls none after `unsubscribe`, which another handler may have called. */
  #tell(handler: () => unknown): void {
    if (this.#isEnded) return;
    try {
      const result = handler();
      if (result instanceof Promise) result.catch((error: unknown) => this.#keeper.report(error));
    } catch (error) {
      this.#keeper.report(error);
    }
  }
}

/** The subscriptions of a client. */
class RpcTopics implements RpcTopicKeeper {
  readonly #subscriptions = new Map<string, RpcTopicSubscription>();
  /** The subscriptions to ask for, in order. */
  readonly #waiting = new Set<RpcTopicSubscription>();
  /** The subscriptions whose answer is pending, by their topics, with a function that cancels the call. */
  readonly #asking = new Map<string, () => void>();
  #link: RpcLink | undefined;
  #isOpen = false;
  /** Why the client is closed. */
  #closed: unknown;
  /** The time until the server accepts subscriptions again. */
  #resting: ReturnType<typeof setTimeout> | undefined;

  attach(link: RpcLink): void {
    this.#link = link;
    link.onStateChange((state, reason) => this.#changed(state, reason));
  }

  told(message: RpcTopicMessage): boolean {
    const { method, topic } = message;
    if (method === "$/presence" || method === "$/unsubscribed") {
      const news = (message.params ?? {}) as RpcTopicNews;
      const subscription = this.#subscriptions.get(news.topic as string);
      if (method === "$/presence") subscription?.presence(news);
      else subscription?.unsubscribed(news);
      return true;
    }
    if (typeof topic !== "string") return false;
    this.#subscriptions.get(topic)?.heard(message);
    return true;
  }

  /** A value as it is written in the name of a topic. */
  value(value: string | number): string {
    if (typeof value === "number" ? Number.isSafeInteger(value) : value !== "" && !value.includes("/")) return String(value);
    throw new TypeError(`${JSON.stringify(value)} cannot be in the name of a topic: it is empty, has a "/", or is not a whole number.`);
  }

  topic<TMessages>(name: string, messages: RpcTopicMessages<TMessages>): RpcTopic<TMessages> {
    return {
      name,
      subscribe: (handlers, options = {}) => {
        if (this.#subscriptions.has(name)) throw new Error(`The client is already subscribed to ${JSON.stringify(name)}.`);
        // Ignore messages that this client does not know yet.
        const call = (method: string, args: readonly unknown[]): unknown => messages[method]?.(handlers, args);
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

  /** Subscribes as soon as possible. */
  ask(subscription: RpcTopicSubscription): void {
    if (subscription.isEnded) return;
    this.#waiting.add(subscription);
    this.#pump();
  }

  /** Sends no subscriptions for a while. */
  rest(delayMs: number): void {
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => {
      this.#resting = undefined;
      this.#pump();
    }, delayMs);
  }

  leave(subscription: RpcTopicSubscription, wasThere: boolean): void {
    this.forget(subscription);
    if (wasThere) this.#unsubscribe(subscription.topic);
  }

  forget(subscription: RpcTopicSubscription): void {
    this.#subscriptions.delete(subscription.topic);
    this.#waiting.delete(subscription);
  }

  report(error: unknown): void {
    this.#link?.report(error);
  }

  #pump(): void {
    const link = this.#link;
    if (!this.#isOpen || this.#resting !== undefined || link === undefined) return;
    for (const subscription of [...this.#waiting]) {
      if (this.#asking.size >= rpcMostSubscribing) return;
      // A former subscription to the same topic, ended meanwhile, must be answered first.
      if (this.#asking.has(subscription.topic)) continue;
      this.#waiting.delete(subscription);
      this.#subscribe(subscription, link);
    }
  }

  #subscribe(subscription: RpcTopicSubscription, link: RpcLink): void {
    const { topic } = subscription;
    this.#asking.set(topic, () => undefined);
    const cancel = link.call("$/subscribe", subscription.params, {
      resolve: (answer) => {
        this.#asking.delete(topic);
        if (subscription.isEnded) this.#unsubscribe(topic);
        else subscription.answered(answer as RpcTopicAnswer);
        this.#pump();
      },
      reject: (error) => {
        this.#asking.delete(topic);
        if (!subscription.isEnded) subscription.refused(error);
        this.#pump();
      },
      onItem: undefined,
    });
    if (this.#asking.has(topic)) this.#asking.set(topic, cancel);
  }

  #unsubscribe(topic: string): void {
    if (!this.#isOpen) return;
    this.#link?.call("$/unsubscribe", { topic }, { resolve: () => undefined, reject: () => undefined, onItem: undefined });
  }

  #changed(state: RpcClientState, reason: RpcStateReason | undefined): void {
    this.#isOpen = state === "open";
    if (state === "open") {
      for (const subscription of this.#subscriptions.values()) this.#waiting.add(subscription);
      this.#pump();
      return;
    }
    clearTimeout(this.#resting);
    this.#resting = undefined;
    // Otherwise these calls would be sent on the next connection, beside those that are made there.
    const asking = [...this.#asking.values()];
    this.#asking.clear();
    for (const forget of asking) forget();
    for (const subscription of this.#subscriptions.values()) subscription.pause();
    if (state !== "closed") return;
    this.#closed = reason?.error;
    const ended = [...this.#subscriptions.values()];
    this.#subscriptions.clear();
    this.#waiting.clear();
    for (const subscription of ended) subscription.closed(reason?.error);
  }
}
