import { createApp } from "../examples/bookshop/app.js";
import { resetShop } from "../examples/bookshop/shop.js";
import { createBrowser, type Browser } from "./browser.js";

/** The bookshop, seeded anew, and a browser that has not been there yet. */
export function openBookshop(): Browser {
  resetShop();
  return createBrowser(createApp(() => new Response("page\n", { status: 404 })));
}

/** The same, with user 7 signed in. */
export async function openAsRumi(): Promise<Browser> {
  const browser = openBookshop();
  await browser.signIn("rumi@shop.example", "masnavi");
  return browser;
}

export const bookId = (number: number): string =>
  `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
