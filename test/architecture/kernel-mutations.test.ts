import { describe, expect, it } from "vitest";
import { findPlaces } from "../../scripts/mutations/find-places.mjs";
import { mutations } from "../../scripts/mutations/kernel.mjs";

// `npm run mutate:kernel` takes an hour and is run by hand; a list that no longer fits the sources must be seen before that.
describe("the list of broken rules", () => {
  it("names each text where it stands, in one place", () => {
    const lost = mutations.filter((mutation) => findPlaces(mutation).length !== 1);
    expect(lost.map(([name, find]) => `${name}: ${find}`)).toEqual([]);
  });

  it("breaks something, each under a name of its own", () => {
    expect(mutations.filter(([, find, replace]) => find === replace)).toEqual([]);
    expect(new Set(mutations.map(([name]) => name)).size).toBe(mutations.length);
  });
});
