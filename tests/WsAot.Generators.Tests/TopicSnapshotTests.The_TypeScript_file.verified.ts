// MyApp 0.0.0, by `--describe typescript`. Do not edit: the next run overwrites this file.
/* eslint-disable */

/** Methods that the server calls. */
export interface IPrice {
  changed(price: number): void;
  closed(price: number): void;
  opened(price: number): void;
}

/** Methods that the server calls. */
export interface IChatRoom {
  said(who: string, text: string): void;
}

/** Methods that the server calls. */
export interface MyApp_INews {
  said(text: string): void;
}

/** Methods that the server calls. */
export interface MyApp_Outer_INews {
  said(text: string): void;
}

// The clients.

/** A connection to `/prices`. */
export class PricesClient extends RpcClient {
  readonly #topics: RpcTopics;

  /**
   * @param server The address of the server: `wss://example.org`, or in a browser `/` for the server of the page;
   * or a function that returns it, called before each attempt to connect.
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
  /** The same methods as notifications: the server sends no answer, not even an error. */
  readonly notify = {
    say: (room: string, text: string): void => this.notification("Say", [room, text]),
  };

  readonly #topics: RpcTopics;

  /**
   * @param server The address of the server: `wss://example.org`, or in a browser `/` for the server of the page;
   * or a function that returns it, called before each attempt to connect.
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
