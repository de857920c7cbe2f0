import type { Page } from "playwright-core";
import { afterEach, describe, expect, it } from "vitest";
import { allowHiding, launchChromium } from "../chromium.js";
import { eventually, follow, rename, Shop, shown, told, useShop } from "./shop.js";

const here = useShop();
afterEach(() => here.chromium.context.setOffline(false));

/** A tab that was loaded, left for another page, and is now in the back-forward cache, unless the browser took it out. */
async function leave(): Promise<Page> {
  const page = await here.chromium.open(`${here.shop.server.origin}/app`);
  await eventually(() => shown(page)).toBe("success Alice []");
  await page.evaluate(async () => {
    // Held, and no longer observed.
    const other = tab.mizan.registerContext(kit.userContext, { user_id: 8 });
    await other.refetch();
  });
  await page.goto(`${here.shop.server.origin}/elsewhere`);
  return page;
}

/** Whether the page came out of the back-forward cache, as soon as it is there. */
async function back(page: Page): Promise<boolean> {
  await page.evaluate(() => history.back());
  await eventually(() =>
    page.evaluate(() => "restored" in globalThis && document.readyState).catch(() => "gone"),
  ).toBe("complete");
  return page.evaluate(() => (globalThis as never as { restored: boolean }).restored);
}

describe("a page in Chromium", () => {
  it("scenario 72: restored from the back-forward cache: what is observed is read once, whatever its age, and nothing else", async () => {
    const page = await leave();
    const before = here.shop.reads.length;
    here.shop.name = "Zoe";
    expect(await back(page)).toBe(true);
    await eventually(() => shown(page)).toBe("success Zoe []");
    // The same instance with all that it was told: the page was not loaded anew.
    expect(await told(page)).toEqual([
      "success Alice []",
      "success fetching Alice []",
      "success Zoe []",
    ]);
    expect(here.shop.reads.slice(before)).toEqual(["GET ctx/user/?user_id=7"]);
  });

  it("scenario 72: what another tab changed meanwhile is seen, in the cache or out of it", async () => {
    const page = await leave();
    const other = await here.shop.tab();
    await rename(other, "Zoe");
    await page.bringToFront();
    await back(page);
    await eventually(() => shown(page)).toBe("success Zoe []");
  });

  it("scenario 79: back navigation does not apply a payload again", async () => {
    const page = await leave();
    here.shop.name = "Zoe";
    await back(page);
    await eventually(() => shown(page)).toBe("success Zoe []");
    await page.evaluate(() => tab.mizan.hydrate({ mizan: 1, entries: [] }));
    const again = await page.evaluate(() => {
      const second = kit.createKernel(kit.contract, {});
      return kit.line(second.registerContext(kit.userContext, { user_id: 7 }).getState());
    });
    expect(again).toBe("loading fetching");
  });

  it("scenario 61: offline while a retry sleeps: paused; online: exactly one read", async () => {
    const page = await here.shop.tab();
    await told(page);
    const before = here.shop.reads.length;
    await here.chromium.context.setOffline(true);
    await page.evaluate(() => void tab.handle.refetch());
    // Asleep after its first failure; longer than the first wait, it is not tried.
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 600)));
    expect(await shown(page)).toBe("success fetching Alice []");
    here.shop.name = "Zoe";
    await here.chromium.context.setOffline(false);
    await eventually(() => shown(page)).toBe("success Zoe []");
    expect(here.shop.reads.length).toBe(before + 1);
  });

  it("scenario 62: seen, focused and online in one burst: one read for what is stale and observed", async () => {
    const page = await here.shop.tab({ staleTime: -1 });
    const front = await here.shop.blank();
    for (const each of [page, front]) await allowHiding(each);
    await front.bringToFront();
    await eventually(() => page.evaluate(() => document.visibilityState)).toBe("hidden");
    await page.evaluate(() => {
      const events: string[] = Object.assign(globalThis, { events: [] }).events;
      addEventListener("focus", () => events.push("focus"));
      addEventListener("online", () => events.push("online"));
      document.addEventListener("visibilitychange", () => events.push(document.visibilityState));
    });
    const before = here.shop.reads.length;
    here.shop.held = true;
    await here.chromium.context.setOffline(true);
    await here.chromium.context.setOffline(false);
    await page.bringToFront();
    await eventually(() =>
      page.evaluate(() => (globalThis as never as { events: string[] }).events.toSorted()),
    ).toEqual(["focus", "online", "visible"]);
    await eventually(() => here.shop.waiting).toBe(1);
    here.shop.held = false;
    here.shop.release();
    await eventually(() => shown(page)).toMatch(/^success (stale )?Alice/);
    expect(here.shop.reads.length).toBe(before + 1);
  });

  it("scenario 63: polling pauses while the page is hidden", async () => {
    const page = await here.shop.tab();
    const front = await here.shop.blank();
    for (const each of [page, front]) await allowHiding(each);
    await page.bringToFront();
    await page.evaluate(() => {
      Object.assign(globalThis, { ticks: 0, stopPolling: kit.pollContext(tab.handle, 20) });
      setInterval(() => (globalThis as never as { ticks: number }).ticks++, 20);
    });
    const before = here.shop.reads.length;
    await eventually(() => here.shop.reads.length).toBeGreaterThan(before + 2);
    await front.bringToFront();
    await eventually(() => page.evaluate(() => document.visibilityState)).toBe("hidden");
    await page.evaluate(() => tab.handle.refetch());
    const hidden = here.shop.reads.length;
    // The browser slows timers of hidden pages down, but they go on.
    const ticks = await page.evaluate(() => (globalThis as never as { ticks: number }).ticks);
    await eventually(() =>
      page.evaluate(() => (globalThis as never as { ticks: number }).ticks),
    ).toBeGreaterThan(ticks + 1);
    expect(here.shop.reads.length).toBe(hidden);
    await page.bringToFront();
    await eventually(() => here.shop.reads.length).toBeGreaterThan(hidden);
    await page.evaluate(() => (globalThis as never as { stopPolling: () => void }).stopPolling());
  });

  it("scenario 57: a destroyed instance leaves no listener: focus, online and messages do nothing", async () => {
    const page = await here.shop.tab({ staleTime: -1 });
    await told(page);
    await page.evaluate(() => tab.mizan.destroy());
    const before = here.shop.reads.length;
    await page.evaluate(() => {
      dispatchEvent(new Event("focus"));
      dispatchEvent(new Event("online"));
      document.dispatchEvent(new Event("visibilitychange"));
      const channel = new BroadcastChannel("mizan:/api/");
      channel.postMessage({ mizan: 1, from: "x", invalidate: [{ context: "*" }] });
    });
    const other = await here.shop.tab();
    await rename(other, "Zoe");
    await eventually(() => shown(other)).toBe("success Zoe []");
    expect(await told(page)).toEqual([]);
    // The other tab's first read, and the one after its call.
    expect(here.shop.reads.length).toBe(before + 2);
  });
});

