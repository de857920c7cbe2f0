// @vitest-environment jsdom
import {
  computed,
  defineComponent,
  h,
  reactive,
  ref,
  shallowRef,
  watchEffect,
  type MaybeRefOrGetter,
} from "vue";
import type { CatalogContextParams, OrdersContextParams, UserContextParams } from "@client";
import { describe, expect, it } from "vitest";
import { openBench, useBenches, type Bench } from "./bench.js";
import { generateClient } from "./generate-client.js";
import { partsOf, probe } from "./parts.js";

const client = await generateClient("params");

/** Params of one kind, and what changes them. */
interface Source {
  readonly params: MaybeRefOrGetter<UserContextParams | null>;
  readonly change: (userId: number) => void;
}

const sources: Readonly<Record<string, () => Source>> = {
  "a ref that is replaced": () => {
    const params = ref({ user_id: 7 });
    return { params, change: (user_id) => (params.value = { user_id }) };
  },
  "a ref that is changed in place": () => {
    const params = ref({ user_id: 7 });
    return { params, change: (user_id) => (params.value.user_id = user_id) };
  },
  "a shallowRef": () => {
    const params = shallowRef({ user_id: 7 });
    return { params, change: (user_id) => (params.value = { user_id }) };
  },
  "a reactive object": () => {
    const params = reactive({ user_id: 7 });
    return { params, change: (user_id) => (params.user_id = user_id) };
  },
  "a computed": () => {
    const id = ref(7);
    const params = computed(() => ({ user_id: id.value }));
    return { params, change: (user_id) => (id.value = user_id) };
  },
  "a getter": () => {
    const id = ref(7);
    return { params: () => ({ user_id: id.value }), change: (user_id) => (id.value = user_id) };
  },
};

