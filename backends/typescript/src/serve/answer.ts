/** Body and headers of an answer before the ones that all have in common. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string | null;
}

export function jsonAnswer(
  body: unknown,
  headers: Readonly<Record<string, string>>,
  status = 200,
): Answer {
  return {
    status,
    headers: new Headers({ "Content-Type": "application/json", ...headers }),
    body: JSON.stringify(body),
  };
}
