import type { Pointer } from "../../diagnostics/diagnostic.js";
import type { Document, JsonObject } from "../../document/document.js";
import { child } from "../../document/pointer.js";
import type { NameRegistry } from "../names/name-registry.js";
import { toTypeName } from "../names/reserved.js";
import { isJsonObject } from "./nodes.js";
import { pathName } from "./path-name.js";
import { surveyComponents } from "./survey.js";

export const componentsPointer: Pointer = "#/components/schemas";

/** The names of one component. */
export interface ComponentName {
  readonly key: string;
  /** Place in the document, from 0. */
  readonly order: number;
  /** The name of its main type. */
  readonly name: string;
  /** The name before another component had it. */
  readonly preferred: string;
  /** `Order-Output` for `Order-Input`: where the other half of a FastAPI pair stands. */
  readonly output?: Pointer | undefined;
}

/**
 * The names of all components, claimed in document order before anything else asks for a name, and whether a function uses them or
 * not: so adding a function renames nothing. Then the names of the second type (`OrderInput`) of each component that may have one,
 * then the names of schemas inside the components that references lead to.
 */
export class ComponentNames {
  readonly #components = new Map<Pointer, ComponentName>();
  readonly #variants = new Map<string, string>();
  readonly #inner = new Map<Pointer, string>();
  readonly #registry: NameRegistry;

  constructor(document: Document, registry: NameRegistry) {
    this.#registry = registry;
    const schemas = schemasOf(document);
    const preferred = preferredNames(schemas);
    let order = 0;
    for (const [key, name] of preferred) {
      const stem = /^(.+)-Input$/.exec(key)?.[1];
      const output =
        stem !== undefined && Object.hasOwn(schemas, `${stem}-Output`)
          ? child(componentsPointer, `${stem}-Output`)
          : undefined;
      const claimed = registry.claim(name);
      const pointer = child(componentsPointer, key);
      this.#components.set(pointer, { key, order, name: claimed, preferred: name, output });
      order++;
    }
    const survey = surveyComponents(document, schemas);
    for (const key of survey.directed) {
      const pointer = child(componentsPointer, key);
      const component = this.#components.get(pointer);
      const isHalf =
        /-Output$/.test(key) && Object.hasOwn(schemas, key.replace(/Output$/, "Input"));
      if (component === undefined || isHalf) continue;
      this.variant(pointer, component.name, secondSuffix(component.name));
    }
    for (const pointer of survey.inner) this.inner(pointer);
  }

  at(pointer: Pointer): ComponentName | undefined {
    return this.#components.get(pointer);
  }

  /** The component that a pointer leads into, and its name. */
  enclosing(
    pointer: Pointer,
  ): { readonly pointer: Pointer; readonly component: ComponentName } | null {
    if (!pointer.startsWith(`${componentsPointer}/`)) return null;
    const end = pointer.indexOf("/", componentsPointer.length + 1);
    const outer = end < 0 ? pointer : pointer.slice(0, end);
    const component = this.#components.get(outer);
    return component === undefined ? null : { pointer: outer, component };
  }

  /** The name of a referenced schema that is no component. */
  inner(pointer: Pointer): string {
    const known = this.#inner.get(pointer);
    if (known !== undefined) return known;
    const outer = this.enclosing(pointer);
    const component =
      outer === null ? undefined : { pointer: outer.pointer, name: outer.component.name };
    const name = this.#registry.claim(pathName(pointer, component));
    this.#inner.set(pointer, name);
    return name;
  }

  /** The name of another type for the same schema: `Order` with the suffix `Input`. */
  variant(pointer: Pointer, name: string, suffix: string): string {
    const key = `${suffix} ${pointer}`;
    const known = this.#variants.get(key);
    if (known !== undefined) return known;
    const claimed = this.#registry.claim(name + suffix);
    this.#variants.set(key, claimed);
    return claimed;
  }
}

/** The suffix of the second type where IN and OUT differ: a component that is called an input keeps its name for IN. */
export function secondSuffix(name: string): "Input" | "Output" {
  return /Input(_?\d+)?$/.test(name) ? "Output" : "Input";
}

function schemasOf(document: Document): JsonObject {
  const components = document.root["components"];
  const schemas = isJsonObject(components) ? components["schemas"] : undefined;
  return isJsonObject(schemas) ? schemas : {};
}

function preferredNames(schemas: JsonObject): Map<string, string> {
  const keys = Object.keys(schemas);
  const plain = new Map(keys.map((key) => [key, toTypeName(key)]));
  const taken = new Set(plain.values());
  const titles = new Map<string, number>();
  for (const key of keys) {
    const title = fastifyTitle(key, schemas);
    if (title !== undefined) titles.set(title, (titles.get(title) ?? 0) + 1);
  }
  for (const key of keys) {
    const title = fastifyTitle(key, schemas);
    if (title !== undefined && titles.get(title) === 1) plain.set(key, toTypeName(title));
    const stem = /^(.+)-Output$/.exec(key)?.[1];
    if (stem !== undefined && !taken.has(toTypeName(stem))) plain.set(key, toTypeName(stem));
  }
  return plain;
}

/** Fastify names components `def-0`, and puts the name that the author gave into `title`. */
function fastifyTitle(key: string, schemas: JsonObject): string | undefined {
  if (!/^def-\d+$/.test(key)) return undefined;
  const schema = schemas[key];
  const title = isJsonObject(schema) ? schema["title"] : undefined;
  return typeof title === "string" && title.trim() !== "" ? title : undefined;
}
