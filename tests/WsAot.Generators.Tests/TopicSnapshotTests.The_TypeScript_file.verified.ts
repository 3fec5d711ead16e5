// MyApp 0.0.0, by `--describe typescript`. What is changed here is lost when that is done again.
/* eslint-disable */

/** What the server calls. */
export interface IPrice {
  changed(price: number): void;
  closed(price: number): void;
  opened(price: number): void;
}

/** What the server calls. */
export interface IChatRoom {
  said(who: string, text: string): void;
}

/** What the server calls. */
export interface MyApp_INews {
  said(text: string): void;
}

/** What the server calls. */
export interface MyApp_Outer_INews {
  said(text: string): void;
}

// The clients.

/** A connection to `/prices`. */
export class PricesClient extends RpcClient {
  readonly #topics: RpcTopics;

  /**
   * @param server Where the server is: `wss://example.org`, or in a browser `/`, the server of the page;
   * or a function that says so before each attempt to connect.
   */
  constructor(server: RpcAddress, options: RpcClientOptions = {}) {
    const topics = new RpcTopics();
    super(
      server,
      {
        path: "/prices",
        protocols: [],
        served: {},
        topics,
      },
      options,
    );
    this.#topics = topics;
  }

  /** A topic `prices/{topics}/of/{day}`. */
  price(topics: number, day: string): RpcTopic<IPrice> {
    return this.#topics.topic(`prices/${this.#topics.value(topics)}/of/${this.#topics.value(day.toLowerCase())}`, {
      Changed: (handlers, args) => handlers.changed?.(args[0] as number),
      Closed: (handlers, args) => handlers.closed?.(args[0] as number),
      Opened: (handlers, args) => handlers.opened?.(args[0] as number),
    });
  }
}

/** A connection to `/rpc`. */
export class ApiClient extends RpcClient {
  /** The same methods, called without waiting for an answer: there is none, be it an error. */
  readonly notify = {
    say: (room: string, text: string): void => this.notification("Say", [room, text]),
  };

  readonly #topics: RpcTopics;

  /**
   * @param server Where the server is: `wss://example.org`, or in a browser `/`, the server of the page;
   * or a function that says so before each attempt to connect.
   */
  constructor(server: RpcAddress, options: RpcClientOptions = {}) {
    const topics = new RpcTopics();
    super(
      server,
      {
        path: "/rpc",
        protocols: [],
        served: {},
        topics,
      },
      options,
    );
    this.#topics = topics;
  }

  say(room: string, text: string, options?: RpcCallOptions): Promise<void> {
    return this.request("Say", [room, text], options);
  }

  /** A topic `chat/{room}`. */
  chatRoom(room: string): RpcTopic<IChatRoom> {
    return this.#topics.topic(`chat/${this.#topics.value(room)}`, {
      Said: (handlers, args) => handlers.said?.(args[0] as string, args[1] as string),
    });
  }

  /** A topic `prices/{topics}/of/{day}`. */
  price(topics: number, day: string): RpcTopic<IPrice> {
    return this.#topics.topic(`prices/${this.#topics.value(topics)}/of/${this.#topics.value(day.toLowerCase())}`, {
      Changed: (handlers, args) => handlers.changed?.(args[0] as number),
      Closed: (handlers, args) => handlers.closed?.(args[0] as number),
      Opened: (handlers, args) => handlers.opened?.(args[0] as number),
    });
  }

  /** A topic `news`. */
  news(): RpcTopic<MyApp_INews> {
    return this.#topics.topic("news", {
      Said: (handlers, args) => handlers.said?.(args[0] as string),
    });
  }

  /** A topic `outer/{class}`. */
  news_2(class_: string): RpcTopic<MyApp_Outer_INews> {
    return this.#topics.topic(`outer/${this.#topics.value(class_)}`, {
      Said: (handlers, args) => handlers.said?.(args[0] as string),
    });
  }
}
