import { type } from "arktype";
import * as v from "valibot";
import { expect, expectTypeOf, it } from "vitest";
import { z } from "zod";
import { createRegistry, userType } from "./registry.js";

interface Account {
  readonly id: number;
}

const registry = createRegistry({
  info: { title: "Types", version: "1" },
  user: userType<Account>(),
  contexts: { user: { cache: { scope: "none" } } },
  transaction: <Value>(work: (tx: { sql: string }) => Promise<Value>) => work({ sql: "" }),
});

it("handlers are typed by their validators, whoever wrote those", () => {
  registry.query(
    "of_zod",
    { context: "user", params: { id: z.int(), page: z.int().default(1) }, output: z.string() },
    (args, { user }) => {
      expectTypeOf(args).toEqualTypeOf<{ readonly id: number; readonly page: number }>();
      expectTypeOf(user).toEqualTypeOf<Account>();
      return "";
    },
  );
  registry.query(
    "of_valibot",
    { context: "user", params: { name: v.string() }, output: v.number(), auth: "optional" },
    (args, { user }) => {
      expectTypeOf(args).toEqualTypeOf<{ readonly name: string }>();
      expectTypeOf(user).toEqualTypeOf<Account | null>();
      return 1;
    },
  );
  registry.mutation(
    "of_arktype",
    {
      input: type({ id: "number", "name?": "string" }),
      output: type({ id: "number" }),
      errors: { taken: { status: 409 }, left: { status: 409, data: z.object({ left: z.int() }) } },
    },
    (args, { fail, tx }) => {
      expectTypeOf(args).toEqualTypeOf<{ id: number; name?: string }>();
      expectTypeOf(tx).toEqualTypeOf<{ sql: string }>();
      if (args.id === 1) fail("taken");
      if (args.id === 2) fail("left", { left: 3 });
      // @ts-expect-error: not declared
      if (args.id === 3) fail("unknown");
      // @ts-expect-error: the declared data is missing
      if (args.id === 4) fail("left");
      return { id: 1 };
    },
  );
  expect(registry).toBeDefined();
});

it("misspelt contexts and wrong answers do not compile", () => {
  registry.query(
    "misspelt",
    // @ts-expect-error: there is no context "usr"
    { context: "usr", output: z.string() },
    () => "",
  );
  // @ts-expect-error: the answer is a number
  registry.query("wrong", { context: "user", output: z.string() }, () => 1);
  // @ts-expect-error: there is no context "usr"
  registry.mutation("affects", { affects: ["usr"] }, () => undefined);
  expect(registry).toBeDefined();
});
