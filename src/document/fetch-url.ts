import { quote } from "../diagnostics/quote.js";
import { tooLarge } from "./read-file.js";
import { ReadError } from "./source.js";

export interface FetchSettings {
  /** Sent to the origin of the first URL only. */
  readonly headers: Readonly<Record<string, string>>;
  readonly ifNoneMatch?: string | undefined;
  readonly maxBytes: number;
  readonly timeoutMs: number;
  /** Refuse to be redirected to another origin. */
  readonly sameOrigin?: boolean | undefined;
}

export type Fetched =
  | { readonly status: "not-modified" }
  | {
      readonly status: "read";
      /** After redirects. */
      readonly url: string;
      readonly bytes: Uint8Array;
      readonly mediaType: string;
      readonly etag: string | undefined;
    };

const mostRedirects = 10;

/** GET of a document. Throws a ReadError in words of what to do about it; headers are never part of them. */
export async function fetchUrl(url: string, settings: FetchSettings): Promise<Fetched> {
  const signal = AbortSignal.timeout(settings.timeoutMs);
  try {
    return await follow(url, settings, signal);
  } catch (error) {
    if (error instanceof ReadError) throw error;
    throw unreachable(url, error, settings.timeoutMs);
  }
}

async function follow(url: string, settings: FetchSettings, signal: AbortSignal): Promise<Fetched> {
  const first = parseUrl(url);
  const origin = first.origin;
  const name = nameOfUrl(url);
  const credentials = basicCredentials(first);
  let next = withoutCredentials(first);
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    const own = next.origin === origin;
    const response = await fetch(next, {
      redirect: "manual",
      signal,
      headers: requestHeaders(
        own ? { ...credentials, ...settings.headers } : {},
        own ? settings.ifNoneMatch : undefined,
      ),
    });
    if (response.status === 304 && settings.ifNoneMatch !== undefined) {
      await response.body?.cancel();
      return { status: "not-modified" };
    }
    const location =
      response.status >= 300 && response.status < 400 ? response.headers.get("location") : null;
    if (location === null) return await finished(response, next, name, settings);
    await response.body?.cancel();
    next = redirected(location, next, name);
    if (settings.sameOrigin === true && next.origin !== origin) {
      throw failed("E306", `${name} redirects to ${next.origin}, another origin`);
    }
  }
  throw failed("E013", `${name} redirects more than ${String(mostRedirects)} times`);
}

async function finished(
  response: Response,
  url: URL,
  name: string,
  settings: FetchSettings,
): Promise<Fetched> {
  const mediaType =
    (response.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  if (response.status !== 200) {
    await response.body?.cancel();
    throw failed("E013", `${name} answered ${statusText(response)}`, statusHelp(response.status));
  }
  const bytes = await readBody(response, name, settings.maxBytes);
  if (/^(text\/html|application\/xhtml\+xml)$/.test(mediaType) || startsWithMarkup(bytes)) {
    throw failed(
      "E014",
      `${name} answered with a page (${mediaType === "" ? "HTML" : mediaType}), not a document`,
      "use the address of the document itself, often /openapi.json; a login page asks for --header",
    );
  }
  return {
    status: "read",
    url: url.href,
    bytes,
    mediaType,
    etag: response.headers.get("etag") ?? undefined,
  };
}

/** Counts what arrives after decompression, so that neither an endless nor a compressed answer fills the memory. */
async function readBody(response: Response, name: string, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of response.body ?? []) {
    const bytes = chunk as Uint8Array;
    total += bytes.length;
    if (total > maxBytes) throw tooLarge(name, maxBytes);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks, total);
}

function startsWithMarkup(bytes: Uint8Array): boolean {
  return /^\ufeff?\s*</.test(
    Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 200)).toString(),
  );
}

function redirected(location: string, from: URL, name: string): URL {
  const target = URL.canParse(location, from.href) ? new URL(location, from) : undefined;
  if (target?.protocol !== "http:" && target?.protocol !== "https:") {
    throw failed("E013", `${name} redirects to something that is no http(s) URL`);
  }
  return withoutCredentials(target);
}

