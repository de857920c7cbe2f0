import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { backendNames } from "../../scripts/backends.mjs";
import type { JsonObject } from "../../src/document/document.js";
import { generate } from "../snapshots/fixtures.js";
import { startBackend } from "./start-backend.js";

const producers = resolve(import.meta.dirname, "../../fixtures/producers");

interface Exported {
  readonly name: string;
  readonly text: string;
  readonly document: JsonObject;
}

describe("the documents of the three bookshops", () => {
  let exported: readonly Exported[];

  beforeAll(async () => {
    exported = await Promise.all(
      backendNames.map(async (name) => {
        const backend = await startBackend(name);
        try {
          const text = await (await fetch(`${backend.url}openapi.json`)).text();
          return { name, text, document: JSON.parse(text) as JsonObject };
        } finally {
          await backend.close();
        }
      }),
    );
  });

  it("issue 4: name their producers", () => {
    const names = exported.map(({ document }) => (document["x-mizan"] as JsonObject)["producer"]);
    expect(names.map((name) => (typeof name === "string" ? name.split("/")[0] : name))).toEqual([
      "mizan-fastapi",
      "mizan-django",
      "mizan-typescript",
    ]);
  });

  it("issue 4: are equal to the letter but for that, the order of members included", () => {
    const [first, ...others] = exported.map(({ document }) =>
      JSON.stringify(withoutProducer(document), null, 2),
    );
    for (const other of others) expect(other).toBe(first);
  });

  it("issue 4: are those that are committed as fixtures", () => {
    for (const { name, document } of exported) {
      expect(document, name).toEqual(JSON.parse(readFileSync(fixtureOf(name), "utf8")));
    }
  });

  it("issue 4: generate byte-identical clients", async () => {
    const clients = await Promise.all(
      exported.map(async ({ name }) => {
        const files = await generate({ name, file: fixtureOf(name), expectations: null });
        // The banner names no producer, and the contract holds none.
        return files.map(({ path, text }) => `${path}\n${text}`);
      }),
    );
    const [first, ...others] = clients;
    expect(first?.length).toBeGreaterThan(20);
    for (const other of others) expect(other).toEqual(first);
  });
});

/** `fastapi` is a program of its own among the fixtures, with FastAPI's own document. */
const fixtureOf = (name: string): string =>
  join(producers, name === "typescript" ? name : `mizan-${name}`, "openapi.json");

function withoutProducer(document: JsonObject): JsonObject {
  const { producer: _, ...meta } = document["x-mizan"] as JsonObject;
  return { ...document, "x-mizan": meta };
}
