import { vi } from "vitest";

export interface AnswerOptions {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One request that reached the server, to be answered by hand: later, in another order, or never. */
export class Received {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly credentials: RequestCredentials | undefined;
  readonly body: unknown;
  readonly rawBody: BodyInit | null | undefined;
  answered = false;
  #settle: { resolve: (response: Response) => void; reject: (error: unknown) => void };
  #signal: AbortSignal | null | undefined;

  constructor(
    url: string,
    init: RequestInit,
    settle: { resolve: (response: Response) => void; reject: (error: unknown) => void },
  ) {
    this.url = url;
    this.method = init.method ?? "GET";
    this.headers = new Headers(init.headers);
    this.credentials = init.credentials;
    this.rawBody = init.body;
    this.body = typeof init.body === "string" ? (JSON.parse(init.body) as unknown) : undefined;
    this.#settle = settle;
    this.#signal = init.signal;
    init.signal?.addEventListener("abort", () => {
      if (this.answered) return;
      this.answered = true;
      settle.reject(new DOMException("aborted", "AbortError"));
    });
  }

  get aborted(): boolean {
    return this.#signal?.aborted ?? false;
  }

  /** Path and query without the base. */
  get path(): string {
    return this.url.replace(/^\/api\//, "");
  }

  /** Answers, and lets everything happen that follows without waiting. */
  async text(body: string | null, options: AnswerOptions = {}): Promise<void> {
    this.answered = true;
    const { status = 200, headers = {} } = options;
    this.#settle.resolve(new Response(body, { status, headers }));
    await idle();
  }

  json(body: unknown, options: AnswerOptions = {}): Promise<void> {
    const headers = { "Content-Type": "application/json", ...options.headers };
    return this.text(JSON.stringify(body), { ...options, headers });
  }

  /** The envelope of a bundle. */
  bundle(
    data: object,
    more: { rev?: number; params?: object; errors?: object } = {},
    options: AnswerOptions = {},
  ): Promise<void> {
    const context = /ctx\/(\w+)\//.exec(this.url)?.[1];
    return this.json({ mizan: 1, context, data, ...more }, options);
  }

  /** A call's answer. */
  result(
    result: unknown,
    effects: { invalidate?: unknown[]; merge?: unknown[]; redirect?: string } = {},
    options: AnswerOptions = {},
  ): Promise<void> {
    return this.json({ result, ...effects }, options);
  }

  problem(
    status: number,
    code: string,
    more: object = {},
    headers: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    return this.json(
      { status, code, ...more },
      { status, headers: { "Content-Type": "application/problem+json", ...headers } },
    );
  }

  /** The connection breaks. */
  async break(): Promise<void> {
    this.answered = true;
    this.#settle.reject(new TypeError("fetch failed"));
    await idle();
  }
}

/** A server that answers only when the test says so. */
export class DeferredServer {
  readonly requests: Received[] = [];
  /** Answers sessions by itself unless switched off. */
  session: ((request: Received) => void) | undefined = (request) => {
    void request.json({ mizan: 1, csrf: { header: "X-CSRFToken", token: "token" } });
  };

  readonly fetch = (url: string, init: RequestInit): Promise<Response> =>
    new Promise((resolve, reject) => {
      const request = new Received(url, init, { resolve, reject });
      this.requests.push(request);
      if (request.path === "session/") this.session?.(request);
    });

  get reads(): Received[] {
    return this.requests.filter(({ path }) => path.startsWith("ctx/"));
  }

  get calls(): Received[] {
    return this.requests.filter(({ path }) => path.startsWith("call/"));
  }

  get sessions(): Received[] {
    return this.requests.filter(({ path }) => path.startsWith("session/"));
  }

  /** Reads that wait for an answer. */
  get open(): Received[] {
    return this.requests.filter(({ answered }) => !answered);
  }

  get aborted(): number {
    return this.requests.filter((request) => request.aborted).length;
  }

  /** The only request that waits for an answer. */
  get one(): Received {
    const [request, ...others] = this.open;
    if (!request || others.length) {
      throw new Error(
        `expected 1 open request, found: ${this.open.map(({ path }) => path).join(", ") || "none"}`,
      );
    }
    return request;
  }

  /** The n-th read, from 0. */
  read(index: number): Received {
    const request = this.reads.at(index);
    if (!request) throw new Error(`no read ${index} among ${this.reads.length}`);
    return request;
  }

  call(index: number): Received {
    const request = this.calls.at(index);
    if (!request) throw new Error(`no call ${index} among ${this.calls.length}`);
    return request;
  }
}

/** Lets everything happen that needs no time. */
export async function idle(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await vi.advanceTimersByTimeAsync(0);
}

export async function pass(milliseconds: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(milliseconds);
  await idle();
}
