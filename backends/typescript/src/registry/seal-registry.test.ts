import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createRegistry, type RegistryOptions } from "./registry.js";
import { RegistryError } from "./registry-error.js";
import { input } from "./sources.js";

const User = z.object({ id: z.int(), name: z.string() }).meta({ id: "SealUser" });
const NamePart = z.object({ name: z.string() }).meta({ id: "SealNamePart" });
const Keyless = z.object({ name: z.string() }).meta({ id: "SealKeyless" });
const Page = z.object({ items: z.array(User), total: z.int() }).meta({ id: "SealUserPage" });
const Removed = z.object({ id: z.int() }).meta({ id: "SealRemoved" });

const contexts = {
  user: { cache: { scope: "private", ttl: 60 } },
  orders: { cache: { scope: "none" } },
} as const;

const empty = (more: Partial<RegistryOptions<string, unknown, undefined>> = {}) =>
  createRegistry({ info: { title: "Test", version: "1" }, contexts, ...more });

type Slots = Readonly<Record<string, z.ZodType>>;

/** A context `user` with slots of given types, each called with `user_id`, and a mutation that answers with a user. */
function withSlots(slots: Slots, declaration: object, params: object = { user_id: z.int() }) {
  const registry = empty({ contexts: { user: contexts.user } });
  for (const [name, output] of Object.entries(slots)) {
    registry.query(name, { context: "user", params: params as never, output }, () => null);
  }
  registry.mutation(
    "rename",
    { input: { user_id: z.int(), id: z.int() }, output: User, ...declaration },
    () => null as never,
  );
  return registry;
}

function findings(registry: { seal: () => unknown }) {
  try {
    registry.seal();
  } catch (cause) {
    if (cause instanceof RegistryError) return cause.findings;
    throw cause;
  }
  return [];
}

const codes = (registry: { seal: () => unknown }): string[] =>
  findings(registry).map(({ code }) => code);

function merged(registry: ReturnType<typeof withSlots>) {
  const plan = registry.seal().functions.get("rename");
  if (plan?.kind !== "mutation") throw new Error("no mutation");
  return plan.merges.map(({ slot, mode, key, params }) => ({
    slot,
    mode,
    key,
    params: [...params.keys()],
  }));
}

describe("which slot a merge lands in (protocol 4)", () => {
  const bound = ["user_id"];
  it.each<[string, Slots, object]>([
    ["one object", { profile: User }, { slot: "profile", mode: "replace", key: null }],
    [
      "a nullable object",
      { profile: User.nullable() },
      { slot: "profile", mode: "replace", key: null },
    ],
    [
      "an object beside a list",
      { friends: z.array(User), profile: User },
      { slot: "profile", mode: "replace", key: null },
    ],
    ["a list", { friends: z.array(User) }, { slot: "friends", mode: "update", key: ["id"] }],
    ["a page", { found: Page }, { slot: "found", mode: "update", key: ["id"] }],
    [
      "a list beside a page",
      { found: Page, friends: z.array(User) },
      { slot: "friends", mode: "update", key: ["id"] },
    ],
  ])("%s", (_what, slots, expected) => {
    expect(merged(withSlots(slots, { merge: ["user"] }))).toEqual([{ ...expected, params: bound }]);
  });

  it.each<[string, string, Slots, object]>([
    ["E201", "two objects", { a: User, b: User }, {}],
    ["E201", "two lists", { a: z.array(User), b: z.array(User) }, {}],
    ["E202", "an inline type", { a: z.object({ id: z.int(), name: z.string() }) }, {}],
    ["E202", "no such slot", { a: User }, { merge: ["user.b"] }],
    ["E203", "a primitive answer", { a: z.string() }, { output: z.string() }],
    ["E203", "no answer", { a: User }, { output: undefined }],
    ["E204", "items without a key", { a: z.array(Keyless) }, { output: Keyless }],
    ["E205", "a named slot of another shape", { a: User, b: z.string() }, { merge: ["user.b"] }],
    [
      "E206",
      "a patch of members that the slot lacks",
      { a: Keyless },
      { merge: [{ context: "user", slot: "a", mode: "patch" }] },
    ],
    [
      "E207",
      "an upsert into a page",
      { a: Page },
      { merge: [{ context: "user", mode: "upsert", at: "end" }] },
    ],
    ["E200", "an unknown context", { a: User }, { merge: ["usr"] }],
    ["E220", "an unknown context of affects", { a: User }, { affects: ["usr"] }],
    [
      "E211",
      "a source that is not there",
      { a: User },
      { merge: [{ context: "user", params: { user_id: input("nope") } }] },
    ],
    [
      "E211",
      "a param that is not there",
      { a: User },
      { affects: [{ context: "user", params: { uid: input("id") } }] },
    ],
    [
      "E210",
      "a param that nothing binds",
      { a: User },
      { merge: [{ context: "user", params: {} }] },
    ],
  ])("%s: %s", (code, _what, slots, declaration) => {
    expect(codes(withSlots(slots, { merge: ["user"], ...declaration }))).toEqual([code]);
  });

  it("a declared mode rules out the ranks that it does not fit", () => {
    const slots = { profile: User, friends: z.array(User) };
    const merge = [{ context: "user", mode: "update" }];
    expect(merged(withSlots(slots, { merge }))).toMatchObject([{ slot: "friends" }]);
  });

  it("a patch may be a part of its slot, a removal needs the key only", () => {
    const patch = [{ context: "user", slot: "profile", mode: "patch" }];
    expect(merged(withSlots({ profile: User }, { output: NamePart, merge: patch }))).toMatchObject([
      { mode: "patch" },
    ]);
    const remove = [{ context: "user", slot: "friends", mode: "remove" }];
    expect(
      merged(withSlots({ friends: z.array(User) }, { output: Removed, merge: remove })),
    ).toMatchObject([{ mode: "remove", key: ["id"] }]);
  });

  it("an item of a page needs no bound page (E210)", () => {
    const params = { user_id: z.int(), page: z.int().default(1) };
    expect(merged(withSlots({ found: Page }, { merge: ["user"] }, params))).toMatchObject([
      { mode: "update", params: ["user_id"] },
    ]);
    expect(codes(withSlots({ found: User }, { merge: ["user"] }, params))).toEqual(["E210"]);
  });
});

