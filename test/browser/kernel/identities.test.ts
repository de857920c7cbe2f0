import type { Page } from "playwright-core";
import { beforeEach, describe, expect, it } from "vitest";
import { eventually, heard, listen, rename, shown, told, useShop } from "./shop.js";

const here = useShop();
beforeEach(() => {
  here.shop.epochs = true;
  here.shop.name = "profile";
});

const signIn = (page: Page, who: string): Promise<void> =>
  page.evaluate((who) => {
    document.cookie = `who=${who}`;
  }, who);

/** A tab that is signed in by a token of its own. */
const tokenTab = (who: string): Promise<Page> =>
  here.shop.tab({ headers: { Authorization: `Bearer ${who}` } });

describe("two identities", () => {
  it("scenario 69: two tabs with two tokens: what one changes, the other does not listen to", async () => {
    const [alice, bob, also] = [
      await tokenTab("alice"),
      await tokenTab("bob"),
      await tokenTab("alice"),
    ];
    expect([await shown(alice), await shown(bob)]).toEqual([
      "success profile of alice []",
      "success profile of bob []",
    ]);
    await told(bob);
    await listen(bob);
    await rename(alice, "new profile");
    await eventually(() => shown(also)).toBe("success new profile of alice []");
    await eventually(async () => (await heard(bob)).length).toBe(1);
    expect(await shown(bob)).toBe("success profile of bob []");
    expect(await told(bob)).toEqual([]);
  });

  it("M4 M13: a tab that signs out drops what the tabs of the same session hold, and tells no data", async () => {
    const page = await here.shop.blank();
    await signIn(page, "alice");
    const [a, b] = [await here.shop.tab(), await here.shop.tab()];
    expect(await shown(b)).toBe("success profile of alice []");
    await told(b);
    await signIn(a, "bob");
    await a.evaluate(() => tab.mizan.call(kit.logout));
    await eventually(() => shown(a)).toBe("success profile of bob []");
    await eventually(() => shown(b)).toBe("success profile of bob []");
    const seen = await told(b);
    expect(seen[0]).toMatch(/^loading/);
    expect(seen.slice(1).join()).not.toContain("alice");
  });

  it("C7 scenario 43: somebody else signed in behind the page's back: the first answer that says so drops all", async () => {
    const page = await here.shop.blank();
    await signIn(page, "alice");
    const a = await here.shop.tab();
    await a.evaluate(async () => {
      const other = tab.mizan.registerContext(kit.userContext, { user_id: 8 });
      await other.refetch();
    });
    await told(a);
    await signIn(page, "bob");
    await a.evaluate(() => tab.handle.refetch());
    await eventually(() => shown(a)).toBe("success profile of bob []");
    const other = await a.evaluate(() =>
      kit.line(tab.mizan.registerContext(kit.userContext, { user_id: 8 }).getState()),
    );
    expect(other).not.toContain("alice");
    expect((await told(a)).slice(-1)).toEqual(["success profile of bob []"]);
  });

  it("C7 scenario 43: an answer to the former user that comes late is never seen", async () => {
    const page = await here.shop.blank();
    await signIn(page, "alice");
    const a = await here.shop.tab();
    await told(a);
    here.shop.held = true;
    await a.evaluate(() => void tab.handle.refetch());
    await eventually(() => here.shop.waiting).toBe(1);
    await signIn(a, "bob");
    await a.evaluate(() => tab.mizan.reset());
    await eventually(() => shown(a)).toBe("loading fetching");
    here.shop.held = false;
    here.shop.release();
    await eventually(() => shown(a)).toBe("success profile of bob []");
    expect((await told(a)).slice(1).join()).not.toContain("alice");
  });
});