describe("M14: reactive params", () => {
  useBenches();

  for (const [what, open] of Object.entries(sources)) {
    it(`${what}: a change reads exactly once more, and old data is never shown as the new params'`, async () => {
      const bench = openBench(client);
      const { params, change } = open();
      const shown = probe(
        () => client.vue.useUserContext(params),
        ({ status, data }) => `${status.value} ${data.value?.user_profile?.name ?? "-"}`,
      );
      await bench.show(() => h(shown.Component));
      await bench.answerUser("Rumi");
      expect(bench.text).toBe("success Rumi");
      await bench.settle(() => {
        change(8);
        // Before anything was flushed: what is read is of the new params already.
        expect(shown.current.data.value).toBeUndefined();
      });
      expect(bench.text).toBe("loading -");
      expect(bench.reads).toEqual(["ctx/user/?user_id=7", "ctx/user/?user_id=8"]);
      await bench.answerUser("Shams");
      expect(bench.text).toBe("success Shams");
      await bench.settle(() => change(7));
      expect(bench.text).toBe("success Rumi");
      expect(bench.server.reads).toHaveLength(2);
      expect(bench.observers).toBe(1);
      // What was asked for stays what it was, whatever became of the object since.
      expect(bench.mizan.dehydrate().entries.map((entry) => entry.params)).toEqual([
        { user_id: 7 },
        { user_id: 8 },
      ]);
    });
  }

  it("a nested object that is changed in place is watched to its depth", async () => {
    const bench = openBench(client);
    const params = reactive({ tags: ["sufi"], filter: { author: "Rumi" } });
    const list = probe(() => client.vue.useBookList(params as CatalogContextParams));
    await bench.show(() => h(list.Component));
    await bench.settle(() => params.tags.push("poetry"));
    await bench.settle(() => (params.filter.author = "Attar"));
    expect(bench.reads.map((path) => decodeURIComponent(path))).toEqual([
      'ctx/catalog/?filter={"author":"Rumi"}&tags=sufi',
      'ctx/catalog/?filter={"author":"Rumi"}&tags=sufi&tags=poetry',
      'ctx/catalog/?filter={"author":"Attar"}&tags=sufi&tags=poetry',
    ]);
    expect(bench.mizan.inspect().entries.map((entry) => entry.params)).toEqual([
      { filter: { author: "Rumi" }, tags: ["sufi"] },
      { filter: { author: "Rumi" }, tags: ["sufi", "poetry"] },
      { filter: { author: "Attar" }, tags: ["sufi", "poetry"] },
    ]);
  });

  it("two params that change in one tick read once", async () => {
    const bench = openBench(client);
    const userId = ref(7);
    const status = ref<OrdersContextParams["status"]>("open");
    const orders = probe(() =>
      client.vue.useOrdersContext(() => ({ user_id: userId.value, status: status.value })),
    );
    await bench.show(() => h(orders.Component));
    await bench.settle(() => {
      userId.value = 8;
      // Evaluated in between, and still not read.
      expect(orders.current.status.value).toBe("loading");
      status.value = "paid";
    });
    expect(bench.reads).toEqual([
      "ctx/orders/?status=open&user_id=7",
      "ctx/orders/?status=paid&user_id=8",
    ]);
    expect(bench.observers).toBe(1);
  });

  it("params that change back within one tick read nothing", async () => {
    const bench = openBench(client);
    const userId = ref(7);
    const user = probe(() => client.vue.useUserContext(() => ({ user_id: userId.value })));
    await bench.show(() => h(user.Component));
    await bench.settle(() => {
      userId.value = 8;
      userId.value = 7;
    });
    expect(bench.reads).toEqual(["ctx/user/?user_id=7"]);
  });

  it("an effect never sees data of other params than the present ones", async () => {
    const bench = openBench(client);
    const userId = ref(7);
    const Page = defineComponent(() => {
      const { data } = client.vue.useUserContext(() => ({ user_id: userId.value }));
      for (const flush of ["pre", "sync"] as const) {
        watchEffect(
          () => bench.notes.push(`${userId.value}: ${data.value?.user_profile?.name ?? "-"}`),
          { flush },
        );
      }
      return () => null;
    });
    await bench.show(() => h(Page));
    await bench.answerUser("Rumi");
    await bench.settle(() => (userId.value = 8));
    await bench.answerUser("Shams");
    expect(new Set(bench.notes)).toEqual(new Set(["7: -", "7: Rumi", "8: -", "8: Shams"]));
  });

  it("props that are read in a getter are followed", async () => {
    const bench = openBench(client);
    const { User } = partsOf(bench);
    await bench.show(() => h(User, { id: 7 }));
    await bench.show(() => h(User, { id: 8 }));
    expect(bench.server.reads).toHaveLength(2);
  });

  it("a context without params needs none, and can wait for a condition", async () => {
    const bench = openBench(client);
    const isWanted = ref(false);
    const always = probe(() => client.vue.useReferenceContext());
    const perhaps = probe(() => client.vue.useBookList(() => (isWanted.value ? {} : null)));
    await bench.show(() => [h(always.Component), h(perhaps.Component)]);
    expect(bench.reads).toEqual(["ctx/reference/"]);
    expect(perhaps.current.status.value).toBe("idle");
    await bench.settle(() => (isWanted.value = true));
    expect(bench.reads).toEqual(["ctx/reference/", "ctx/catalog/"]);
  });

  it("a slot follows its params as well", async () => {
    const bench: Bench = openBench(client);
    const userId = ref<number | null>(null);
    const profile = probe(() =>
      client.vue.useUserProfile(() => (userId.value === null ? null : { user_id: userId.value })),
    );
    await bench.show(() => h(profile.Component));
    expect(profile.current.status.value).toBe("idle");
    await bench.settle(() => (userId.value = 7));
    await bench.answerUser("Rumi");
    expect(profile.current.data.value?.name).toBe("Rumi");
    await bench.settle(() => (userId.value = 8));
    expect(profile.current.data.value).toBeUndefined();
    expect(bench.server.reads).toHaveLength(2);
  });
});