describe("auto-scoping (protocol 2.4)", () => {
  it("binds by name and type, bounds included, never by a generic name (W310)", () => {
    const registry = withSlots({ a: User }, { affects: ["user"] }, { id: z.int() });
    const plan = registry.seal().functions.get("rename");
    expect(plan?.kind === "mutation" && [...(plan.affects[0]?.params.keys() ?? [])]).toEqual([]);
    expect(registry.seal().warnings.map(({ code }) => code)).toEqual(["W310"]);
    const bounded = withSlots({ a: User }, { affects: ["user"] }, { user_id: z.int().min(1) });
    expect(bounded.seal().contexts.get("user")?.scopes).toEqual([[]]);
  });

  it("stores a context nowhere that says nothing of a cache", () => {
    const registry = empty({ contexts: { user: {} } });
    registry.query("user", { context: "user", output: User }, () => null as never);
    expect(registry.seal().contexts.get("user")?.declaration.cache).toEqual({ scope: "none" });
  });

  it("writes the scopes that mutations use, and the whole context where there are none", () => {
    const registry = withSlots({ a: User }, { affects: ["user"] });
    expect(registry.seal().contexts.get("user")?.scopes).toEqual([["user_id"]]);
    const idle = withSlots({ a: User }, { session: "change" });
    expect(idle.seal().contexts.get("user")?.scopes).toEqual([[]]);
  });
});

describe("a context", () => {
  const param = (schema: z.ZodType) =>
    ({ context: "user", params: { p: schema }, output: User }) as const;
  const two = (first: z.ZodType, second: z.ZodType) => {
    const registry = empty({ contexts: { user: contexts.user } });
    registry.query("one", param(first), () => null as never);
    registry.query("two", param(second), () => null as never);
    return registry;
  };

  it("E110: one param has one schema", () => {
    expect(codes(two(z.int(), z.string()))).toEqual(["E110"]);
  });

  it("has the union of its params; required in one is required in all", () => {
    const registry = two(z.int(), z.int());
    expect(registry.seal().contexts.get("user")?.params.get("p")).toMatchObject({ required: true });
  });

  it("E130: a public one asks nobody who they are (M12)", () => {
    const registry = empty({ contexts: { user: { cache: { scope: "public", ttl: 1 } } } });
    registry.query("one", { context: "user", output: User }, () => null as never);
    expect(codes(registry)).toEqual(["E130"]);
  });

  it("E120: one without queries is a mistake", () => {
    expect(codes(empty())).toEqual(["E120", "E120"]);
  });

  it("W140: a page in a context of several", () => {
    const registry = empty({ contexts: { user: contexts.user } });
    registry.query("one", { context: "user", output: User }, () => null as never);
    registry.query(
      "list",
      {
        context: "user",
        params: { page: z.int().default(1) },
        output: Page,
        pagination: { style: "page", params: { page: "page" }, items: ["items"] },
      },
      () => null as never,
    );
    expect(registry.seal().warnings).toMatchObject([{ code: "W140", at: "list" }]);
  });
});

