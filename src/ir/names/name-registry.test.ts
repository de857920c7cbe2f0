import { describe, expect, it } from "vitest";
import { NameRegistry } from "./name-registry.js";

describe("NameRegistry", () => {
  it("gives a name to who asks first, and numbers from 2 to the others", () => {
    const names = new NameRegistry();
    expect(["User", "User", "User", "Order"].map((name) => names.claim(name))).toEqual([
      "User",
      "User2",
      "User3",
      "Order",
    ]);
  });

  it("skips numbers that are names of their own", () => {
    const names = new NameRegistry();
    expect(["User2", "User", "User", "User"].map((name) => names.claim(name))).toEqual([
      "User2",
      "User",
      "User3",
      "User4",
    ]);
  });

  it("keeps a number of the name apart from its own", () => {
    const names = new NameRegistry();
    expect(["V1", "V1"].map((name) => names.claim(name))).toEqual(["V1", "V1_2"]);
  });

  it("tells names by case, as TypeScript does", () => {
    const names = new NameRegistry();
    expect(["URL2", "Url2"].map((name) => names.claim(name))).toEqual(["URL2", "Url2"]);
  });

  it("knows names that live on Object.prototype from names that were claimed", () => {
    const names = new NameRegistry();
    expect(
      ["__proto__", "constructor", "toString", "constructor"].map((n) => names.claim(n)),
    ).toEqual(["__proto__", "constructor", "toString", "constructor2"]);
  });

  it("never gives a reserved name", () => {
    const names = new NameRegistry();
    expect(names.claim("Promise")).toBe("Promise2");
    expect(names.has("Promise")).toBe(true);
  });

  it("numbers the names of a group alike", () => {
    const names = new NameRegistry();
    const namesFor = (stem: string) => ({ value: `do${stem}`, input: `${stem}Input` });
    names.claim("OrderInput");
    expect(names.claimGroup("Order", namesFor)).toEqual({
      value: "doOrder2",
      input: "Order2Input",
    });
    expect(names.claimGroup("Order", namesFor)).toEqual({
      value: "doOrder3",
      input: "Order3Input",
    });
    expect(names.has("doOrder")).toBe(false);
  });

  it("numbers a hundred thousand equal names without trying all numbers for each", () => {
    // 5 000 000 000 look-ups would not end within the time that a test has.
    const names = new NameRegistry([]);
    let last = "";
    for (let count = 0; count < 100_000; count++) last = names.claim("User");
    expect(last).toBe("User100000");
  });
});
