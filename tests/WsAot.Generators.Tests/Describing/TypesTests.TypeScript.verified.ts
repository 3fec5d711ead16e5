// MyApp 0.0.0, by `--describe typescript`. Do not edit: the next run overwrites this file.
/* eslint-disable */

/** Bytes in base64. */
export type Base64 = string;

/** A day: `2026-01-31`. */
export type IsoDate = string;

/** A moment: `2026-01-31T12:00:00+01:00`, for `new Date(...)`; `date.toISOString()` makes one. */
export type IsoDateTime = string;

/** A time of day: `12:00:00.5`. */
export type IsoTime = string;

/** A length of time, `[-][days.]hours:minutes:seconds[.fraction]`: `1.12:00:00.5`. */
export type TimeSpan = string;

/** 32 hexadecimal digits: `123e4567-e89b-12d3-a456-426614174000`. */
export type Uuid = string;

export const Access = {
  None: 0,
  Read: 1,
  Write: 2,
} as const;
export type Access = number;

export type Access_2 = string;

export interface Circle {
  radius: number;
  name: string;
}

export const Color = {
  Red: 0,
  Green: 5,
  Grün: 5,
} as const;
export type Color = (typeof Color)[keyof typeof Color];

export type Color_2 = "Red" | "deep-green" | "Grün";

/** All there is *\/. */
export interface Everything {
  bool: boolean;
  long: number;
  double: number | null;
  guid: Uuid;
  dateTime: IsoDateTime;
  date: IsoDate;
  time: IsoTime;
  span: TimeSpan;
  bytes: Base64;
  /** With code, Color & lines. */
  color: Color;
  maybeColor: Color | null;
  access: Access;
  mood: Mood;
  lists: ((string | null)[])[];
  numbers: Record<string, number[] | null>;
  page: PageOfEverything | null;
  any: unknown;
  anyObject: Record<string, unknown> | null;
  "with-dash": number;
  numberText: string;
  floats: (number | "NaN" | "Infinity" | "-Infinity")[];
  computed?: number;
  [name: string]: unknown;
}

/** All there is *\/. */
export interface Everything_2 {
  bool: boolean;
  long: number;
  double?: number | null;
  guid: Uuid;
  date_time: IsoDateTime;
  date: IsoDate;
  time: IsoTime;
  span: TimeSpan;
  bytes: Base64;
  /** With code, Color & lines. */
  color: Color_2;
  maybe_color?: Color_2 | null;
  access: Access_2;
  mood: Mood;
  lists: ((string | null)[])[];
  numbers: Record<string, number[] | null>;
  page?: PageOfEverything_2 | null;
  any: unknown;
  any_object?: Record<string, unknown> | null;
  "with-dash": number;
  number_text: string;
  floats: (number | "NaN" | "Infinity" | "-Infinity")[];
  computed?: number;
  [name: string]: unknown;
}

export interface Group {
  shapes: Shape[];
  name: string;
}

/** Never "null". */
export type Mood = "Fine" | "Grim";

export interface MyApp_Error {
  text: string;
}

export interface MyApp_Other_Error {
  text: string;
}

export interface Nothing {
  name: string;
}

export interface PageOfEverything {
  item: Everything;
  next: PageOfEverything | null;
}

export interface PageOfEverything_2 {
  item: Everything_2;
  next?: PageOfEverything_2 | null;
}

export interface PageOfStringArray {
  item: string[];
  next: PageOfStringArray | null;
}

export interface PageOfStringArray_2 {
  item: string[];
  next?: PageOfStringArray_2 | null;
}

/** Only received. */
export interface Search {
  text?: string | null;
  limit?: number;
  who: Uuid;
}

/** Only sent. */
export interface Seen {
  count: number;
  note: string | null;
  hint?: string | null;
}

/** Only sent. */
export interface Seen_2 {
  count: number;
  note?: string | null;
  hint?: string | null;
}

export type Shape =
  | ({ kind: "circle" } & Circle)
  | ({ kind: 2 } & Group)
  | ({ kind: "nothing" } & Nothing)
  | { name: string };

/** Methods that the server calls. */
export interface IOther {
  rest(): void | Promise<void>;
}

/** Methods that the server calls. */
export interface IPerson {
  moved(color: Color_2, page: PageOfStringArray_2): void;
  moved_2(seen: Seen_2, signal: AbortSignal): boolean | Promise<boolean>;
}

/** Methods that the server calls. */
export interface IPerson_2 {
  moved(color: Color, page: PageOfStringArray): void;
  moved_2(seen: Seen, signal: AbortSignal): boolean | Promise<boolean>;
}

// The clients.

/** A connection to `/it's "odd"/`$%7B1%7D`/back\slash
*\/*\/`. */
export class OddLiteralClient extends RpcClient {
  /** The same methods as notifications: the server sends no answer, not even an error. */
  readonly notify = {
    call: (): void => this.notification("Call", []),
  };

  /**
   * @param server The address of the server: `wss://example.org`, or in a browser `/` for the server of the page;
   * or a function that returns it, called before each attempt to connect.
   */
  constructor(server: RpcAddress, options: RpcClientOptions = {}) {
    super(
      server,
      {
        path: "/it%27s%20%22odd%22/%60%24%7B1%7D%60/back%5Cslash%0A%2A/%2A/",
        protocols: [],
        served: {},
      },
      options,
    );
  }

