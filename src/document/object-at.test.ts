import { describe, expect, it } from "vitest";
import { arrayAt, objectAt } from "./object-at.js";
import { valueAtSteps } from "./value-at.js";
import { stepsOf } from "./pointer.js";
import type { JsonObject } from "./document.js";

const root: JsonObject = { components: { schemas: [], responses: { R: {} } }, tags: [1] };
const document = { valueAt: (pointer: string) => valueAtSteps(root, stepsOf(pointer)) };

describe("objectAt and arrayAt", () => {
  it("give what is there, or something empty of the asked kind", () => {
    expect(objectAt(document, "#/components/responses")).toEqual({ R: {} });
    expect(objectAt(document, "#/components/schemas")).toEqual({});
    expect(objectAt(document, "#/nothing/here")).toEqual({});
    expect(arrayAt(document, "#/tags")).toEqual([1]);
    expect(arrayAt(document, "#/components")).toEqual([]);
  });
});
