// The whole story of a client against a live bookshop; bundled and run by `describe-story.ts` with the address of the server. Prints what
// it saw as JSON.
import {
  archiveOrdersUrl,
  createMizan,
  fetchArchiveOrders,
  fetchInvoicePdf,
  fetchMeContext,
  isPlaceOrderError,
  login,
  logout,
  MizanError,
  ordersContext,
  placeOrder,
  renameUser,
  setFavourite,
  updateProfile,
  uploadAvatar,
  userContext,
} from "@client";
import { cookieFetch } from "./cookie-fetch.js";

const baseUrl = process.argv[2] ?? "";
const facts: Record<string, unknown> = {};
const requests: string[] = [];
const send = cookieFetch(requests);
/** Called when an answer is there, before the client has it. */
let beforeAnswer = (_url: string): void => {};
const mizan = createMizan({
  baseUrl,
  fetch: async (url, init) => {
    const response = await send(url, init);
    beforeAnswer(url);
    return response;
  },
});
const user_id = 7;

/** The requests since it was asked last. */
function since(): string[] {
  return requests.splice(0);
}

async function until(what: string, holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 2000; tries++) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`waited in vain: ${what}`);
}

facts["nobody"] = (await fetchMeContext({}, { mizan })).current_user;
facts["signedIn"] = (
  await login({ email: "rumi@shop.example", password: "masnavi" }, { mizan })
).name;
facts["known"] = (await fetchMeContext({}, { mizan })).current_user?.name;

const user = mizan.registerContext(userContext, { user_id });
const orders = mizan.registerContext(ordersContext, { user_id });
const stops = [user.subscribe(() => {}), orders.subscribe(() => {})];
const loaded = await user.load();
await orders.load();
facts["loaded"] = { name: loaded.user_profile.name, addresses: loaded.user_addresses.length };
const profile = () => {
  const state = user.getState();
  if (state.status !== "success") throw new Error(`the user is ${state.status}`);
  return state.data;
};
const orderList = () => {
  const state = orders.getState();
  return state.status === "success" ? state.data.user_orders.items : [];
};
const settled = () => !user.getState().isFetching && !orders.getState().isFetching;

// A merge: the new name is shown when the promise resolves, and nothing is read again.
await until("quiet", settled);
since();
await renameUser({ user_id, name: "Mevlana" }, { mizan });
facts["renamed"] = profile().user_profile.name;
await until("quiet", settled);
facts["requestsOfRename"] = since();

// An invalidation: the orders are read once more, and the new one is there.
const order = await placeOrder(
  { user_id, lines: [{ book_id: "00000000-0000-4000-8000-000000000010", qty: 1 }] },
  { mizan },
);
await until("the order", () => settled() && orderList().some(({ id }) => id === order.id));
facts["requestsOfOrder"] = since();
facts["orderedTotal"] = order.total;

// A declared error, with its data.
try {
  await placeOrder(
    { user_id, lines: [{ book_id: "00000000-0000-4000-8000-000000000001", qty: 9 }] },
    { mizan },
  );
} catch (error) {
  if (!isPlaceOrderError(error) || error.code !== "out_of_stock") throw error;
  const left: number = error.data.left;
  facts["outOfStock"] = { left, book: error.data.book_id };
}
await until("quiet", settled);
facts["requestsOfRefusal"] = since();

// Shown at once, before the server has answered, and then what the server says.
const book_id = "00000000-0000-4000-8000-000000000007";
beforeAnswer = (url) => {
  if (url.endsWith("/call/set_favourite"))
    facts["optimistic"] = profile().user_favourites.book_ids.includes(book_id);
};
const marked = await setFavourite(
  { user_id, book_id, favourite: true },
  {
    mizan,
    optimistic: {
      user: { user_favourites: (current) => ({ book_ids: [...current.book_ids, book_id] }) },
    },
  },
);
facts["favourites"] = marked.book_ids.length;
facts["favouritesShown"] = profile().user_favourites.book_ids.length;
await until("quiet", settled);
facts["requestsOfFavourite"] = since();

// Faults of a form, by field.
try {
  await updateProfile({ user_id, form: { name: "", email: "rumi@shop.example" } }, { mizan });
} catch (error) {
  if (!(error instanceof MizanError)) throw error;
  facts["validation"] = {
    code: error.code,
    status: error.status,
    paths: error.fields.map(({ path }) => path),
  };
}

// A file.
const png = Uint8Array.from(
  atob(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  ),
  (mark) => mark.charCodeAt(0),
);
const withAvatar = await uploadAvatar(
  { user_id, image: new File([png], "me.png", { type: "image/png" }) },
  { mizan },
);
facts["avatar"] = {
  answered: typeof withAvatar.avatar_url,
  shown: profile().user_profile.avatar_url === withAvatar.avatar_url,
};

// A download.
const invoice = await fetchInvoicePdf({ order_id: 6 }, { mizan });
facts["invoice"] = {
  type: invoice.headers.get("Content-Type"),
  start: (await invoice.text()).slice(0, 5),
};

// A view that changes something says so in a header.
await until("quiet", settled);
since();
const before = orderList().length;
const archived = await fetchArchiveOrders({ user_id }, { mizan });
facts["archive"] = (await archived.text()).split("\n")[0]?.trim();
await until("the archive", () => settled() && orderList().length === before - 1);
facts["requestsOfArchive"] = since();
facts["archiveUrl"] = archiveOrdersUrl({ user_id }, { mizan }).replace(baseUrl, "<base>");

// Nothing of one user is left for the next.
for (const stop of stops) stop();
await logout(undefined, { mizan });
facts["left"] = mizan
  .inspect()
  .entries.filter(({ context }) => context === "user" || context === "orders").length;
facts["nobodyAgain"] = (await fetchMeContext({}, { mizan })).current_user;
try {
  await mizan.registerContext(userContext, { user_id }).load();
  facts["afterwards"] = "still readable";
} catch (error) {
  facts["afterwards"] = error instanceof MizanError ? error.code : String(error);
}
mizan.destroy();
console.log(JSON.stringify(facts));
