// MyApp 0.0.0, by `--describe typescript`. Do not edit: the next run overwrites this file.
/* eslint-disable */

/** A moment: `2026-01-31T12:00:00+01:00`, for `new Date(...)`; `date.toISOString()` makes one. */
export type IsoDateTime = string;

/** A length of time, `[-][days.]hours:minutes:seconds[.fraction]`: `1.12:00:00.5`. */
export type TimeSpan = string;

export interface Message {
  Who: string;
  Text: string;
  Mood: Mood;
}

export const Mood = {
  Fine: 0,
  Grim: 5,
} as const;
export type Mood = (typeof Mood)[keyof typeof Mood];

export interface Tick {
  /** From 1. */
  Number: number;
  At: IsoDateTime;
}

/** What a client shows. */
export interface IChatClient {
  /** Asks the person. */
  askName(signal: AbortSignal): string | Promise<string>;
  said(who: string, text: string): void;
}

// The clients.

export interface CalculatorClientOptions extends RpcClientOptions {
  /** Methods that the server calls. */
  readonly handlers: IChatClient;
}

/**
 * A connection to `/rpc`.
 * Counts, and says what it is told.
 */
export class CalculatorClient extends RpcClient {
  /** The same methods as notifications: the server sends no answer, not even an error. */
  readonly notify = {
    say: (message: Message): void => this.notification("Say", [message]),
  };

  /**
   * @param server The address of the server: `wss://example.org`, or in a browser `/` for the server of the page;
   * or a function that returns it, called before each attempt to connect.
   */
  constructor(server: RpcAddress, options: CalculatorClientOptions) {
    super(
      server,
      {
        path: "/rpc",
        protocols: ["calc.v1"],
        served: {
          AskName: { parameters: [], call: (args, signal) => options.handlers.askName(signal) },
          Said: { parameters: ["who", "text"], call: (args) => options.handlers.said(args[0] as string, args[1] as string) },
        },
      },
      options,
    );
  }

  say(message: Message, options?: RpcCallOptions): Promise<void> {
    return this.request("Say", [message], options);
  }

  /**
   * The sum of numbers.
   * @param numbers What is added.
   * @returns Zero for none.
   */
  sum(numbers: readonly number[], options?: RpcCallOptions): Promise<number> {
    return this.request("Sum", [numbers], options);
  }

  /** A tick each second. */
  clockTicks(count: number, every?: TimeSpan | null, options?: RpcCallOptions): RpcStream<Tick> {
    return this.stream("clock/ticks", { count, every }, options);
  }

  close_2(class_: boolean, options?: RpcCallOptions): Promise<Message | null> {
    return this.request("close", [class_], options);
  }
}
