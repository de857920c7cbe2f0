import { expect, it } from "vitest";
import { bookId } from "../books.js";
import type { Site } from "../site.js";
import { shoot } from "../visit.js";

/** Who is there: signing in and out, in one tab and in two. */
export function sessionStories(here: { readonly site: Site }): void {
  it("a wrong password is said beside the form; the right one leads to the books, as somebody", async () => {
    const tab = await (await here.site.visitor()).open();
    await tab.at("nav-sign-in").click();
    await tab.at("email").fill("rumi@shop.example");
    await tab.at("password").fill("wrong");
    await tab.at("sign-in").click();
    await tab.shows("sign-in-error", /\S/);
    await tab.shows("who", "guest");
    await shoot(tab, here.site, "sign-in-error");
    await tab.at("password").fill("masnavi");
    await tab.at("sign-in").click();
    await tab.shows("who", "Rūmī");
    await tab.items("books", 12);
    expect(new URL(tab.page.url()).hash).toBe("#/");
    await tab.lacks("nav-sign-in");
    await tab.has(`favourite-${bookId(3)}`, "aria-pressed", "true");
  });

  it("signing out leaves nothing of the user on the page", async () => {
    const tab = await (await here.site.visitor()).open();
    await tab.signIn();
    await tab.at("nav-account").click();
    await tab.shows("profile-name", "Rūmī");
    await tab.at("sign-out").click();
    await tab.shows("who", "guest");
    await tab.lacks("sign-out");
    await tab.lacks("profile-name");
    await tab.settle();
    expect(await tab.observed()).not.toContain("user");
    await tab.lacks("error");
    await shoot(tab, here.site, "account-guest");
    await tab.at("nav-orders").click();
    await tab.settle();
    await tab.lacks("order-5");
    await tab.lacks("error");
    await tab.at("nav-books").click();
    await tab.items("books", 12);
    await tab.lacks(`favourite-${bookId(3)}`);
  });

  it("the next user of the same tab sees nothing of the one before", async () => {
    const tab = await (await here.site.visitor()).open();
    await tab.signIn();
    await tab.at("nav-account").click();
    await tab.items("addresses", 2);
    await tab.at("sign-out").click();
    await tab.shows("who", "guest");
    await tab.signIn("shams@shop.example", "tabriz", "Shams");
    await tab.has(`favourite-${bookId(3)}`, "aria-pressed", "false");
    await tab.at("nav-account").click();
    await tab.shows("profile-name", "Shams");
    expect(await tab.items("addresses", 1)).toEqual([expect.stringContaining("Tabriz")]);
    await tab.shows("favourite-count", /\b0\b/);
  });

  it("M4: two tabs follow one another: a new name, a sign-out, a sign-in", async () => {
    const visitor = await here.site.visitor();
    const tab = await visitor.open();
    await tab.signIn();
    const other = await visitor.open("#/account");
    await other.shows("profile-name", "Rūmī");
    await tab.toFront();
    await tab.at("nav-account").click();
    await tab.shows("profile-name", "Rūmī");
    for (const each of [tab, other]) await each.settle();
    const asked = await other.during(async () => {
      await tab.at("name").fill("Zoe");
      await tab.at("rename").click();
      await tab.shows("who", "Zoe");
      await other.shows("profile-name", "Zoe");
      await other.shows("who", "Zoe");
    });
    // Data does not cross tabs, only what changed: the other one reads what it shows, once.
    expect(asked).toEqual(["GET me", "GET user"]);
    await other.toFront();
    await other.at("sign-out").click();
    for (const each of [other, tab]) {
      await each.shows("who", "guest");
      await each.lacks("profile-name");
      await each.lacks("error");
    }
    await tab.signIn("shams@shop.example", "tabriz", "Shams");
    await other.shows("who", "Shams");
    await other.shows("profile-name", "Shams");
  });
}
