import { fileOfPointer } from "../../diagnostics/file-of-pointer.js";
import type { Pointer } from "../../diagnostics/diagnostic.js";
import type { Document, JsonObject, JsonValue } from "../../document/document.js";
import { child } from "../../document/pointer.js";
import type { NameRegistry } from "../names/name-registry.js";
import { toTypeName } from "../names/reserved.js";
import { componentsPointer } from "./component-pointer.js";
import type { Steps } from "../steps/steps.js";
import { isJsonObject } from "./nodes.js";
import type { SchemaAt } from "./schema-reader.js";
import { pathName, wholePathName } from "./path-name.js";
import { surveyComponents } from "./survey.js";

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

/** References to references are followed this far; longer chains are no documents that anybody wrote. */
const mostHops = 20;

/**
 * The names of all components, claimed in document order before anything else asks for a name, and whether a function uses them or
 * not: so adding a function renames nothing. Then the names of the second type (`OrderInput`) of each component that may have one,
 * then the names of schemas inside the components, and in other files, that references lead to from components.
 *
 * A component that is nothing but a reference into another file is that schema's name: it makes no type of its own.
 */
export class ComponentNames {
  /** What the components would be called if each were alone. */
  readonly plain: ReadonlySet<string>;
  readonly #components = new Map<Pointer, ComponentName>();
  readonly #schemas = new Map<Pointer, JsonValue>();
  /** Components, and references in files, that stand for a schema in another file. */
  readonly #homes = new Map<Pointer, Pointer>();
  readonly #variants = new Map<string, string>();
  readonly #inner = new Map<Pointer, string>();
  readonly #registry: NameRegistry;
  readonly #basis: unknown[] = [];
  #isSurveyed = false;

  constructor(steps: Steps, registry: NameRegistry) {
    const { document } = steps;
    this.#registry = registry;
    const schemas = schemasOf(document);
    const keys = Object.keys(schemas);
    const titles = keys.map((key) => fastifyTitle(key, schemas));
    const { names, plain } = steps.run("component names", "", [...keys, ...titles], () =>
      preferredNames(schemas),
    );
    this.plain = plain;
    this.#basis.push(names);
    let order = 0;
    for (const { key, pointer, preferred, output } of names) {
      const name = registry.claim(preferred);
      const component = { key, order, name, preferred, output };
      const schema = schemas[key] ?? null;
      this.#components.set(pointer, component);
      this.#schemas.set(pointer, schema);
      const home = this.#findHome(document, { schema, pointer });
      if (home !== null && !this.#components.has(home)) this.#components.set(home, component);
      order++;
    }
    this.#basis.push(...[...this.#homes].flat());
    const survey = steps.run("survey", "", [schemas], () => surveyComponents(steps, schemas));
    this.#basis.push(survey);
    for (const place of survey.directed) {
      const pointer = this.home(place);
      const component = this.#components.get(pointer);
      const key = component?.key ?? "";
      const isHalf =
        /-Output$/.test(key) && Object.hasOwn(schemas, key.replace(/Output$/, "Input"));
      if (component === undefined || isHalf) continue;
      this.variant(pointer, component.name, secondSuffix(component.name));
    }
    const inner = (places: readonly Pointer[]): Pointer[] =>
      places.map((place) => this.home(place)).filter((place) => !this.#components.has(place));
    for (const pointer of inner(survey.inner)) this.inner(pointer);
    for (const pointer of inner(survey.directedInner)) {
      const name = this.inner(pointer);
      this.variant(pointer, name, secondSuffix(name));
    }
    this.#isSurveyed = true;
  }

  /** All that the names depend on. */
  get basis(): readonly unknown[] {
    return this.#basis;
  }

  at(pointer: Pointer): ComponentName | undefined {
    return this.#components.get(pointer);
  }

  /** The schema of the component at a place; undefined for any other place. */
  schemaAt(pointer: Pointer): JsonValue | undefined {
    return this.#schemas.get(pointer);
  }

  /** The place of the schema that is meant by a reference to `pointer`: another one where there is only a reference into a file. */
  home(pointer: Pointer): Pointer {
    return this.#homes.get(pointer) ?? pointer;
  }

  /** The schema in another file that a component is nothing but a reference to; null when it is something of its own. */
  #findHome(document: Document, component: SchemaAt): Pointer | null {
    const way: Pointer[] = [];
    let at = component.pointer;
    for (let hops = 0; hops < mostHops; hops++) {
      const schema = hops === 0 ? component.schema : document.valueAt(at);
      const reference = isJsonObject(schema) ? schema["$ref"] : undefined;
      if (!isJsonObject(schema) || reference === undefined || Object.keys(schema).length > 1) break;
      const target = typeof reference === "string" ? document.resolve(reference, at) : null;
      if (target === null || !target.found || fileOfPointer(target.pointer) === "") return null;
      way.push(at);
      at = target.pointer;
    }
    if (way.length === 0 || way.length === mostHops) return null;
    for (const place of way) this.#homes.set(place, at);
    return at;
  }

  /** The component that a pointer leads into, and its name. */
  enclosing(
    pointer: Pointer,
  ): { readonly pointer: Pointer; readonly component: ComponentName } | null {
    const own = this.#components.get(pointer);
    if (own !== undefined) return { pointer, component: own };
    if (!pointer.startsWith(`${componentsPointer}/`)) return null;
    const end = pointer.indexOf("/", componentsPointer.length + 1);
    const outer = end < 0 ? pointer : pointer.slice(0, end);
    const component = this.#components.get(outer);
    return component === undefined ? null : { pointer: outer, component };
  }

  /**
   * The name of a referenced schema that is no component. One that only functions lead to tells its whole place: who else asks for its
   * name would depend on the other functions.
   */
  inner(pointer: Pointer): string {
    const known = this.#inner.get(pointer);
    if (known !== undefined) return known;
    const outer = this.enclosing(pointer);
    const component =
      outer === null ? undefined : { pointer: outer.pointer, name: outer.component.name };
    const name = this.#registry.claim(
      this.#isSurveyed ? wholePathName(pointer, component) : pathName(pointer, component),
    );
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

/** What a component asks for. */
interface PreferredName extends Pick<ComponentName, "key" | "preferred" | "output"> {
  readonly pointer: Pointer;
}

/** What the components ask for, in document order. */
function preferredNames(schemas: JsonObject): {
  names: readonly PreferredName[];
  plain: ReadonlySet<string>;
} {
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
  const names = [...plain].map(([key, preferred]) => {
    const half = /^(.+)-Input$/.exec(key)?.[1];
    const output =
      half !== undefined && Object.hasOwn(schemas, `${half}-Output`)
        ? child(componentsPointer, `${half}-Output`)
        : undefined;
    return { key, preferred, output, pointer: child(componentsPointer, key) };
  });
  return { names, plain: taken };
}

/** Fastify names components `def-0`, and puts the name that the author gave into `title`. */
function fastifyTitle(key: string, schemas: JsonObject): string | undefined {
  if (!/^def-\d+$/.test(key)) return undefined;
  const schema = schemas[key];
  const title = isJsonObject(schema) ? schema["title"] : undefined;
  return typeof title === "string" && title.trim() !== "" ? title : undefined;
}