  call(options?: RpcCallOptions): Promise<void> {
    return this.request("Call", [], options);
  }
}

export interface OddClientOptions extends RpcClientOptions {
  /** The values in `/it's "odd"/`$%7B1%7D`/back\slash
*\/{class}/*\/$́/{*__proto__}`. */
  readonly route: { readonly class: string | number | boolean; readonly ["__proto__"]: string };
}

/** A connection to `/it's "odd"/`$%7B1%7D`/back\slash
*\/{class}/*\/$́/{*__proto__}`. */
export class OddClient extends RpcClient {
  /** The same methods as notifications: the server sends no answer, not even an error. */
  readonly notify = {
    $1: (default_?: string | null): void => this.notification("*/ `${1}` \\ ' \" \u000a \u2028", { default: default_ }),
  };

  /**
   * @param server The address of the server: `wss://example.org`, or in a browser `/` for the server of the page;
   * or a function that returns it, called before each attempt to connect.
   */
  constructor(server: RpcAddress, options: OddClientOptions) {
    super(
      server,
      {
        path: `/it%27s%20%22odd%22/%60%24%7B1%7D%60/back%5Cslash%0A%2A/${encodeURIComponent(options.route.class)}/%2A/%24%CC%81/${options.route.__proto__.split("/").map(encodeURIComponent).join("/")}`,
        protocols: ["`$", "'"],
        served: {},
      },
      options,
    );
  }

  $1(default_?: string | null, options?: RpcCallOptions): Promise<void> {
    return this.request("*/ `${1}` \\ ' \" \u000a \u2028", { default: default_ }, options);
  }
}

export interface RoomClientOptions extends RpcClientOptions {
  /** The values in `/rooms/{room}/{number}/{*rest}`. */
  readonly route: { readonly room: string | number | boolean; readonly number: string | number | boolean; readonly rest: string };
  /** Methods that the server calls. */
  readonly handlers: IOther & IPerson;
}

/** A connection to `/rooms/{room}/{number}/{*rest}`. */
export class RoomClient extends RpcClient {
  /** The same methods as notifications: the server sends no answer, not even an error. */
  readonly notify = {
    move: (color?: Color_2, delete_?: string, options_?: string | null): void => this.notification("Move", { color, delete: delete_, options: options_ }),
  };

  /**
   * @param server The address of the server: `wss://example.org`, or in a browser `/` for the server of the page;
   * or a function that returns it, called before each attempt to connect.
   */
  constructor(server: RpcAddress, options: RoomClientOptions) {
    super(
      server,
      {
        path: `/rooms/${encodeURIComponent(options.route.room)}/${encodeURIComponent(options.route.number)}/${options.route.rest.split("/").map(encodeURIComponent).join("/")}`,
        protocols: ["rooms.v1"],
        served: {
          Rest: { parameters: [], call: () => options.handlers.rest() },
          Moved: { parameters: ["color", "page"], call: (args) => options.handlers.moved(args[0] as Color_2, args[1] as PageOfStringArray_2) },
          moved: { parameters: ["seen"], call: (args, signal) => options.handlers.moved_2(args[0] as Seen_2, signal) },
        },
      },
      options,
    );
  }

  everything(everything: Everything_2, options?: RpcCallOptions): Promise<Everything_2> {
    return this.request("Everything", [everything], options);
  }

  move(color?: Color_2, delete_?: string, options_?: string | null, options?: RpcCallOptions): Promise<void> {
    return this.request("Move", { color, delete: delete_, options: options_ }, options);
  }
}

export interface ThingsClientOptions extends RpcClientOptions {
  /** Methods that the server calls. */
  readonly handlers: IPerson_2;
}

/** A connection to `/things`. */
export class ThingsClient extends RpcClient {
  /** The same methods as notifications: the server sends no answer, not even an error. */
  readonly notify = {
    then_2: (): void => this.notification("then", []),
    then_3: (): void => this.notification("then!", []),
  };

  /**
   * @param server The address of the server: `wss://example.org`, or in a browser `/` for the server of the page;
   * or a function that returns it, called before each attempt to connect.
   */
  constructor(server: RpcAddress, options: ThingsClientOptions) {
    super(
      server,
      {
        path: "/things",
        protocols: [],
        served: {
          Moved: { parameters: ["color", "page"], call: (args) => options.handlers.moved(args[0] as Color, args[1] as PageOfStringArray) },
          moved: { parameters: ["seen"], call: (args, signal) => options.handlers.moved_2(args[0] as Seen, signal) },
        },
      },
      options,
    );
  }

  _22(options?: RpcCallOptions): Promise<number> {
    return this.request("2 + \"2\"", [], options);
  }

  error(error: MyApp_Error, options?: RpcCallOptions): Promise<MyApp_Other_Error> {
    return this.request("Error", [error], options);
  }

  everything(everything: Everything, options?: RpcCallOptions): Promise<Everything> {
    return this.request("Everything", [everything], options);
  }

  seen(options?: RpcCallOptions): Promise<Seen> {
    return this.request("Seen", [], options);
  }

  shapes(search: Search, named: Record<string, Shape | null>, options?: RpcCallOptions): Promise<Shape[]> {
    return this.request("Shapes", [search, named], options);
  }

  then_2(options?: RpcCallOptions): Promise<void> {
    return this.request("then", [], options);
  }

  then_3(options?: RpcCallOptions): Promise<void> {
    return this.request("then!", [], options);
  }
}
