import { expect, it } from "vitest";
import { bookId } from "../books.js";
import type { Site } from "../site.js";
import { shoot } from "../visit.js";

/** Mutations: merged, invalidating, optimistic, refused. */
export function changingStories(here: { readonly site: Site }): void {
  it("T10 merge: a new name is everywhere on the page after the call alone, without any read", async () => {
    const tab = await (await here.site.visitor()).open();
    await tab.signIn();
    await tab.at("nav-account").click();
    await tab.shows("profile-name", "Rūmī");
    await tab.settle();
    const asked = await tab.during(async () => {
      await tab.at("name").fill("Zoë <b>");
      await tab.at("rename").click();
      await tab.shows("profile-name", "Zoë <b>");
      await tab.shows("who", "Zoë <b>");
    });
    expect(asked).toEqual(["POST rename_user"]);
    // The server has it as well.
    await tab.page.reload();
    await tab.shows("profile-name", "Zoë <b>");
  });

  it("a name that the server refuses is explained beside the field, and changes nothing", async () => {
    const tab = await (await here.site.visitor()).open();
    await tab.signIn();
    await tab.at("nav-account").click();
    await tab.at("name").fill("x".repeat(81));
    await tab.at("rename").click();
    await tab.shows("rename-error", /\S/);
    await shoot(tab, here.site, "rename-error");
    await tab.shows("profile-name", "Rūmī");
    await tab.shows("who", "Rūmī");
    await tab.at("name").fill("Zoe");
    await tab.at("rename").click();
    await tab.shows("profile-name", "Zoe");
    await tab.lacks("rename-error");
  });

  it("T10 H6 invalidate: an order reads what is shown and concerned exactly once, here and in the other tab", async () => {
    const visitor = await here.site.visitor();
    const list = await visitor.open();
    await list.signIn();
    const tab = await visitor.open(`#/book/${bookId(3)}`);
    await tab.shows("book-stock", /\b13\b/);
    await tab.shows("who", "Rūmī");
    for (const each of [tab, list]) await each.settle();
    const concerned = ["book", "catalog", "orders"];
    const readsOf = async (shown: Promise<string[]>): Promise<string[]> =>
      (await shown).filter((name) => concerned.includes(name)).map((name) => `GET ${name}`);
    const expected = await readsOf(tab.observed());
    expect(expected).toContain("GET book");
    const expectedInList = await readsOf(list.observed());
    expect(expectedInList).toContain("GET catalog");
    let asked: string[] = [];
    const askedInList = await list.during(async () => {
      asked = await tab.during(async () => {
        await tab.at("quantity").fill("2");
        await tab.at("order").click();
        await tab.shows("order-result", /Order 100\b/);
        await tab.shows("book-stock", /\b11\b/);
      });
      await list.shows(`stock-${bookId(3)}`, /\b11\b/);
    });
    expect(asked).toEqual([...expected, "POST place_order"].sort());
    expect(askedInList).toEqual(expectedInList);
    await shoot(tab, here.site, "ordered");
    // What nobody looked at is read when somebody does.
    const later = await tab.during(async () => {
      await tab.at("nav-orders").click();
      expect((await tab.items("orders", 3))[0]).toMatch(/\b100\b/);
    });
    expect(later).toEqual(["GET orders"]);
  });

  it("an order for more than there is says how many are left, and takes none", async () => {
    const tab = await (await here.site.visitor()).open();
    await tab.signIn();
    await tab.goTo(`#/book/${bookId(1)}`);
    await tab.at("quantity").fill("3");
    await tab.at("order").click();
    await tab.shows("order-error", "Only 2 left");
    await shoot(tab, here.site, "out-of-stock");
    await tab.shows("book-stock", /\b2\b/);
    await tab.lacks("order-result");
    await tab.at("quantity").fill("1");
    await tab.at("order").click();
    await tab.shows("order-result", /Order 100\b/);
    await tab.lacks("order-error");
    await tab.shows("book-stock", /\b1\b/);
    await tab.goTo(`#/book/${bookId(2)}`);
    await tab.shows("book-title", "Masnavi");
    await tab.lacks("order-result");
    await tab.at("quantity").fill("1");
    await tab.at("order").click();
    await tab.shows("order-error", "Only 0 left");
  });

  it("optimistic: a mark is shown before the server has answered, and stays without any read", async () => {
    const tab = await (await here.site.visitor()).open();
    await tab.signIn();
    const [marked, other] = [`favourite-${bookId(3)}`, `favourite-${bookId(23)}`];
    await tab.has(marked, "aria-pressed", "true");
    await tab.has(other, "aria-pressed", "false");
    await shoot(tab, here.site, "books");
    await tab.page.emulateMedia({ colorScheme: "dark" });
    await shoot(tab, here.site, "books-dark");
    await tab.page.setViewportSize({ width: 390, height: 820 });
    await tab.page.emulateMedia({ colorScheme: "light" });
    await shoot(tab, here.site, "books-narrow");
    await tab.page.setViewportSize({ width: 1100, height: 820 });
    const asked = await tab.during(async () => {
      const release = await tab.hold("/call/set_favourite");
      await tab.at(other).click();
      await tab.has(other, "aria-pressed", "true");
      expect(await tab.inspect()).toMatchObject({ layers: 1 });
      await release();
      await tab.hasLayers(0);
      await tab.has(other, "aria-pressed", "true");
      await tab.has(marked, "aria-pressed", "true");
      await tab.at(marked).click();
      await tab.has(marked, "aria-pressed", "false");
      await tab.hasLayers(0);
    });
    expect(asked).toEqual(["POST set_favourite", "POST set_favourite"]);
    await tab.at("nav-account").click();
    await tab.shows("favourite-count", /\b1\b/);
    // The server has it as well.
    await tab.page.reload();
    await tab.shows("favourite-count", /\b1\b/);
    await tab.goTo("#/");
    await tab.has(other, "aria-pressed", "true");
    await tab.has(marked, "aria-pressed", "false");
  });

  it("optimistic: two marks under way at once are both shown, and both stay", async () => {
    const tab = await (await here.site.visitor()).open();
    await tab.signIn();
    const release = await tab.hold("/call/set_favourite");
    for (const number of [23, 22]) {
      await tab.at(`favourite-${bookId(number)}`).click();
      await tab.has(`favourite-${bookId(number)}`, "aria-pressed", "true");
    }
    await release();
    await tab.hasLayers(0);
    await tab.at("nav-account").click();
    await tab.shows("favourite-count", /\b3\b/);
  });

  it("T9 optimistic: a mark that the server refuses is taken back; the call is made once", async () => {
    const tab = await (await here.site.visitor()).open();
    await tab.signIn();
    await here.site.fail("/call/set_favourite", 503, 1);
    const heart = `favourite-${bookId(23)}`;
    const asked = await tab.during(async () => {
      const release = await tab.hold("/call/set_favourite");
      await tab.at(heart).click();
      await tab.has(heart, "aria-pressed", "true");
      await release();
      await tab.has(heart, "aria-pressed", "false");
      await tab.hasLayers(0);
    });
    expect(asked.filter((each) => each.startsWith("POST"))).toEqual(["POST set_favourite"]);
    await tab.has(`favourite-${bookId(3)}`, "aria-pressed", "true");
    await tab.at(heart).click();
    await tab.has(heart, "aria-pressed", "true");
    await tab.hasLayers(0);
    await tab.has(heart, "aria-pressed", "true");
  });
}
