/** A browser of one origin, as far as the protocol sees it: keeps cookies, sends the headers of a page of the same origin. */
export interface Browser {
  readonly get: (path: string, headers?: Fields) => Promise<Reply>;
  readonly post: (path: string, body?: unknown, headers?: Fields) => Promise<Reply>;
  /** Starts or renews the session and remembers its token. */
  readonly startSession: () => Promise<Reply>;
  readonly signIn: (email: string, password: string) => Promise<Reply>;
  readonly cookie: () => string;
  readonly token: () => string;
}

/** A header that is null is left out. */
type Fields = Readonly<Record<string, string | null>>;

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; null when it is none. */
  readonly body: Record<string, unknown>;
}

export const origin = "http://shop.test";

export function createBrowser(handle: (request: Request) => Promise<Response>): Browser {
  const cookies = new Map<string, string>();
  let token = "";
  const cookie = (): string => [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");

  async function send(
    method: string,
    path: string,
    body: BodyInit | null,
    fields: Fields,
  ): Promise<Reply> {
    const headers = new Headers();
    for (const [name, value] of Object.entries(fields))
      if (value !== null) headers.set(name, value);
    if (cookies.size > 0 && !("Cookie" in fields)) headers.set("Cookie", cookie());
    const request = new Request(origin + path, { method, headers, body });
    const response = await handle(request);
    for (const line of response.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      const [name = "", value = ""] = pair.split("=");
      if (value === "") cookies.delete(name);
      else cookies.set(name, value);
    }
    const text = await response.text();
    let parsed: unknown = null;
    try {
      parsed = JSON.parse(text);
    } catch {
      // A view.
    }
    const { status } = response;
    return { status, headers: response.headers, text, body: parsed as Record<string, unknown> };
  }

  const browser: Browser = {
    cookie,
    token: () => token,
    get: (path, headers = {}) => send("GET", path, null, { "X-Mizan-Protocol": "1", ...headers }),
    post(path, body = null, headers = {}) {
      const isRaw = typeof body === "string" || body instanceof Blob || body instanceof FormData;
      return send("POST", path, isRaw ? body : JSON.stringify(body), {
        "X-Mizan-Protocol": "1",
        "X-CSRFToken": token === "" ? null : token,
        "Sec-Fetch-Site": "same-origin",
        ...(!(body instanceof FormData) && { "Content-Type": "application/json" }),
        ...headers,
      });
    },
    async startSession() {
      const reply = await browser.get("/session/");
      token = (reply.body["csrf"] as { token: string }).token;
      return reply;
    },
    async signIn(email, password) {
      await browser.startSession();
      const reply = await browser.post("/call/login", { email, password });
      if (reply.status === 200) await browser.startSession();
      return reply;
    },
  };
  return browser;
}