describe("storage", () => {
  /** All that an app does, in a page where something is missing. */
  async function useApp(page: Page): Promise<void> {
    await follow(page);
    expect(await shown(page)).toBe("success Alice []");
    await rename(page, "Zoe");
    await eventually(() => shown(page)).toBe("success Zoe []");
    const hydrated = await page.evaluate(() => {
      const payload = tab.mizan.dehydrate();
      tab.mizan.destroy();
      const next = kit.createKernel(kit.contract, { hydrate: payload });
      const state = next.registerContext(kit.userContext, { user_id: 7 }).getState();
      next.destroy();
      return kit.line(state);
    });
    expect(hydrated).toBe("success Zoe []");
  }

  it("M4: absent storage: the kernel asks for none of it", async () => {
    const page = await here.shop.blank();
    await page.addInitScript(() => {
      for (const name of ["sessionStorage", "localStorage", "indexedDB", "caches"]) {
        Object.defineProperty(globalThis, name, {
          get: () => {
            throw new DOMException(`${name} was asked for`, "SecurityError");
          },
        });
      }
      Object.defineProperty(Document.prototype, "cookie", {
        get: () => {
          throw new DOMException("cookie was asked for", "SecurityError");
        },
      });
    });
    await page.reload();
    await useApp(page);
  });

  it("cookies and storage that the user blocked: reads, calls, hydration and other tabs work", async () => {
    const strict = await launchChromium({ blockCookies: true });
    const blocked = await Shop.open(strict);
    try {
      const page = await blocked.blank();
      const storage = await page.evaluate(() => {
        document.cookie = "who=alice";
        try {
          return [document.cookie, typeof sessionStorage];
        } catch (error) {
          return [document.cookie, (error as Error).name];
        }
      });
      expect(storage).toEqual(["", "SecurityError"]);
      await useApp(await blocked.blank());
      const [a, b] = [await blocked.tab(), await blocked.tab()];
      await rename(a, "Bob");
      await eventually(() => shown(b)).toBe("success Bob []");
      expect(strict.errors).toEqual([]);
    } finally {
      await strict.close();
      await blocked.close();
    }
  });
});
