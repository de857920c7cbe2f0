import { describe, expect, it } from "vitest";
import type { JsonValue } from "../../document/document.js";
import { allOfMeansNullable } from "./null-word.js";

const user = { $ref: "#/components/schemas/User" };
const word = { type: ["object", "null"] };

describe("allOf of a reference and a word for null", () => {
  it.each<[string, readonly JsonValue[], boolean]>([
    ["a list of types", [user, word], true],
    ["nullable alone", [{ nullable: true, description: "x" }, user], true],
    ["another part that names no type", [user, word, { required: ["id"] }], true],
    ["another part whose type is without null", [user, word, { type: "object" }], false],
    ["a part with members of its own", [user, { ...word, properties: {} }], false],
    ["no reference", [word, { type: "object" }], false],
    ["no word", [user, { type: "object" }], false],
  ])("%s: %j is %s", (_name, members, expected) => {
    expect(allOfMeansNullable(members)).toBe(expected);
  });
});
