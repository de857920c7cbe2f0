import { describeAnswer, describeRequest, memberOf, type Exchange } from "./http/exchange.js";

/** One thing that was otherwise than it must be. */
export interface Failure {
  /** What it is about: `context user`, `rename_user`. */
  readonly subject: string;
  /** `GET /ctx/user/?user_id=7`; absent when it is about several. */
  readonly request: string | undefined;
  readonly expected: string;
  readonly received: string;
}

/** What could not be asked, and what it takes. */
export interface Gap {
  readonly subject: string;
  readonly reason: string;
}

/** Collects what one case finds. Several checks may fail; a case without a single check has not been run. */
export class Trial {
  readonly failures: Failure[] = [];
  readonly gaps: Gap[] = [];
  checks = 0;

  /** @returns whether it held, for questions that depend on it */
  check(
    holds: boolean,
    subject: string,
    exchange: Exchange | undefined,
    expected: string,
    received: string | (() => string) = () =>
      exchange === undefined ? "" : describeAnswer(exchange),
  ): boolean {
    this.checks++;
    if (!holds) {
      this.failures.push({
        subject,
        request: exchange && describeRequest(exchange),
        expected,
        received: typeof received === "string" ? received : received(),
      });
    }
    return holds;
  }

  status(subject: string, exchange: Exchange, ...statuses: readonly number[]): boolean {
    return this.check(
      statuses.includes(exchange.answer.status),
      subject,
      exchange,
      statuses.join(" or "),
    );
  }

  /** A refusal with one of some statuses and, where it matters, one of some codes. */
  refused(
    subject: string,
    exchange: Exchange,
    statuses: readonly number[],
    codes: readonly string[] = [],
  ): boolean {
    const code = memberOf(exchange, "code");
    const right = codes.length === 0 || (typeof code === "string" && codes.includes(code));
    return this.check(
      statuses.includes(exchange.answer.status) && right,
      subject,
      exchange,
      `${statuses.join(" or ")}${codes.length === 0 ? "" : ` with code ${codes.join(" or ")}`}`,
    );
  }

  header(
    subject: string,
    exchange: Exchange,
    name: string,
    expected: string,
    holds: (value: string) => boolean,
  ): boolean {
    const value = exchange.answer.headers[name.toLowerCase()];
    return this.check(
      holds(value ?? ""),
      subject,
      exchange,
      `${name}: ${expected}`,
      value === undefined ? `no ${name}` : `${name}: ${value}`,
    );
  }

  /** Something that this document or these values do not allow to ask. */
  readonly gap = (subject: string, reason: string): void => {
    this.gaps.push({ subject, reason });
  };
}
