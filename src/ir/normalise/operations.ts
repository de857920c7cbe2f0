import type { Pointer } from "../../diagnostics/diagnostic.js";
import type { Document, JsonObject, JsonValue } from "../../document/document.js";
import { child } from "../../document/pointer.js";
import { memberOf } from "../shape/member.js";
import { isList, isObject, own, type SchemaAt } from "../shape/schema-at.js";
import type { Method } from "./normal-form.js";
import { itemsOf, placed, type Placed } from "./placed.js";
import type { Source, Steps } from "../steps/steps.js";
import { serverPathOf } from "./server-path.js";

/** One operation of `paths`. */
export interface Operation {
  readonly path: string;
  readonly method: Method;
  readonly pointer: Pointer;
  readonly value: JsonObject;
  /** The path item it belongs to: its parameters hold for all operations of it. */
  readonly item: Placed<JsonObject>;
}

const methods: readonly Method[] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/** `paths` by the ways in which a function can name its operation. First one wins where a name stands twice. */
export class Operations {
  /** Path of the first server, without a slash at its end. */
  readonly serverPath: string;
  readonly #document: Document;
  readonly #index: OperationIndex;

  /** The operation that answers a view or a subscription, by its name and, where it is known, its `operationId`. */
  readonly ofFunction: Source<Operation | undefined>;
  /** The operation that answers a mutation: one that takes a POST. */
  readonly ofCall: Source<Operation | undefined>;
  /** The operation that answers a whole context. */
  readonly ofContext: Source<Operation | undefined>;
  /** The operation of a path, with a method or the first that it has. */
  readonly at: (method: Method | undefined, path: string) => Operation | undefined;

  constructor(steps: Steps) {
    const { document } = steps;
    this.#document = document;
    const paths = own(document.root, "paths");
    this.#index = steps.run("operation index", "", [paths], () => indexOf(steps, paths));
    this.serverPath = serverPathOf(document.root);
    steps.assume("path of the server", this.serverPath);
    this.ofFunction = steps.source("operation of function", (name, id) =>
      this.#ofFunction(name, id).find((each) => each !== undefined),
    );
    this.ofCall = steps.source("operation of call", (name, id) =>
      this.#ofFunction(name, id).find((each) => each?.method === "POST"),
    );
    this.ofContext = steps.source("operation of context", (name) => this.#ofContext(name));
    const ofPath = steps.source("operation of path", (path, method) => this.#ofPath(path, method));
    this.at = (method, path) => ofPath(path, method);
  }

  get all(): readonly Operation[] {
    return this.#index.all;
  }

  /** An address of `paths` as an address on the origin. */
  originPath(path: string): string {
    return `${this.serverPath}${path}`;
  }

  #ofFunction(name: string, operationId: string | undefined): (Operation | undefined)[] {
    return [
      this.#index.byFunction.get(name),
      operationId === undefined ? undefined : this.#index.byId.get(operationId),
      this.#index.byPath.get(`POST /call/${name}`),
      this.#index.byId.get(name),
      this.#index.byId.get(`call_${name}`),
    ];
  }

  #ofContext(name: string): Operation | undefined {
    return [
      this.#index.byContext.get(name),
      this.#index.byPath.get(`GET /ctx/${name}/`),
      this.#index.byPath.get(`GET /ctx/${name}`),
      this.#index.byId.get(`ctx_${name}`),
    ].find((each) => each?.method === "GET");
  }

  /** The operation that starts a session. */
  ofSession(): Operation | undefined {
    return [this.#index.byPath.get("GET /session/"), this.#index.byId.get("session")].find(
      (each) => each?.method === "GET",
    );
  }

  #ofPath(path: string, method: string | undefined): Operation | undefined {
    if (method !== undefined) return this.#index.byPath.get(`${method} ${path}`);
    return methods.map((each) => this.#index.byPath.get(`${each} ${path}`)).find((each) => each);
  }

  /** Query and path parameters, those of the path item included; references to `components/parameters` followed. */
  parameters(operation: Operation): Placed<JsonObject>[] {
    const found = new Map<string, Placed<JsonObject>>();
    const sources = [operation.item, placed(operation.value, operation.pointer)];
    for (const source of sources) {
      const list = own(source.value, "parameters");
      if (!isList(list)) continue;
      for (const item of itemsOf(placed(list, child(source.pointer, "parameters")))) {
        const parameter = this.#followed(item);
        if (parameter === undefined) continue;
        const place = own(parameter.value, "in");
        const name = own(parameter.value, "name");
        if (typeof name !== "string" || (place !== "query" && place !== "path")) continue;
        found.set(`${place} ${name}`, parameter);
      }
    }
    return [...found.values()];
  }

