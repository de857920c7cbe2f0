import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";

export interface ChromiumOptions {
  /** Cookies and with them all storage are blocked, as a user can do in the settings. */
  readonly blockCookies?: boolean;
}

/** A running Chromium with a fresh profile. */
export interface Chromium {
  readonly context: BrowserContext;
  /** Opens an address in a new tab. */
  readonly open: (url: string) => Promise<Page>;
  /** What pages threw, or left rejected, and nobody caught. */
  readonly errors: Error[];
  /** Ends the browser and deletes its profile. */
  readonly close: () => Promise<void>;
}

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

const installer = fileURLToPath(new URL("../../scripts/install-browser.mjs", import.meta.url));

/** Where it is, and how it is started: unlike Playwright's default the back-forward cache is on. Throws when there is none. */
function findChromium(): NonNullable<Parameters<typeof chromium.launch>[0]> {
  const found = execFileSync(process.execPath, [installer, "--find"], { encoding: "utf8" });
  return {
    executablePath: found.trim(),
    headless: true,
    args: flags,
    ignoreDefaultArgs: ["--disable-back-forward-cache"],
  };
}

/**
 * Starts Chromium, headless, for tests that give each visitor a context of its own.
 *
 * @throws Error when there is no Chromium; it says how to get one
 */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch(findChromium());
}

/**
 * Starts Chromium, headless, with a profile of its own.
 *
 * @throws Error when there is no Chromium; it says how to get one
 */
export async function launchChromium({ blockCookies }: ChromiumOptions = {}): Promise<Chromium> {
  const options = findChromium();
  const profile = mkdtempSync(`${tmpdir()}/mizan-chromium-`);
  const removeProfile = (): void => {
    rmSync(profile, { recursive: true, force: true, maxRetries: 10 });
  };
  if (blockCookies) {
    mkdirSync(`${profile}/Default`);
    const preferences = { profile: { default_content_setting_values: { cookies: 2 } } };
    writeFileSync(`${profile}/Default/Preferences`, JSON.stringify(preferences));
  }
  try {
    const context = await chromium.launchPersistentContext(profile, options);
    const errors: Error[] = [];
    context.on("weberror", (event) => errors.push(event.error()));
    return {
      context,
      errors,
      async open(url) {
        const page = await context.newPage();
        await page.goto(url);
        return page;
      },
      async close() {
        await context.close();
        removeProfile();
      },
    };
  } catch (error) {
    removeProfile();
    throw error;
  }
}

interface Internals {
  readonly _connection: {
    toImpl?: (page: Page) => {
      readonly delegate: {
        readonly _mainFrameSession: {
          readonly _client: { send: (method: string, params: object) => Promise<unknown> };
        };
      };
    };
  };
}

/**
 * Lets a tab be hidden when another one is in front. Playwright makes every page believe that it is seen and has the focus, and has no
 * option against it; asking over another session does not undo that, so the one that asked for it has to.
 */
export async function allowHiding(page: Page): Promise<void> {
  const { toImpl } = (page as unknown as Internals)._connection;
  if (!toImpl) throw new Error("This version of playwright-core has no toImpl: mend allowHiding.");
  const { _client } = toImpl(page).delegate._mainFrameSession;
  await _client.send("Emulation.setFocusEmulationEnabled", { enabled: false });
}
