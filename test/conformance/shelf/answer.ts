/** An answer of the server, before it is written. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Thrown wherever a request turns out to be wrong; becomes the problem document of protocol 3.6. */
export class Problem extends Error {
  readonly answer: Answer;

  constructor(
    status: number,
    code: string,
    more: object = {},
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(code);
    const body = {
      type: `urn:mizan:problem:${code}`,
      title: code.replaceAll("_", " "),
      status,
      code,
      ...more,
    };
    this.answer = {
      status,
      headers: {
        "content-type": "application/problem+json",
        "cache-control": "no-store",
        ...headers,
      },
      body: JSON.stringify(body),
    };
  }
}

export const jsonAnswer = (
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
  status = 200,
): Answer => ({
  status,
  headers: { "content-type": "application/json", ...headers },
  body: JSON.stringify(value),
});
