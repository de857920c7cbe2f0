import { describe, expect, it } from "vitest";
import { Diagnostics } from "../../diagnostics/diagnostics.js";
import type { JsonObject } from "../../document/document.js";
import type { Api } from "../api.js";
import { buildApi } from "../build-api.js";
import { defaultApiOptions } from "../options.js";
import { edited, type Edit } from "../test/edits.js";
import { fixture } from "../test/open-document.js";
import { Rereading } from "../test/rereading.js";
import { StepMemory } from "./step-memory.js";

/** Reads and builds with a memory, as a watch does. */
class Builder {
  readonly #reader = new Rereading();
  readonly #steps = new StepMemory();

  async build(value: JsonObject): Promise<Api> {
    const diagnostics = new Diagnostics();
    const document = await this.#reader.read(value);
    if (document === null) throw new Error("it cannot be read");
    const api = buildApi(document, defaultApiOptions, diagnostics, this.#steps);
    if (api === null) throw new Error(JSON.stringify(diagnostics.all));
    return api;
  }
}

type Part = "types" | "contexts" | "mutations" | "views";
const parts: readonly Part[] = ["types", "contexts", "mutations", "views"];

/** The names of what is another object than before. */
function renewed(before: Api, now: Api): string[] {
  return parts.flatMap((part) => {
    const known = new Set<unknown>(before[part]);
    return now[part]
      .filter((one) => !known.has(one))
      .map((one) => ("name" in one ? one.name : one.wireName));
  });
}

describe("an Api that is built again", () => {
  it("consists of the very objects of before, but for what has changed", async () => {
    const builder = new Builder();
    const bookshop = fixture("bookshop.json");
    const first = await builder.build(bookshop);
    expect(renewed(first, await builder.build(bookshop))).toEqual([]);
    const name = first.mutations[0]?.wireName ?? "";
    const at = Object.keys(bookshop["x-mizan-functions"] as JsonObject).indexOf(name);
    const words: Edit = { kind: "summary", a: at, b: 7 };
    const second = await builder.build(edited(bookshop, words));
    expect(renewed(first, second)).toEqual([name]);
    expect(second.mutations[0]?.docs?.summary).toBe("Take 7.");
  });

  it("takes a changed type into what refers to it, and nothing else", async () => {
    const builder = new Builder();
    const bookshop = fixture("bookshop.json");
    const first = await builder.build(bookshop);
    const components = (bookshop["components"] as JsonObject)["schemas"] as JsonObject;
    const at = Object.keys(components).indexOf(first.types[0]?.name ?? "");
    const second = await builder.build(edited(bookshop, { kind: "description", a: at, b: 7 }));
    expect(renewed(first, second)).toEqual([first.types[0]?.name]);
  });
});
