import type { Fault, Passing, PassingAnswer } from "./proxy.js";

export type Body = Record<string, unknown>;

/** Sets a member of a body by its path (`merge.0.key`), or leaves it out when the value is undefined. */
export function put(body: Body, path: string, value: unknown): void {
  const steps = path.split(".");
  const last = steps.pop() ?? "";
  const at = steps.reduce<Body>((inner, step) => inner[step] as Body, body);
  if (value === undefined) delete at[last];
  else at[last] = value;
}

/** Changes the JSON of an answer. */
export function changeBody(answer: PassingAnswer, change: (body: Body) => void): void {
  const body = JSON.parse(answer.body.toString("utf8")) as Body;
  change(body);
  answer.body = Buffer.from(JSON.stringify(body));
}

type Which = (request: Passing, answer: PassingAnswer) => boolean;

/** A fault that changes the answers of some requests. */
export function answering(
  name: string,
  found: readonly string[],
  which: Which,
  change: (answer: PassingAnswer, request: Passing) => void,
): Fault {
  return {
    name,
    found,
    plant: () => ({
      answer: (answer, request) => (which(request, answer) ? change(answer, request) : undefined),
    }),
  };
}

/** A fault that changes the JSON of the answers of some requests. */
export const answeringBody = (
  name: string,
  found: readonly string[],
  which: Which,
  change: (body: Body, request: Passing) => void,
): Fault =>
  answering(name, found, which, (answer, request) =>
    changeBody(answer, (body) => change(body, request)),
  );

/** A fault that sees other requests than were sent. */
export const hearing = (
  name: string,
  found: readonly string[],
  which: (request: Passing) => boolean,
  change: (request: Passing) => void,
): Fault => ({
  name,
  found,
  plant: () => ({
    request: (request) => {
      if (which(request)) change(request);
    },
  }),
});

/** A good answer to any call. */
export const done = (): PassingAnswer => ({
  status: 200,
  headers: { "content-type": "application/json", "cache-control": "private, no-store" },
  body: Buffer.from('{"result":null}'),
});

export const refusal = (status: number, code: string): PassingAnswer => ({
  status,
  headers: { "content-type": "application/problem+json", "cache-control": "no-store" },
  body: Buffer.from(JSON.stringify({ status, code, title: code })),
});

/** Successful answers of a context, by its name. */
export const bundleOf =
  (context: string): Which =>
  ({ target }, { status }) =>
    status === 200 && target.startsWith(`/ctx/${context}`);

/** Successful answers of a mutation, by its name. */
export const callOf =
  (name: string): Which =>
  ({ target }, { status }) =>
    status === 200 && target === `/call/${name}`;

export const isCall = ({ target, method }: Passing): boolean =>
  target.startsWith("/call/") && method === "POST";
