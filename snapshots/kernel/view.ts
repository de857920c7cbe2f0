// The kernel of mizan-gen, vendored under its licence (MIT, see LICENSE in this folder).
// Do not edit: `npx mizan-gen` renews it.
/* eslint-disable */

import { change } from "./apply.js";
import { canonicalQuery, paramText } from "./canonical.js";
import { defaultKernel } from "./default.js";
import type { ViewDescriptor } from "./descriptor.js";
import { headerEffects, type Effect } from "./effect.js";
import { jsonText } from "./json-param.js";
import type { FetchOptions, Kernel } from "./mizan.js";
import { storeOf, tick } from "./store.js";
import { address, send } from "./wire.js";

export interface ViewOptions extends FetchOptions {
  /** For views that take one: an object, sent as the view is declared to read it, or anything that `fetch` takes. */
  readonly body?: unknown;
}

/** The address of a view: for links, images, downloads. */
export function viewUrl<Input>(
  view: ViewDescriptor<string, Input>,
  params: Input,
  options: Pick<FetchOptions, "mizan"> = {},
): string {
  return address(storeOf(options.mizan ?? defaultKernel(view.contract)), viewPath(view, params));
}

/**
 * Asks for a view. The body of the answer is the caller's.
 *
 * @throws MizanError for every status that is not 2xx
 */
export function fetchView<Input>(
  view: ViewDescriptor<string, Input>,
  params: Input,
  options: ViewOptions = {},
): Promise<Response> {
  const { mizan = defaultKernel(view.contract), signal = null } = options;
  return request(mizan, view, viewPath(view, params), {
    signal,
    ...encode(view, options.body ?? null),
  });
}

/** Adds headers and the session's token, and applies `X-Mizan-Invalidate`. */
async function request(
  mizan: Kernel,
  { name, method }: ViewDescriptor,
  path: string,
  { headers, body, signal }: RequestInit,
): Promise<Response> {
  const store = storeOf(mizan);
  const { identity } = store;
  const mutates = method !== "GET";
  let effects: readonly Effect[] = [];
  try {
    const { response } = await send(store, {
      source: name,
      path,
      method,
      headers: headers as Record<string, string> | undefined,
      body,
      raw: true,
      timeout: Infinity,
      mutates,
      csrf: mutates,
      // Its body is read after the exchange, and can be ended then too.
      onSend(abort) {
        signal?.addEventListener("abort", abort, { once: true });
        return !signal?.aborted;
      },
      onEffects: (failed) => (effects = failed),
    });
    if (mutates) effects = headerEffects(response) ?? [];
    return response;
  } finally {
    if (identity === store.identity) change(store, effects, tick(store));
  }
}

function viewPath<Input>(view: ViewDescriptor<string, Input>, params: Input): string {
  const rest = Object.fromEntries(Object.entries(params ?? {}));
  const path = view.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const text = paramText(name, rest[name], view.params);
    delete rest[name];
    return text.slice(text.indexOf("=") + 1);
  });
  const query = canonicalQuery(rest, view.params);
  return query ? `${path}?${query}` : path;
}

/** Nested values of a form have no common form, so they travel as JSON. */
function encode({ encoding }: ViewDescriptor, body: unknown): RequestInit {
  if (!isPlain(body)) return { body: body as BodyInit | null };
  if (encoding === "json") {
    return { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
  }
  const parts = (Object.entries(body) as [string, unknown][]).flatMap(([name, value]) =>
    (Array.isArray(value) ? (value as readonly unknown[]) : [value])
      .filter((item) => item !== null && item !== undefined)
      .map((item): [string, unknown] => [name, item]),
  );
  if (encoding !== "multipart") {
    return { body: new URLSearchParams(parts.map(([name, item]) => [name, formText(item)])) };
  }
  const form = new FormData();
  for (const [name, item] of parts) form.append(name, item instanceof Blob ? item : formText(item));
  return { body: form };
}

const formText = (value: unknown): string =>
  typeof value === "string" ? value : jsonText(value, 0);

const isPlain = (value: unknown): value is object =>
  typeof value === "object" &&
  value !== null &&
  (Object.getPrototypeOf(value) as unknown) === Object.prototype;
