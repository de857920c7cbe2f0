import type { JsonObject } from "../document/document.js";
import type { ViewContract } from "./contract/contract.js";
import type { Exchange } from "./http/exchange.js";
import type { Visitor } from "./http/visitor.js";
import { needsValues, type Laboratory } from "./laboratory.js";
import { boundParams, placeOf, viewTarget } from "./observe-call.js";

export interface ViewObservation {
  readonly view: ViewContract;
  readonly params: JsonObject;
  readonly exchange: Exchange;
  /** The declared targets, read right after. */
  readonly after: readonly Exchange[];
}

const made = new WeakMap<Laboratory, Map<string, Promise<ViewObservation | string>>>();

/** One good request of each view, made once. */
export async function observeViews(
  lab: Laboratory,
  otherwise: (subject: string, reason: string) => void,
): Promise<ViewObservation[]> {
  const known = made.get(lab) ?? new Map<string, Promise<ViewObservation | string>>();
  made.set(lab, known);
  const found: ViewObservation[] = [];
  for (const view of lab.contract.views) {
    const pending = known.get(view.name) ?? observe(lab, view);
    known.set(view.name, pending);
    const observation = await pending;
    if (typeof observation === "string") otherwise(view.name, observation);
    else found.push(observation);
  }
  return found;
}

async function observe(lab: Laboratory, view: ViewContract): Promise<ViewObservation | string> {
  const visitor = await lab.visitorFor(view.auth);
  if (typeof visitor === "string") return visitor;
  if (view.input !== null) return "views that take a body are not asked";
  const { values, derived } = lab.values.paramsOfView(view);
  const params = values[0] ?? {};
  const exchange = await sendView(visitor, view, params);
  if (derived && exchange.answer.status >= 400) return needsValues([view.name]);
  const after: Exchange[] = [];
  for (const affect of view.affects) {
    const place = placeOf(lab, affect.context, boundParams(affect.params, params));
    if (place !== undefined) after.push(await visitor.readParams(place.context, place.params));
  }
  return { view, params, exchange, after };
}

/** A view as a client asks for it; with a token where it is no GET. */
export async function sendView(
  visitor: Visitor,
  view: ViewContract,
  params: JsonObject,
  changes: Readonly<Record<string, string | null>> = {},
): Promise<Exchange> {
  const headers: Record<string, string> =
    view.method === "GET" ? { "x-mizan-protocol": "1" } : await visitor.callHeaders();
  const request = { method: view.method, target: viewTarget(view, visitor, params) };
  return visitor.send({ ...request, headers: { accept: "*/*", ...headers } }, changes);
}
