import { expect, it } from "vitest";
import { bookId, titles } from "../books.js";
import type { Site } from "../site.js";

/** What happens to a page as a whole: left and come back to, rendered on a server, cut off from it. */
export function pageStories(here: { readonly site: Site }): void {
  it("the back button, from the back-forward cache: what is shown is read anew, each once", async () => {
    const visitor = await here.site.visitor();
    const tab = await visitor.open();
    await tab.signIn();
    await tab.at("nav-account").click();
    await tab.shows("profile-name", "Rūmī");
    await tab.settle();
    const shown = (await tab.observed()).map((name) => `GET ${name}`);
    expect(shown).toEqual(["GET me", "GET user"]);
    await tab.page.evaluate(() => Object.assign(globalThis, { mark: "the same page" }));
    await tab.page.goto(`${here.site.url}elsewhere.txt`);
    // Somebody else, whom this browser does not hear.
    const elsewhere = await (await here.site.visitor()).open();
    await elsewhere.signIn();
    await elsewhere.at("nav-account").click();
    await elsewhere.at("name").fill("Zoe");
    await elsewhere.at("rename").click();
    await elsewhere.shows("who", "Zoe");
    const asked = await tab.during(async () => {
      await tab.page.goBack({ waitUntil: "commit" });
      await tab.shows("profile-name", "Zoe");
      await tab.shows("who", "Zoe");
    });
    expect(
      await tab.page.evaluate(() => {
        const { mark, persisted } = globalThis as never as { mark: string; persisted: boolean };
        return { mark, persisted };
      }),
    ).toEqual({ mark: "the same page", persisted: true });
    expect(asked).toEqual(shown);
  });

  it("C3 H4 T7: a page that came rendered has its data in the markup, takes it over, and reads nothing", async () => {
    const visitor = await here.site.visitor(here.site.renderedUrl);
    const markup = await (await fetch(here.site.renderedUrl)).text();
    for (const title of titles.slice(0, 12)) expect(markup).toContain(title);
    expect(markup).toContain("__MIZAN_SSR_DATA__");
    const tab = await visitor.open();
    await tab.items("books", 12);
    await tab.settle();
    expect(tab.requests).toEqual([]);
    expect(await tab.observed()).toEqual(["catalog", "me"]);
    // It is alive, not only markup.
    const turned = await tab.during(async () => {
      await tab.at("next-page").click();
      await tab.shows("page", "2");
      await tab.at(`book-${bookId(9)}`).waitFor();
    });
    expect(turned).toEqual(["GET catalog"]);
  });

  it("C3 H4: what a server rendered for a user is that user's, and nobody else's", async () => {
    const visitor = await here.site.visitor(here.site.renderedUrl);
    const first = await visitor.open();
    await first.signIn();
    const tab = await visitor.open();
    expect(await tab.page.evaluate(async () => (await fetch("/")).text())).toContain("Rūmī");
    expect(await (await fetch(here.site.renderedUrl)).text()).not.toContain("Rūmī");
    await tab.shows("who", "Rūmī");
    await tab.has(`favourite-${bookId(3)}`, "aria-pressed", "true");
    await tab.settle();
    expect(tab.requests).toEqual([]);
    const asked = await tab.during(async () => {
      await tab.at(`favourite-${bookId(23)}`).click();
      await tab.has(`favourite-${bookId(23)}`, "aria-pressed", "true");
      await tab.hasLayers(0);
    });
    expect(asked).toEqual(["POST set_favourite"]);
  });

  it("a backend that dies and comes back: what is known stays, what is not is an error that a retry heals", async () => {
    const tab = await (await here.site.visitor()).open();
    await tab.items("books", 12);
    await tab.settle();
    await here.site.stopBackend();
    try {
      await tab.goTo(`#/book/${bookId(3)}`);
      await tab.shows("error", /\S/);
      await tab.at("nav-books").click();
      await tab.items("books", 12);
      await tab.lacks("error");
      await tab.goTo(`#/book/${bookId(5)}`);
      await tab.shows("error", /\S/);
    } finally {
      await here.site.restartBackend();
    }
    await tab.at("retry").click();
    await tab.shows("book-title", "The Orchard");
    await tab.lacks("error");
    // And it can be changed again.
    await tab.signIn();
    await tab.at("nav-account").click();
    await tab.at("name").fill("Zoe");
    await tab.at("rename").click();
    await tab.shows("who", "Zoe");
  });
}