function requestHeaders(
  own: Readonly<Record<string, string>>,
  ifNoneMatch: string | undefined,
): Headers {
  const headers = new Headers({ accept: "application/json, application/yaml;q=0.9, */*;q=0.5" });
  if (ifNoneMatch !== undefined) headers.set("if-none-match", ifNoneMatch);
  for (const [name, value] of Object.entries(own)) {
    try {
      headers.set(name, value);
    } catch {
      // The reason that Headers gives would show the value.
      throw new ReadError({
        code: "E050",
        message: `the header ${quote(name)} is not valid: its name or value has a character that HTTP does not allow`,
      });
    }
  }
  return headers;
}

function parseUrl(url: string): URL {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed?.protocol !== "http:" && parsed?.protocol !== "https:") {
    throw failed("E012", `${nameOfUrl(url)} is no http(s) URL`);
  }
  return parsed;
}

/** `https://user:secret@host/` means HTTP Basic; `fetch` itself refuses such a URL. */
function basicCredentials(url: URL): Record<string, string> {
  if (url.username === "" && url.password === "") return {};
  const pair = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  return { authorization: `Basic ${Buffer.from(pair).toString("base64")}` };
}

function withoutCredentials(url: URL): URL {
  const bare = new URL(url.href);
  bare.username = "";
  bare.password = "";
  bare.hash = "";
  return bare;
}

/** How messages call a URL: no credentials, no fragment, and no value of a query member that sounds like a secret. */
export function nameOfUrl(url: string): string {
  if (!URL.canParse(url)) return url.replace(/\/\/[^/]*@/, "//");
  const bare = withoutCredentials(new URL(url));
  for (const key of [...bare.searchParams.keys()]) {
    if (/token|key|secret|passw|auth|sig|credential/i.test(key)) bare.searchParams.set(key, "***");
  }
  return bare.href;
}

function failed(
  code: "E012" | "E013" | "E014" | "E306",
  message: string,
  help?: string,
): ReadError {
  return new ReadError({ code, message, help });
}

function statusText(response: Response): string {
  const text = response.statusText.replace(/[^\x20-\x7e]/g, "").slice(0, 40);
  return text === "" ? String(response.status) : `${String(response.status)} ${text}`;
}

function statusHelp(status: number): string | undefined {
  if (status === 401 || status === 403) return 'send credentials: -H "Authorization: Bearer ..."';
  if (status === 404) return "look where the server serves its document; /openapi.json is usual";
  return status >= 500 ? "look into the log of the server" : undefined;
}

const reasons = new Map([
  ["ECONNREFUSED", "nothing listens there; is the server running?"],
  ["ECONNRESET", "the connection was cut"],
  ["ENOTFOUND", "the host name does not resolve"],
  ["EAI_AGAIN", "the host name could not be looked up; is the network up?"],
  ["EHOSTUNREACH", "the host cannot be reached"],
  ["ENETUNREACH", "the network cannot be reached"],
  ["UND_ERR_CONNECT_TIMEOUT", "the connection took too long"],
  ["UND_ERR_SOCKET", "the connection was cut"],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", "its certificate is self-signed"],
  ["SELF_SIGNED_CERT_IN_CHAIN", "its certificate chain is self-signed"],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "its certificate cannot be verified"],
  ["CERT_HAS_EXPIRED", "its certificate has expired"],
  ["ERR_TLS_CERT_ALTNAME_INVALID", "its certificate is for another host"],
]);

function unreachable(url: string, error: unknown, timeoutMs: number): ReadError {
  const name = nameOfUrl(url);
  if (error instanceof Error && error.name === "TimeoutError") {
    return failed("E012", `${name} did not answer in ${String(timeoutMs / 1000)} s`);
  }
  const code = codeOf(error);
  const reason = reasons.get(code) ?? (code === "" ? "the request failed" : code);
  const tls = /CERT|TLS|SIGNATURE/.test(code);
  return failed(
    "E012",
    `${name} cannot be reached: ${reason}`,
    tls ? "for a certificate of your own set NODE_EXTRA_CA_CERTS" : undefined,
  );
}

/** `fetch` wraps its causes; a name with several addresses gives an AggregateError of them. */
function codeOf(error: unknown): string {
  let current = error;
  for (let depth = 0; depth < 5 && current instanceof Error; depth++) {
    if ("code" in current && typeof current.code === "string") return current.code;
    current = current instanceof AggregateError ? current.errors[0] : current.cause;
  }
  return "";
}
