/** One request as it was sent. Header names are in lower case. */
export interface Sent {
  readonly method: string;
  /** Path and query, as they went over the wire. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | undefined;
}

/** One answer; `status` is 0 when none came, and `fault` then says why. */
export interface Answer {
  readonly status: number;
  /** Lower-case names; repeated fields joined by a comma, but for `Set-Cookie`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly body: Uint8Array;
  readonly fault?: string | undefined;
}

export interface Exchange {
  readonly request: Sent;
  readonly answer: Answer;
  /** The request is out of order for HTTP itself, so that a server may refuse it before any framework sees it. */
  readonly beneathFramework?: boolean | undefined;
}

export const headerOf = ({ answer }: Exchange, name: string): string =>
  answer.headers[name.toLowerCase()] ?? "";

export const textOf = ({ answer }: Exchange): string => Buffer.from(answer.body).toString("utf8");

/** The body as JSON, or undefined when it is none. */
export function jsonOf(exchange: Exchange): unknown {
  try {
    return JSON.parse(textOf(exchange)) as unknown;
  } catch {
    return undefined;
  }
}

/** A member of the body, when the body is a JSON object that has it. */
export function memberOf(exchange: Exchange, name: string): unknown {
  const body = jsonOf(exchange);
  return isRecord(body) && Object.hasOwn(body, name) ? body[name] : undefined;
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** `GET /ctx/user/?user_id=7`, for reports. Nothing of headers or bodies, as they may hold credentials. */
export function describeRequest({ request }: Exchange): string {
  const { method, target } = request;
  return `${method} ${target.length > 160 ? `${target.slice(0, 157)}...` : target}`;
}

/** Status, code of the problem and the beginning of the body, for reports. */
export function describeAnswer(exchange: Exchange): string {
  const { status, fault } = exchange.answer;
  if (status === 0) return `no answer: ${fault ?? "the connection was cut"}`;
  const code = memberOf(exchange, "code");
  if (status >= 400 && typeof code === "string") return `${status} ${code}`;
  const text = textOf(exchange)
    .replace(/\s+/g, " ")
    .replace(/[^\x20-\x7e\xa0-\uffff]/g, "?");
  return `${status}${text === "" ? "" : ` ${text.length > 100 ? `${text.slice(0, 97)}...` : text}`}`;
}
