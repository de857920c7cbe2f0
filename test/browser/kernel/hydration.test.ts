import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createKernel, renderHydrationScript, type Dehydrated } from "../../../src/kernel/index.js";
import { contract, userContext } from "../../../src/kernel/test/bookshop.js";
import { eventually, shown, useShop } from "./shop.js";
import { servePage } from "./site.js";

const here = useShop();

/** Ends of the script in all spellings that a parser of HTML takes, and what would begin another one. */
const hostile = `</script><script>pwned = 1</script></script x=""><img src=x></SCRIPT\t/><!-- <script> \u2028\u2029 & ' " \\ ]]> \ud83d\ude00`;

/** What a server rendered that read user 7 with this name. */
async function render(name: string): Promise<Dehydrated> {
  const data = { user_profile: { id: 7, name }, user_orders: [] };
  const body = JSON.stringify({ mizan: 1, context: "user", params: { user_id: 7 }, data });
  const mizan = createKernel(contract, {
    server: true,
    fetch: () => Promise.resolve(new Response(body)),
  });
  await mizan.fetchContext(userContext, { user_id: 7 });
  const payload = mizan.dehydrate();
  mizan.destroy();
  return payload;
}

/** A page under a policy that allows nothing but its own marked scripts and its own origin's API. */
function serveStrictPage(payload: Dehydrated, options: { markPayload: boolean }): void {
  const nonce = randomBytes(16).toString("base64");
  const script = renderHydrationScript(payload, options.markPayload ? { nonce } : {});
  servePage(
    here.shop.server,
    "/strict",
    `<script nonce="${nonce}">
      globalThis.violations = [];
      addEventListener("securitypolicyviolation", (event) => {
        violations.push(event.violatedDirective + " " + event.blockedURI);
      });
    </script>
    ${script}
    <script nonce="${nonce}" src="/kit.js"></script>
    <script nonce="${nonce}">globalThis.tab = kit.openTab(); globalThis.first = kit.line(tab.handle.getState());</script>`,
    {
      "Content-Security-Policy": `default-src 'none'; script-src 'nonce-${nonce}' 'strict-dynamic'; connect-src 'self'; img-src data:; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'`,
    },
  );
}

interface Strict {
  readonly violations: string[];
  readonly first: string;
  readonly pwned?: unknown;
}

describe("hydration in Chromium", () => {
  it.each([
    ["with the nonce", true],
    ["without a nonce, being inert", false],
  ])(
    "C3 T7 H4 scenarios 74 and 77: under a strict policy, %s: a success on the first render, nothing is read, nothing gets out",
    async (_how, markPayload) => {
      serveStrictPage(await render(hostile), { markPayload });
      const page = await here.chromium.open(`${here.shop.server.origin}/strict`);
      const result = await page.evaluate(() => {
        const { violations, first, pwned } = globalThis as never as Strict;
        const { data } = tab.handle.getState();
        return {
          violations,
          first,
          pwned,
          name: data?.user_profile?.name,
          same: tab.handle.getServerState() === tab.handle.getState(),
          scripts: document.scripts.length,
        };
      });
      expect(result).toEqual({
        violations: [],
        first: `success ${hostile} []`,
        pwned: undefined,
        name: hostile,
        same: true,
        scripts: 4,
      });
      expect(here.shop.server.exchanges).toHaveLength(0);
    },
  );

  it("C3: reads, calls, messages and layers work under the strict policy: no eval, no inline script", async () => {
    serveStrictPage(await render("Alice"), { markPayload: true });
    const page = await here.chromium.open(`${here.shop.server.origin}/strict`);
    await page.evaluate(() =>
      kit.renameUser(
        { user_id: 7, name: "Zoe" },
        {
          mizan: tab.mizan,
          optimistic: { user: { user_profile: (user, { name }) => user && { ...user, name } } },
        },
      ),
    );
    await eventually(() => shown(page)).toBe("success Zoe []");
    const seen = await page.evaluate(() => tab.seen);
    expect(seen[0]).toBe("success Zoe []");
    expect(seen.join()).not.toContain("Alice");
    expect(await page.evaluate(() => (globalThis as never as Strict).violations)).toEqual([]);
  });

  it("scenario 79: the payload is taken once; a page that is loaded anew takes it again", async () => {
    serveStrictPage(await render("rendered"), { markPayload: true });
    const page = await here.chromium.open(`${here.shop.server.origin}/strict`);
    const second = await page.evaluate(() => {
      const mizan = kit.createKernel(kit.contract, {});
      const state = mizan.registerContext(kit.userContext, { user_id: 7 }).getState();
      mizan.destroy();
      return kit.line(state);
    });
    expect([await shown(page), second]).toEqual(["success rendered []", "loading fetching"]);
    await page.reload();
    expect(await shown(page)).toBe("success rendered []");
  });

  it("C3: the payload is the member __MIZAN_SSR_DATA__ of the window", async () => {
    const payload = await render(hostile);
    serveStrictPage(payload, { markPayload: true });
    const page = await here.chromium.open(`${here.shop.server.origin}/strict`);
    const text = await page.evaluate(
      () => (globalThis as never as { __MIZAN_SSR_DATA__: Element }).__MIZAN_SSR_DATA__.textContent,
    );
    expect(JSON.parse(text ?? "")).toEqual(JSON.parse(JSON.stringify(payload)));
  });

  it("scenario 80: a payload that cannot be read is ignored, and the page loads", async () => {
    servePage(
      here.shop.server,
      "/broken",
      `<script type="application/json" id="__MIZAN_SSR_DATA__">{"mizan":1,"entries":[</script><script src="/kit.js"></script>`,
    );
    const page = await here.chromium.open(`${here.shop.server.origin}/broken`);
    await page.evaluate(() => {
      globalThis.tab = kit.openTab();
    });
    await eventually(() => shown(page)).toBe("success Alice []");
  });
});
