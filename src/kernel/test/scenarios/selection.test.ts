import { describe, expect, it } from "vitest";
import type { ContextDescriptor } from "../../index.js";
import {
  bench,
  catalogContext,
  contract,
  data,
  idle,
  loaded,
  observe,
  userContext,
  useVirtualTime,
  answer,
} from "../harness.js";

useVirtualTime();

describe("which entries an invalidation means", () => {
  it.each([[{ user_id: 5 }], [{ user_id: "5" }]])(
    "scenario 13: %j matches user 5 on any page, no other user, and nobody without a user",
    async (params) => {
      const b = bench();
      const all = [{ user_id: 5 }, { user_id: 5, page: 2 }, { user_id: 55 }, { page: 5 }];
      for (const each of all) {
        observe(b.mizan.registerContext(userContext, each as { user_id: number }));
        await idle();
        await b.server.one.bundle(data);
      }
      await answer(b, [{ context: "user", params }]);
      expect(b.server.open.map(({ path }) => path)).toEqual([
        "ctx/user/?user_id=5",
        "ctx/user/?page=2&user_id=5",
      ]);
    },
  );

  it("scenario 13: params in any order, when all are given", async () => {
    const b = bench();
    for (const page of [1, 2]) {
      observe(b.mizan.registerContext(userContext, { user_id: 7, page }));
      await idle();
      await b.server.one.bundle(data);
    }
    await answer(b, [{ context: "user", params: { user_id: 7, page: 2 } }]);
    expect(b.server.one.path).toBe("ctx/user/?page=2&user_id=7");
  });

  it("scenario 13: params that cannot be read mean all, or something would stay stale unseen", async () => {
    const b = bench();
    await loaded(b, {}, 7);
    await loaded(b, {}, 8);
    await answer(b, [{ context: "user", params: { user_id: 7, page: {} } }]);
    expect(b.server.open).toHaveLength(2);
  });

  it("scenario 13: a name that begins like another is another", async () => {
    const b = bench();
    const pair: ContextDescriptor<"pair", { a: number; ab: number }, { x: number }> = {
      kind: "context",
      contract,
      name: "pair",
      path: "ctx/pair/",
      params: { a: "number", ab: "number" },
      slots: ["x"],
    };
    observe(b.mizan.registerContext(pair, { a: 1, ab: 2 }));
    await idle();
    await b.server.one.bundle({ x: 1 });
    await answer(b, [{ context: "pair", params: { a: 1 } }]);
    expect(b.server.open).toHaveLength(1);
  });

  it("scenario 13: of a context that is known by its name alone all params count", async () => {
    const b = bench();
    const byName = b.mizan as unknown as {
      registerContext: (name: string, params: object) => ReturnType<typeof b.mizan.registerContext>;
    };
    for (const id of [1, 2]) {
      observe(byName.registerContext("order", { id }) as never);
      await idle();
      await b.server.one.bundle({ order: id });
    }
    await answer(b, [{ context: "order", params: { id: 2 } }]);
    expect(b.server.one.path).toBe("ctx/order/?id=2");
  });

  it("scenario 13: the params that the server filled in count as the entry's own", async () => {
    const b = bench();
    const params = { tags: [], page: 1 };
    observe(b.mizan.registerContext(catalogContext, {}));
    observe(b.mizan.registerContext(catalogContext, { page: 2 }));
    await idle();
    await b.server.read(0).bundle({ book_list: { items: [] } }, { params });
    await b.server.read(1).bundle({ book_list: { items: [] } }, { params: { tags: [], page: 2 } });
    await answer(b, [{ context: "catalog", params: { page: 1 } }]);
    expect(b.server.one.path).toBe("ctx/catalog/");
    await b.server.one.bundle({ book_list: { items: [] } }, { params });
    observe(b.mizan.registerContext(catalogContext, { page: 1 }));
    await idle();
    expect(b.server.open).toHaveLength(0);
  });
});
