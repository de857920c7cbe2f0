import { expect, it } from "vitest";
import { bookId, titles } from "../books.js";
import type { Site } from "../site.js";
import { shoot } from "../visit.js";

/** Lists, pages, details, failures: what a visitor does who changes nothing. */
export function readingStories(here: { readonly site: Site }): void {
  it("lists 12 books, turns pages, and reads a page that it has just shown no second time", async () => {
    const tab = await (await here.site.visitor()).open();
    const first = await tab.items("books", 12);
    expect(first.map((text, index) => text.includes(titles[index]!))).not.toContain(false);
    await tab.shows("page", "1");
    await tab.shows("who", "guest");
    await tab.shows(`stock-${bookId(2)}`, /\b0\b/);
    await tab.lacks(`favourite-${bookId(2)}`);
    await tab.settle();
    expect(tab.requests.sort()).toEqual(["GET catalog", "GET me"]);
    const turned = await tab.during(async () => {
      await tab.at("next-page").click();
      await tab.shows("page", "2");
      await tab.at(`book-${bookId(9)}`).waitFor();
      const second = await tab.items("books", 12);
      expect(second.map((text, index) => text.includes(titles[12 + index]!))).not.toContain(false);
    });
    expect(turned).toEqual(["GET catalog"]);
    const back = await tab.during(async () => {
      await tab.at("previous-page").click();
      await tab.shows("page", "1");
      await tab.at(`book-${bookId(23)}`).waitFor();
    });
    expect(back).toEqual([]);
  });

  it("filters by author from the first page on, and shows all again without the filter", async () => {
    const tab = await (await here.site.visitor()).open();
    await tab.items("books", 12);
    await tab.at("next-page").click();
    await tab.shows("page", "2");
    await tab.at("author-filter").fill("Rumi");
    const found = await tab.items("books", 2);
    expect(found.join()).toMatch(/Divan of Shams[^]*Masnavi/);
    await tab.shows("page", "1");
    await shoot(tab, here.site, "books-filtered");
    // An empty list is also what loading looks like: the answer has to be there before somebody goes on typing.
    const asked = await tab.during(async () => {
      await tab.at("author-filter").fill("Nobody");
      await tab.items("books", 0);
    });
    expect(asked).toEqual(["GET catalog"]);
    await tab.at("author-filter").fill("");
    await tab.items("books", 12);
  });

  it("a link leads to a book's page, and the back button to the list, which is there at once", async () => {
    const tab = await (await here.site.visitor()).open();
    await tab
      .at(`book-${bookId(3)}`)
      .locator("a")
      .first()
      .click();
    await tab.shows("book-title", "Divan of Shams");
    await tab.shows("book-stock", /\b13\b/);
    await tab.lacks("order");
    expect(new URL(tab.page.url()).hash).toBe(`#/book/${bookId(3)}`);
    await shoot(tab, here.site, "book-guest");
    const back = await tab.during(async () => {
      await tab.page.goBack();
      await tab.items("books", 12);
    });
    expect(back).toEqual([]);
  });

  it("filters orders by status: one read for each that is new", async () => {
    const tab = await (await here.site.visitor()).open();
    await tab.signIn();
    const opened = await tab.during(async () => {
      await tab.at("nav-orders").click();
      expect((await tab.items("orders", 2))[0]).toMatch(/\b6\b/);
    });
    expect(opened).toEqual(["GET orders"]);
    await tab.shows("order-6", /open/i);
    await tab.shows("order-5", /shipped/i);
    await shoot(tab, here.site, "orders");
    const filtered = await tab.during(async () => {
      await tab.at("status-filter").selectOption("shipped");
      await tab.items("orders", 1);
      await tab.lacks("order-6");
      await tab.at("status-filter").selectOption("");
      await tab.items("orders", 2);
    });
    expect(filtered).toEqual(["GET orders"]);
  });

  it("M6: parts of a page that read the same context share one request", async () => {
    const visitor = await here.site.visitor();
    await (await visitor.open()).signIn();
    const tab = await visitor.open("#/account");
    await tab.shows("profile-name", "Rūmī");
    await tab.shows("who", "Rūmī");
    await tab.settle();
    expect(tab.requests.sort()).toEqual(["GET me", "GET user"]);
    await tab.items("addresses", 2);
    await tab.shows("favourite-count", /\b1\b/);
    await shoot(tab, here.site, "account");
  });

  it("says that it is loading until the first answer, and nothing else meanwhile", async () => {
    const tab = await (await here.site.visitor()).open();
    await tab.items("books", 12);
    const release = await tab.hold("/ctx/book/");
    await tab.goTo(`#/book/${bookId(3)}`);
    await tab.at("loading").first().waitFor();
    await tab.lacks("book-title");
    await tab.lacks("error");
    await shoot(tab, here.site, "loading");
    await release();
    await tab.shows("book-title", "Divan of Shams");
    await tab.lacks("loading");
  });

  it("T9: a first load that goes on failing is tried three times, then shown with a button that heals it", async () => {
    const tab = await (await here.site.visitor()).open();
    await tab.items("books", 12);
    await tab.settle();
    await here.site.fail("/ctx/book/", 503, 3);
    const failed = await tab.during(async () => {
      await tab.goTo(`#/book/${bookId(3)}`);
      await tab.shows("error", /\S/);
    });
    expect(failed).toEqual(["GET book", "GET book", "GET book"]);
    await tab.lacks("loading");
    await tab.lacks("book-title");
    await shoot(tab, here.site, "error");
    const healed = await tab.during(async () => {
      await tab.at("retry").click();
      await tab.shows("book-title", "Divan of Shams");
      await tab.lacks("error");
      await tab.lacks("retry");
    });
    expect(healed).toEqual(["GET book"]);
  });
}
