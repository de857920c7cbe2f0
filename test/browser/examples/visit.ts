import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContext, Page, Request, Route } from "playwright-core";
import { expect, vi } from "vitest";

/** How long a page may take, on a machine that is busy with other things. */
const patience = { timeout: 30_000, interval: 25 };
const screens = fileURLToPath(new URL("../../../.cache/screens/", import.meta.url));

/** A tab. */
export class Tab {
  readonly page: Page;
  /** What was asked of the backend, oldest first: `GET me`, `POST rename_user`. */
  readonly requests: string[] = [];

  constructor(page: Page) {
    this.page = page;
    page.on("request", (request) => {
      const asked = nameOf(request);
      if (asked !== undefined) this.requests.push(asked);
    });
  }

  /** An element by its test id. */
  at(id: string): ReturnType<Page["getByTestId"]> {
    return this.page.getByTestId(id);
  }

  /** Waits until an element has this text and no other. */
  async shows(id: string, text: string | RegExp): Promise<void> {
    await vi.waitFor(async () => {
      const found = await this.at(id).allInnerTexts();
      const expected: unknown = typeof text === "string" ? text : expect.stringMatching(text);
      expect(
        found.map((each) => each.trim()),
        id,
      ).toEqual([expected]);
    }, patience);
  }

  async lacks(id: string): Promise<void> {
    await vi.waitFor(async () => expect(await this.at(id).count(), id).toBe(0), patience);
  }

  /** Waits until an attribute is so. */
  async has(id: string, attribute: string, value: string): Promise<void> {
    await vi.waitFor(
      async () => expect(await this.at(id).getAttribute(attribute), id).toBe(value),
      patience,
    );
  }

  /** The texts of the items of a list, as soon as there are so many. */
  async items(id: string, count: number): Promise<string[]> {
    const items = this.at(id).locator("> li");
    await vi.waitFor(async () => expect(await items.count(), id).toBe(count), patience);
    return items.allInnerTexts();
  }

  /** Waits until so many optimistic layers are shown. */
  async hasLayers(count: number): Promise<void> {
    await vi.waitFor(async () => expect((await this.inspect()).layers).toBe(count), patience);
  }

  /** Holds what is asked below a path back, until what it returns is called. */
  async hold(path: string): Promise<() => Promise<void>> {
    const held: Route[] = [];
    let isHeld = true;
    const below = (url: URL): boolean => url.pathname.startsWith(path);
    await this.page.route(below, async (route) => {
      if (isHeld) held.push(route);
      else await route.continue();
    });
    return async () => {
      isHeld = false;
      // The route stays: a request that is made while Playwright takes one away may be missing from its events.
      for (const route of held) await route.continue();
    };
  }

  /** Brings it before the other tabs, where a user who clicks is. Playwright clicks behind others as well, and takes a second for it. */
  toFront(): Promise<void> {
    return this.page.bringToFront();
  }

  /** Goes to a page of the app as a link does. */
  async goTo(hash: string): Promise<void> {
    await this.page.evaluate((hash) => (location.hash = hash), hash);
  }

  async signIn(
    email = "rumi@shop.example",
    password = "masnavi",
    name: string | RegExp = "Rūmī",
  ): Promise<void> {
    await this.toFront();
    await this.goTo("#/sign-in");
    await this.at("email").fill(email);
    await this.at("password").fill(password);
    await this.at("sign-in").click();
    await this.shows("who", name);
    await this.items("books", 12);
    await this.settle();
  }

  /** Waits until nothing is under way and everything that was going to be asked has been. */
  async settle(): Promise<void> {
    await vi.waitFor(async () => {
      const { flights, observers } = await this.inspect();
      expect({ flights, isShown: observers > 0 }).toEqual({ flights: 0, isShown: true });
    }, patience);
    // What a frame, an effect or a timer without delay would still start, has been started after these.
    await this.page.evaluate(async () => {
      for (let frame = 0; frame < 3; frame++) {
        // A tab behind another one has hardly any frames.
        await new Promise((resolve) => {
          requestAnimationFrame(resolve);
          setTimeout(resolve, 50);
        });
        await new Promise((resolve) => setTimeout(resolve));
      }
    });
    const { flights } = await this.inspect();
    if (flights > 0) await this.settle();
  }

  /** What the instance of the page says about itself. */
  inspect(): Promise<Inspection> {
    return this.page.evaluate(() => {
      const { mizan } = globalThis as never as { mizan: { inspect: () => Inspection } };
      const { flights, observers, layers, entries } = mizan.inspect();
      return {
        flights,
        observers,
        layers,
        entries: entries.map(({ context, observers }) => ({ context, observers })),
      };
    });
  }

  /** The contexts that the page shows, by name, sorted; one that is shown with two sets of params stands there twice. */
  async observed(): Promise<string[]> {
    const { entries } = await this.inspect();
    return entries
      .filter(({ observers }) => observers > 0)
      .map(({ context }) => context)
      .sort();
  }

  /** What is asked of the backend while something is done, and until all is quiet: reads, then the rest, each sorted. */
  async during(work: () => Promise<unknown>): Promise<string[]> {
    const before = this.requests.length;
    await work();
    await this.settle();
    return this.requests.slice(before).sort();
  }
}

interface Inspection {
  readonly flights: number;
  readonly observers: number;
  readonly layers: number;
  readonly entries: readonly { readonly context: string; readonly observers: number }[];
}

function nameOf(request: Request): string | undefined {
  const { pathname } = new URL(request.url());
  const name = /^\/(?:ctx|call)\/(\w+)/.exec(pathname)?.[1];
  return name === undefined ? undefined : `${request.method()} ${name}`;
}

/** What Chromium says about answers that a test wanted, and what React's development build advertises. */
const ofTheBrowser =
  /^Failed to load resource: |^Clear-Site-Data header on |React DevTools for a better development/;

/** Somebody with a browser profile: tabs that share cookies and hear one another. */
export class Visitor {
  readonly #context: BrowserContext;
  readonly #url: string;
  /** What the pages said to the console or threw. */
  readonly complaints: string[] = [];

  private constructor(context: BrowserContext, url: string) {
    this.#context = context;
    this.#url = url;
    context.on("console", (message) => {
      if (!ofTheBrowser.test(message.text())) {
        this.complaints.push(`${message.type()}: ${message.text()}`);
      }
    });
    context.on("weberror", (event) => this.complaints.push(String(event.error().stack)));
  }

  static async come(browser: Browser, url: string): Promise<Visitor> {
    const context = await browser.newContext({ viewport: { width: 1100, height: 820 } });
    // For the way back: whether the page came out of the back-forward cache.
    await context.addInitScript(() => {
      addEventListener("pageshow", ({ persisted }) => Object.assign(globalThis, { persisted }));
    });
    return new Visitor(context, url);
  }

  /** Opens a page of the app in a new tab. */
  async open(hash = "#/"): Promise<Tab> {
    const tab = new Tab(await this.#context.newPage());
    await tab.page.goto(this.#url + hash);
    return tab;
  }

  leave(): Promise<void> {
    return this.#context.close();
  }
}

interface Shot {
  readonly app: string;
  readonly backend: string;
}

/** Takes a picture of what the tab shows, for people: `.cache/screens/<app>/<name>.png`. One backend is enough for that. */
export async function shoot({ page }: Tab, { app, backend }: Shot, name: string): Promise<void> {
  if (backend !== "typescript") return;
  mkdirSync(screens + app, { recursive: true });
  await page.screenshot({ path: `${screens}${app}/${name}.png`, animations: "disabled" });
}
