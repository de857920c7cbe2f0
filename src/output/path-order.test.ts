import fc from "fast-check";
import { expect, it } from "vitest";
import { PathOrder } from "./path-order.js";

const path = fc.string({
  unit: fc.constantFrom("a", "b", "B", "/", "é", "\ud83d\ude00", "."),
  maxLength: 4,
});

it("gives what sorting from nothing gives, whatever was sorted before", () => {
  fc.assert(
    fc.property(fc.array(fc.uniqueArray(path, { maxLength: 12 })), (lists) => {
      const order = new PathOrder();
      for (const paths of lists) {
        const entries = paths.map((one) => ({ path: one }));
        const sorted = order.sort(entries);
        expect(sorted.map((entry) => entry.path)).toEqual([...paths].sort());
        expect(new Set(sorted)).toEqual(new Set(entries));
      }
    }),
  );
});
