import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { allowHiding } from "../chromium.js";
import { eventually, follow, heard, listen, rename, shown, told, useShop } from "./shop.js";

const here = useShop();

/** Says something on the channel of the app. */
const say = (page: Page, message: unknown, name = "mizan:/api/"): Promise<void> =>
  page.evaluate(
    ([message, name]) => {
      const channel = new BroadcastChannel(name);
      channel.postMessage(message);
      channel.close();
    },
    [message, name] as const,
  );

const message = (more: object = {}): object => ({
  mizan: 1,
  from: "another",
  invalidate: [{ context: "user", params: { user_id: 7 } }],
  ...more,
});

describe("between the tabs of Chromium", () => {
  it("M4 scenario 65: one message from A; B reads what it observes and says nothing; C, which only holds it, reads nothing", async () => {
    const [a, b, c, ear] = [
      await here.shop.tab(),
      await here.shop.tab(),
      await here.shop.tab(),
      await here.shop.blank(),
    ];
    await listen(ear);
    await c.evaluate(() => tab.stop());
    await a.evaluate(() => tab.stop());
    const before = here.shop.reads.length;
    await told(b);
    await rename(a, "Zoe");
    await eventually(() => shown(b)).toBe("success Zoe []");
    expect(await told(b)).toEqual(["success stale fetching Alice []", "success Zoe []"]);
    await eventually(() => shown(c)).toBe("success stale Alice []");
    // What comes after it on the channel came: nothing else is on the way.
    await say(a, { last: true });
    await eventually(async () => (await heard(ear)).at(-1)).toEqual({ last: true });
    expect(await heard(ear)).toEqual([
      expect.objectContaining({
        mizan: 1,
        invalidate: [{ context: "user", params: { user_id: 7 } }],
      }),
      { last: true },
    ]);
    expect(here.shop.reads.length - before).toBe(1);
  });

  it("M4 scenario 65: what a message carries is what changed, never data", async () => {
    const [a, ear] = [await here.shop.tab(), await here.shop.blank()];
    await listen(ear);
    await a.evaluate(() =>
      tab.mizan.merge({
        context: "user",
        slot: "user_profile",
        params: { user_id: 7 },
        value: { id: 7, name: "secret" },
      }),
    );
    await eventually(async () => (await heard(ear)).length).toBe(1);
    expect(JSON.stringify(await heard(ear))).not.toContain("secret");
  });

  it("scenario 66: two instances in one tab hear each other, and never themselves", async () => {
    const page = await here.shop.tab();
    await page.evaluate(async () => {
      const other = kit.openTab({}, 8);
      Object.assign(globalThis, { other });
      await other.handle.load();
    });
    const before = here.shop.reads.length;
    await page.evaluate(() =>
      (globalThis as never as { other: typeof tab }).other.mizan.invalidate("*"),
    );
    await eventually(() => here.shop.reads.length - before).toBe(2);
    await eventually(() => shown(page)).toBe("success Alice []");
    // One read by the other for itself, one here: neither answered the other's message.
    await page.evaluate(() => tab.mizan.invalidate(kit.userContext, { user_id: 9 }));
    await page.evaluate(() => tab.handle.refetch());
    expect(here.shop.reads.length - before).toBe(3);
  });

  it("scenario 67: hidden: stale only; read when it is seen again", async () => {
    const b = await here.shop.tab();
    const a = await here.shop.blank();
    for (const page of [a, b]) await allowHiding(page);
    await a.bringToFront();
    await eventually(() => b.evaluate(() => document.visibilityState)).toBe("hidden");
    const before = here.shop.reads.length;
    await say(a, message());
    await eventually(() => shown(b)).toBe("success stale Alice []");
    // A read would have left before this one, which is not for the page.
    await b.evaluate(() => fetch("/api/other"));
    expect(here.shop.reads.length).toBe(before);
    await b.bringToFront();
    await eventually(() => shown(b)).toBe("success Alice []");
    expect(here.shop.reads.length).toBe(before + 1);
  });

  it("scenario 68: a read under way when the message comes: its answer is stale, and one more read follows", async () => {
    const [a, b] = [await here.shop.blank(), await here.shop.tab()];
    await told(b);
    here.shop.held = true;
    await b.evaluate(() => void tab.handle.refetch());
    await eventually(() => here.shop.waiting).toBe(1);
    await say(a, message());
    await eventually(() => shown(b)).toBe("success stale fetching Alice []");
    here.shop.name = "Zoe";
    here.shop.release();
    await eventually(() => here.shop.waiting).toBe(1);
    here.shop.held = false;
    here.shop.release();
    await eventually(() => shown(b)).toBe("success Zoe []");
    expect((await told(b)).at(-1)).toBe("success Zoe []");
    expect(here.shop.reads).toHaveLength(3);
  });

  it("scenario 69: another user, another app: ignored; the same user: heard", async () => {
    here.shop.epochs = true;
    const [a, b] = [await here.shop.blank(), await here.shop.tab()];
    const before = here.shop.reads.length;
    await say(a, message({ epoch: "epoch-of-bob" }));
    await say(a, message(), "mizan:/other/");
    await say(
      a,
      message({
        epoch: "epoch-of-nobody",
        invalidate: [{ context: "user", params: { user_id: 8 } }],
      }),
    );
    expect(await shown(b)).toBe("success Alice []");
    here.shop.name = "Zoe";
    await say(a, message({ epoch: "epoch-of-nobody" }));
    await eventually(() => shown(b)).toBe("success Zoe []");
    expect(here.shop.reads.length).toBe(before + 1);
  });

  it("scenario 70: what is no message of this version is ignored, and throws nothing", async () => {
    const [a, b] = [await here.shop.blank(), await here.shop.tab()];
    const before = here.shop.reads.length;
    const { invalidate } = message() as { invalidate: unknown };
    for (const each of [
      null,
      7,
      "text",
      [],
      {},
      message({ mizan: 2 }),
      message({ invalidate: "user" }),
      message({
        invalidate: [null, 7, { context: 7 }, { context: "nobody" }, { context: "__proto__" }],
      }),
      message({ invalidate: undefined, identity: "yes" }),
      { from: "x", invalidate },
    ]) {
      await say(a, each);
    }
    await say(a, new Map([["mizan", 1]]));
    here.shop.name = "Zoe";
    await say(a, message());
    await eventually(() => shown(b)).toBe("success Zoe []");
    expect(here.shop.reads.length).toBe(before + 1);
  });

  it.each(["absent", "closed", "refused"])(
    "scenario 71: BroadcastChannel is %s: the tab works alone",
    async (how) => {
      const page = await here.shop.blank();
      await page.evaluate((how) => {
        const postMessage = Reflect.get(BroadcastChannel.prototype, "postMessage") as (
          data: unknown,
        ) => void;
        if (how === "absent") Reflect.deleteProperty(globalThis, "BroadcastChannel");
        else if (how === "closed") {
          // As after a crash of the browser's own process: it can be made, and is closed.
          BroadcastChannel.prototype.postMessage = function (this: BroadcastChannel, data) {
            this.close();
            postMessage.call(this, data);
          };
        } else {
          globalThis.BroadcastChannel = class {
            constructor() {
              throw new DOMException("blocked", "SecurityError");
            }
          } as never;
        }
        Object.assign(globalThis, { reported: [] });
        addEventListener("error", (event) => {
          (globalThis as never as { reported: string[] }).reported.push(event.message);
          event.preventDefault();
        });
      }, how);
      await follow(page);
      await rename(page, "Zoe");
      await eventually(() => shown(page)).toBe("success Zoe []");
      const reported = await page.evaluate(
        () => (globalThis as never as { reported: string[] }).reported,
      );
      expect(reported).toHaveLength(how === "closed" ? 1 : 0);
      await page.evaluate(() => tab.mizan.destroy());
      here.chromium.errors.splice(0);
    },
  );

  it("scenario 73: a message that comes before the hydration of the entry: it starts stale, and is read", async () => {
    const [a, b] = [await here.shop.blank(), await here.shop.blank()];
    await b.evaluate(() => {
      const mizan = kit.createKernel(kit.contract, {});
      Object.assign(globalThis, { mizan, heard: 0 });
      new BroadcastChannel("mizan:/api/").onmessage = () => {
        (globalThis as never as { heard: number }).heard++;
      };
    });
    await say(a, message());
    await expect
      .poll(() => b.evaluate(() => (globalThis as never as { heard: number }).heard))
      .toBe(1);
    const states = await b.evaluate(async () => {
      const { mizan } = globalThis as never as { mizan: ReturnType<typeof kit.createKernel> };
      const entries = [7, 8].map((user_id) => ({
        context: "user",
        params: { user_id },
        data: kit.data,
      }));
      mizan.hydrate({ mizan: 1, entries });
      const handles = [7, 8].map((user_id) => mizan.registerContext(kit.userContext, { user_id }));
      const lines = handles.map((handle) => kit.line(handle.getState()));
      for (const handle of handles) handle.subscribe(() => undefined);
      await handles[0]?.refetch();
      return [...lines, ...handles.map((handle) => kit.line(handle.getState()))];
    });
    expect(states).toEqual([
      "success stale Alice [1x1]",
      "success Alice [1x1]",
      "success Alice []",
      "success Alice [1x1]",
    ]);
    expect(here.shop.reads).toEqual(["GET ctx/user/?user_id=7"]);
  });

  it.each(["logout", "reset"])("M4: %s in one tab drops what the others hold", async (how) => {
    const [a, b] = [await here.shop.tab(), await here.shop.tab()];
    await told(b);
    here.shop.held = true;
    here.shop.name = "Bob";
    await a.evaluate((how) => {
      if (how === "reset") tab.mizan.reset();
      else void tab.mizan.call(kit.logout);
    }, how);
    await eventually(() => shown(b)).toBe("loading fetching");
    await eventually(() => here.shop.waiting).toBeGreaterThan(0);
    here.shop.held = false;
    here.shop.release();
    await eventually(() => shown(b)).toBe("success Bob []");
    expect(await told(b)).toEqual(["loading fetching", "success Bob []"]);
  });
});