describe("names and parts", () => {
  it.each([
    ["E102", "then"],
    ["E102", "_hidden"],
    ["E102", "user-profile"],
    ["E102", "toString"],
  ])("%s: a function called %s (P8)", (code, name) => {
    const registry = empty();
    registry.mutation(name, {}, () => undefined);
    expect(codes(registry)).toContain(code);
  });

  it("E101: functions that would be one in TypeScript, contexts that are one tag", () => {
    const registry = empty({ contexts: { user: contexts.user, User: contexts.user } });
    registry.mutation("rename_user", {}, () => undefined);
    registry.mutation("renameUser", {}, () => undefined);
    expect(codes(registry)).toEqual(["E101", "E101"]);
  });

  it.each<[string, object]>([
    ["E230", { files: [{ path: ["image"], maxBytes: 1 }] }],
    ["E231", { form: { at: ["form"] } }],
    ["E231", { form: { fields: { nope: {} } } }],
  ])("%s: %j", (code, declaration) => {
    const slots = { a: User };
    expect(codes(withSlots(slots, { affects: ["user"], ...declaration }))).toEqual([code]);
  });

  it("E140: a page whose param or path is not there", () => {
    const registry = empty({ contexts: { user: contexts.user } });
    const pagination = { style: "page", params: { page: "page" }, items: ["rows"] } as const;
    registry.query("list", { context: "user", output: Page, pagination }, () => null as never);
    expect(codes(registry)).toEqual(["E140", "E140"]);
  });

  it("E111: a view whose path names no param", () => {
    const registry = withSlots({ a: User }, { session: "change" });
    registry.view("pdf", { path: "/o/{order_id}.pdf", produces: ["application/pdf"] }, () => "");
    expect(codes(registry)).toEqual(["E111"]);
  });
});

it("all mistakes are said at once, each with its place and the way out", () => {
  const registry = withSlots({ a: User }, { merge: ["usr"], affects: ["user", "usr"] });
  const found = findings(registry);
  expect(found).toMatchObject([
    { code: "E220", at: "rename.affects[1]" },
    { code: "E200", at: "rename.merge[0]" },
  ]);
  expect(found.map(({ message }) => message).join()).toMatch(/did you mean "user"/);
  expect(found.every(({ help }) => help !== undefined)).toBe(true);
});

it("what is declared for one function does not reach another, nor does what is done to it later (H10, T12)", () => {
  const shared = { output: User, tags: ["a"], affects: ["user"] as string[] };
  const registry = empty({ contexts: { user: contexts.user } });
  registry.query("one", { context: "user", output: User }, () => null as never);
  registry.mutation("first", shared, () => null as never);
  shared.tags.push("b");
  shared.affects[0] = "nowhere";
  registry.mutation("second", { ...shared, affects: ["*"] }, () => null as never);
  const { functions } = registry.seal();
  expect(functions.get("first")?.declaration).toMatchObject({ tags: ["a"], affects: ["user"] });
  expect(functions.get("second")?.declaration).toMatchObject({ tags: ["a", "b"], affects: ["*"] });
});

it("one target needs no list", () => {
  const contract = withSlots({ a: User }, { merge: "user", affects: "user" }).seal();
  expect(contract.functions.get("rename")).toMatchObject({
    merges: [{ slot: "a" }],
    affects: [{ context: "user" }],
  });
  expect(withSlots({ a: User }, { affects: "user" }).seal().warnings).toEqual([]);
});

it("W221: a mutation that tells the page of nothing; W220: a list that a merge leaves behind", () => {
  expect(withSlots({ a: User }, {}).seal().warnings).toMatchObject([{ code: "W221" }]);
  const slots = { profile: User, friends: z.array(User) };
  expect(withSlots(slots, { merge: ["user"] }).seal().warnings).toMatchObject([{ code: "W220" }]);
});

it("a sealed registry takes no more functions", () => {
  const registry = withSlots({ a: User }, { session: "change" });
  registry.seal();
  expect(() => registry.mutation("late", {}, () => undefined)).toThrow(/"late" comes too late/);
});
