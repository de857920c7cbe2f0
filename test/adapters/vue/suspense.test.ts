// @vitest-environment jsdom
import { defineComponent, h, onErrorCaptured, ref, Suspense, type VNodeChild } from "vue";
import * as runtime from "vue";
import { describe, expect, it } from "vitest";
import { openBench, useBenches, type Bench } from "./bench.js";
import { generateClient } from "./generate-client.js";
import { partsOf } from "./parts.js";

const client = await generateClient("suspense");

/** What the compiler of `<script setup>` writes around an await; not among Vue's public types. */
const { withAsyncContext } = runtime as unknown as {
  readonly withAsyncContext: <Value>(
    get: () => Promise<Value>,
  ) => readonly [awaited: Promise<Value>, restore: () => void];
};

const waiting = (bench: Bench, id: () => number | null) =>
  defineComponent(async () => {
    const user = client.vue.useUserContext(() => {
      const user_id = id();
      return user_id === null ? null : { user_id };
    });
    const first = await user.suspense();
    bench.notes.push(`first ${first.user_profile.name}`);
    return () => h("p", user.data.value?.user_profile?.name ?? user.status.value);
  });

const below = (content: () => VNodeChild): VNodeChild =>
  h(Suspense, null, { default: content, fallback: () => h("i", "…") });

describe("T2: below Suspense", () => {
  useBenches();

  it("an async setup awaits the first data, and then follows like any other", async () => {
    const bench = openBench(client);
    const id = ref(7);
    const Page = waiting(bench, () => id.value);
    await bench.show(() => below(() => h(Page)));
    expect(bench.text).toBe("…");
    await bench.answerUser("Rumi");
    expect(bench.text).toBe("Rumi");
    await bench.settle(() => (id.value = 8));
    expect(bench.text).toBe("loading");
    await bench.answerUser("Shams");
    expect(bench.text).toBe("Shams");
    expect(bench.server.reads).toHaveLength(2);
    expect(bench.observers).toBe(1);
    await bench.show(() => null);
    expect(bench.observers).toBe(0);
  });

  it("waits for params that are not known yet", async () => {
    const bench = openBench(client);
    const id = ref<number | null>(null);
    const Page = waiting(bench, () => id.value);
    await bench.show(() => below(() => h(Page)));
    await bench.pass(1000);
    expect(bench.text).toBe("…");
    expect(bench.server.requests).toEqual([]);
    await bench.settle(() => (id.value = 7));
    await bench.answerUser("Rumi");
    expect(bench.text).toBe("Rumi");
    expect(bench.notes).toEqual(["first Rumi"]);
  });

  it("gives the data of the present params when they change while it waits", async () => {
    const bench = openBench(client);
    const id = ref(7);
    const Page = waiting(bench, () => id.value);
    await bench.show(() => below(() => h(Page)));
    await bench.settle(() => (id.value = 8));
    await bench.answerUser("Shams", bench.server.read(1));
    expect(bench.text).toBe("Shams");
    expect(bench.notes).toEqual(["first Shams"]);
  });

  it("a branch that is left before its data came observes nothing, and ends its read", async () => {
    const bench = openBench(client);
    const Page = waiting(bench, () => 7);
    await bench.show(() => below(() => h(Page)));
    expect(bench.observers).toBe(1);
    await bench.show(() => h("b", "gone"));
    await bench.pass(1000);
    expect(bench.observers).toBe(0);
    expect(bench.server.aborted).toBe(1);
    expect(bench.text).toBe("gone");
  });

  it("a failure of the first load goes to onErrorCaptured", async () => {
    const bench = openBench(client);
    const Page = waiting(bench, () => 7);
    const Boundary = defineComponent(() => {
      const code = ref<string>();
      onErrorCaptured((error) => {
        code.value = (error as Error & { readonly code: string }).code;
        return false;
      });
      return () => (code.value === undefined ? below(() => h(Page)) : h("b", code.value));
    });
    await bench.show(() => h(Boundary));
    await bench.settle(() => bench.server.one.problem(404, "not_found"));
    expect(bench.text).toBe("not_found");
  });

  it("a component that is made anew after a failure tries again", async () => {
    const bench = openBench(client);
    const Page = waiting(bench, () => 7);
    const attempt = ref(0);
    const Boundary = defineComponent(() => {
      onErrorCaptured(() => false);
      return () => below(() => h(Page, { key: attempt.value }));
    });
    await bench.show(() => h(Boundary));
    await bench.settle(() => bench.server.one.problem(404, "not_found"));
    await bench.settle(() => attempt.value++);
    await bench.answerUser("Rumi");
    expect(bench.text).toBe("Rumi");
    expect(bench.server.reads).toHaveLength(2);
  });

  it("data that is there already shows no fallback", async () => {
    const bench = openBench(client);
    const read = client.core.fetchUserContext({ user_id: 7 }, { mizan: bench.mizan });
    await bench.settle();
    await bench.answerUser("Rumi");
    await read;
    const Page = waiting(bench, () => 7);
    await bench.show(() => below(() => h(Page)));
    expect(bench.text).toBe("Rumi");
    expect(bench.server.reads).toHaveLength(1);
  });

  it("a composable that is called after an await, as the compiler of <script setup> writes it, works and ends", async () => {
    const bench = openBench(client);
    const { User } = partsOf(bench);
    const Late = defineComponent(async () => {
      const [awaited, restore] = withAsyncContext(() => Promise.resolve(7));
      const user_id = await awaited;
      restore();
      const { status } = client.vue.useUserContext({ user_id });
      const { mutate } = client.vue.useUpdateProfile();
      return () => [h("p", status.value), h("p", typeof mutate), h(User, { id: user_id })];
    });
    await bench.show(() => below(() => h(Late)));
    await bench.answerUser("Rumi");
    expect(bench.text).toBe("successfunctionsuccess Rumi 1");
    expect(bench.observers).toBe(2);
    await bench.show(() => null);
    expect(bench.observers).toBe(0);
  });
});