  /** The schema of the request body by media type, in document order. */
  bodies(operation: Operation): Map<string, SchemaAt> {
    const body = own(operation.value, "requestBody");
    return this.#contents(
      body === undefined ? undefined : placed(body, child(operation.pointer, "requestBody")),
    );
  }

  /** The schema of the JSON answer: of 200, else of the first other 2xx. */
  answer(operation: Operation): SchemaAt | undefined {
    const responses = own(operation.value, "responses");
    if (!isObject(responses)) return undefined;
    const statuses = Object.keys(responses).filter((status) => /^2(\d\d|XX)$/i.test(status));
    for (const status of statuses.sort((a, b) => Number(b === "200") - Number(a === "200"))) {
      const pointer = child(child(operation.pointer, "responses"), status);
      const contents = this.#contents(placed(responses[status] ?? null, pointer));
      const json = [...contents].find(([media]) => isJson(media));
      if (json !== undefined) return json[1];
    }
    return undefined;
  }

  /** A member of an answer, through references. */
  memberOfAnswer(operation: Operation, ...path: readonly string[]): SchemaAt | undefined {
    let at = this.answer(operation);
    for (const name of path) {
      if (at === undefined) return undefined;
      const found = memberOf(this.#document, at, name);
      at = found.kind === "found" ? found.at : undefined;
    }
    return at;
  }

  #contents(holder: Placed | undefined): Map<string, SchemaAt> {
    const schemas = new Map<string, SchemaAt>();
    const target = holder === undefined ? undefined : this.#followed(holder);
    const content = target === undefined ? undefined : own(target.value, "content");
    if (target === undefined || !isObject(content)) return schemas;
    for (const [media, type] of Object.entries(content)) {
      const schema = isObject(type) ? own(type, "schema") : undefined;
      if (schema === undefined) continue;
      const pointer = child(child(child(target.pointer, "content"), media), "schema");
      schemas.set(media, { schema, pointer });
    }
    return schemas;
  }

  /** The object at a place, or the one that its reference leads to. */
  #followed(start: Placed): Placed<JsonObject> | undefined {
    let at = start;
    for (let hops = 0; hops < 10; hops++) {
      if (!isObject(at.value)) return undefined;
      const reference = own(at.value, "$ref");
      if (typeof reference !== "string") return placed(at.value, at.pointer);
      const target = this.#document.resolve(reference, at.pointer);
      if (!target.found) return undefined;
      at = placed(target.value, target.pointer);
    }
    return undefined;
  }
}

/** `application/json` and its relatives: `application/problem+json; charset=utf-8`. */
export function isJson(media: string): boolean {
  return /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(media.trim());
}

/** An address on an origin, and nothing that could be read as another: no host, query, fragment or space. */
export function isPath(text: string): boolean {
  return /^\/(?!\/)[^?#\s\\]*$/.test(text);
}

/** The operations of `paths`, by all that can name them. */
interface OperationIndex {
  readonly all: readonly Operation[];
  readonly byFunction: ReadonlyMap<string, Operation>;
  readonly byContext: ReadonlyMap<string, Operation>;
  readonly byId: ReadonlyMap<string, Operation>;
  readonly byPath: ReadonlyMap<string, Operation>;
}

function indexOf(steps: Steps, paths: JsonValue | undefined): OperationIndex {
  const byFunction = new Map<string, Operation>();
  const byContext = new Map<string, Operation>();
  const byId = new Map<string, Operation>();
  const byPath = new Map<string, Operation>();
  const all = steps
    .each(
      "operations",
      isObject(paths) ? Object.entries(paths) : [],
      ([path]) => path,
      ([, item], add) => add(item),
      ([path, item]) => operationsOfPath(path, item),
    )
    .flat();
  for (const operation of all) {
    const { value, method, path } = operation;
    keep(byFunction, own(value, "x-mizan-function"), operation);
    keep(byContext, own(value, "x-mizan-context"), operation);
    keep(byId, own(value, "operationId"), operation);
    keep(byPath, `${method} ${path}`, operation);
  }
  return { all, byFunction, byContext, byId, byPath };
}

function operationsOfPath(path: string, item: JsonValue): Operation[] {
  if (!isPath(path) || !isObject(item)) return [];
  const pointer = child("#/paths", path);
  return methods.flatMap((method) => {
    const value = own(item, method.toLowerCase());
    if (!isObject(value)) return [];
    const at = child(pointer, method.toLowerCase());
    return [{ path, method, pointer: at, value, item: placed(item, pointer) }];
  });
}

function keep(map: Map<string, Operation>, key: unknown, operation: Operation): void {
  if (typeof key === "string" && !map.has(key)) map.set(key, operation);
}
