import { describe, expect, it } from "vitest";
import { headerEffects, readEffects, readInvalidateHeader } from "./effect.js";

describe("X-Mizan-Invalidate", () => {
  it.each([
    ["", []],
    ["   ", []],
    ["user", [{ context: "user" }]],
    ["user, orders", [{ context: "user" }, { context: "orders" }]],
    ["*", [{ context: "*" }]],
    ['user;p="user_id=7";rev=42', [{ context: "user", params: "user_id=7", rev: 42 }]],
    [
      'user;p="user_id=7";rev=42, orders;rev=42;p="user_id=7&status=a%2Cb"',
      [
        { context: "user", params: "user_id=7", rev: 42 },
        { context: "orders", params: "user_id=7&status=a%2Cb", rev: 42 },
      ],
    ],
    ['user ; p="" ; later="x"', [{ context: "user", params: "" }]],
    [
      '["user",{"context":"orders","params":{"user_id":7},"rev":3}]',
      [{ context: "user" }, { context: "orders", params: { user_id: 7 }, rev: 3 }],
    ],
    ['{"context":"user"}', [{ context: "user" }]],
  ])("%j", (text, items) => {
    expect(JSON.parse(JSON.stringify(readInvalidateHeader(text)))).toEqual(items);
  });

  it.each([
    "user;",
    'user;p="',
    "user orders",
    "7",
    "user,,orders",
    ";p=1",
    "[",
    "user;p=x y",
    '"user"',
  ])("%j cannot be read and means everything", (text) => {
    expect(readInvalidateHeader(text)).toEqual([{ context: "*" }]);
  });

  it.each([
    ["user", "basic", [{ context: "user" }]],
    ["user", "cors", []],
    [undefined, "basic", undefined],
    [undefined, "cors", undefined],
  ])("the header %j of an answer of type %s", (text, type, effects) => {
    const { headers } = new Response(null, { headers: text ? { "X-Mizan-Invalidate": text } : {} });
    expect(headerEffects({ headers, type } as Response)).toEqual(effects);
  });

  it("a long header is read in linear time", () => {
    const many = Array.from({ length: 5000 }, (_, n) => `ctx${n};p="id=${n}";rev=${n}`).join(", ");
    expect(readInvalidateHeader(many)).toHaveLength(5000);
    expect(readInvalidateHeader(`user${";p=".repeat(20_000)}`)).toEqual([{ context: "*" }]);
    expect(readInvalidateHeader(" ".repeat(50_000) + '"')).toEqual([{ context: "*" }]);
  });

  it("items that name no context are left out", () => {
    const good = { context: "user", slot: "s", value: 1 };
    const list = [null, 1, {}, { context: 1, slot: "s" }, [], good];
    expect(readEffects(list)).toEqual([good]);
    expect(readEffects("no list")).toEqual([]);
  });
});
