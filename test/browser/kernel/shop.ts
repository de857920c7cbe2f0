import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import { HttpServer, json, type Exchange } from "../../../src/kernel/test/live/http-server.js";
import type { MizanOptions } from "../../../src/kernel/index.js";
import { launchChromium, type Chromium } from "../chromium.js";
import { serveKit } from "./site.js";

/**
 * A backend with one user, a browser, and tabs of it. Who asks is told by the cookie `who` or by a token, and named to the client as its
 * epoch.
 */
export class Shop {
  readonly server = new HttpServer();
  name = "Alice";
  /** Whether the answers name the identity. */
  epochs = false;
  /** Reads wait for {@link release}. */
  held = false;
  readonly #waiting: (() => void)[] = [];
  readonly chromium: Chromium;

  private constructor(chromium: Chromium) {
    this.chromium = chromium;
    this.server.handler = (exchange) => this.#answer(exchange);
  }

  /** An origin of its own, so that no tab or cookie of another test is heard of. */
  static async open(chromium: Chromium): Promise<Shop> {
    const shop = new Shop(chromium);
    for (const page of chromium.context.pages().slice(1)) await page.close();
    await chromium.context.clearCookies();
    await shop.server.listen();
    await serveKit(shop.server);
    return shop;
  }

  close(): Promise<void> {
    return this.server.close();
  }

  #answer({ path, headers, body, response }: Exchange): void {
    const who =
      /who=(\w+)/.exec(headers.cookie ?? "")?.[1] ?? headers.authorization?.replace("Bearer ", "");
    const epoch = this.epochs ? { "X-Mizan-Epoch": `epoch-of-${who ?? "nobody"}` } : {};
    if (path === "/api/session/") {
      json(response, { mizan: 1, csrf: { header: "X-CSRFToken", token: "t" } }, epoch);
    } else if (path.startsWith("/api/ctx/user/")) {
      const user_id = Number(/user_id=(\d+)/.exec(path)?.[1]);
      const name = who ? `${this.name} of ${who}` : this.name;
      const data = { user_profile: { id: user_id, name }, user_orders: [] };
      const answer = (): void =>
        json(response, { mizan: 1, context: "user", params: { user_id }, data }, epoch);
      if (this.held) this.#waiting.push(answer);
      else answer();
    } else if (path === "/api/call/rename_user") {
      const input = JSON.parse(body.toString()) as { user_id: number; name: string };
      this.name = input.name;
      const invalidate = [{ context: "user", params: { user_id: input.user_id } }];
      json(response, { result: { id: input.user_id, name: input.name }, invalidate }, epoch);
    } else json(response, { result: null }, epoch);
  }

  /** Answers the reads that were held back. */
  release(): void {
    for (const answer of this.#waiting.splice(0)) answer();
  }

  /** How many reads wait. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Paths of the reads so far. */
  get reads(): string[] {
    return this.server.paths.filter((path) => path.startsWith("GET ctx/"));
  }

  get posts(): string[] {
    return this.server.paths.filter((path) => path.startsWith("POST "));
  }

  /** A new tab without an instance. */
  blank(): Promise<Page> {
    return this.chromium.open(this.server.origin);
  }

  /** A new tab that follows user 7, loaded. */
  async tab(options: MizanOptions = {}): Promise<Page> {
    const page = await this.blank();
    await follow(page, options);
    return page;
  }
}

/** One browser for the tests of a file, and a shop of its own for each. What a page throws, or leaves rejected, fails the test. */
export function useShop(): { readonly chromium: Chromium; readonly shop: Shop } {
  let chromium: Chromium;
  let shop: Shop;
  beforeAll(async () => {
    chromium = await launchChromium();
  });
  afterAll(() => chromium.close());
  beforeEach(async () => {
    shop = await Shop.open(chromium);
  });
  afterEach(async () => {
    await shop.close();
    expect(chromium.errors.splice(0)).toEqual([]);
  });
  return {
    get chromium() {
      return chromium;
    },
    get shop() {
      return shop;
    },
  };
}

/** Makes the page's instance, and waits for user 7. */
export async function follow(page: Page, options: MizanOptions = {}): Promise<void> {
  await page.evaluate((options) => {
    globalThis.tab = kit.openTab(options);
    return tab.handle.load();
  }, options);
}

/** What the page shows of user 7. */
export const shown = (page: Page): Promise<string> =>
  page.evaluate(() => kit.line(tab.handle.getState()));

/** What the page's observer was told since the last time this was asked. */
export const told = (page: Page): Promise<string[]> => page.evaluate(() => tab.seen.splice(0));

/** Renames user 7 in this tab. */
export const rename = (page: Page, name: string): Promise<unknown> =>
  page.evaluate((name) => tab.mizan.call(kit.renameUser, { user_id: 7, name }), name);

/** Listens to the channel of the app from now on: after the page's own instance, if there is one. */
export const listen = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const heard: unknown[] = Object.assign(globalThis, { heard: [] }).heard;
    new BroadcastChannel("mizan:/api/").onmessage = ({ data }) => heard.push(data);
  });

export const heard = (page: Page): Promise<Record<string, unknown>[]> =>
  page.evaluate(() => (globalThis as never as { heard: Record<string, unknown>[] }).heard);

/** Waits until it is so, however busy the machine. */
export const eventually = <Value>(
  read: () => Value | Promise<Value>,
): ReturnType<typeof expect.poll<Value>> => expect.poll(read, { timeout: 30_000, interval: 20 });
