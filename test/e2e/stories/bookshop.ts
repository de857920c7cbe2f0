// What a team would write against the generated client; bundled and run by `client.test.ts` with the address of a live server.
import {
  configure,
  createMizan,
  fetchUserContext,
  invoicePdfUrl,
  fetchInvoicePdf,
  isPlaceOrderError,
  placeOrder,
  updateProfile,
  userContext,
  ordersContext,
  MizanError,
} from "@client";

const baseUrl = process.argv[2] ?? "";
const facts: Record<string, unknown> = {};

// On a server there is no default instance: saying so is better than sharing state between requests.
try {
  configure({ baseUrl });
  facts["configureOnServer"] = "did not throw";
} catch (error) {
  facts["configureOnServer"] = error instanceof Error ? error.message : String(error);
}

const mizan = createMizan({ baseUrl });

const bundle = await fetchUserContext({ user_id: 7 }, { mizan });
facts["firstName"] = bundle.user_profile.name;

const user = mizan.registerContext(userContext, { user_id: 7 });
const seen: string[] = [];
const stop = user.subscribe(() => {
  const state = user.getState();
  if (state.status === "success") seen.push(state.data.user_profile.name);
});
const orders = mizan.registerContext(ordersContext, { user_id: 7 });
const stopOrders = orders.subscribe(() => {});
await orders.load();

const renamed = await updateProfile(
  { user_id: 7, form: { name: "Rumi", email: "r@x.example" } },
  { mizan },
);
facts["renamed"] = renamed.name;
const after = user.getState();
facts["nameInState"] = after.status === "success" ? after.data.user_profile.name : after.status;
facts["addressesKept"] = after.status === "success" ? after.data.user_addresses.length : 0;

try {
  await updateProfile({ user_id: 7, form: { name: "", email: "x" } }, { mizan });
} catch (error) {
  facts["validation"] =
    error instanceof MizanError
      ? { code: error.code, status: error.status, fields: error.fields }
      : error;
}

const order = await placeOrder(
  { user_id: 7, lines: [{ id: 1, book_id: "0b8a7f2e-6a53-4c1f-9b1e-2f0c5d1b7a10", qty: 1 }] },
  { mizan },
);
facts["order"] = order.id;
await until(() => {
  const state = orders.getState();
  return (
    state.status === "success" && state.data.user_orders.items.length === 1 && !state.isFetching
  );
});
facts["ordersShown"] = true;

try {
  await placeOrder(
    { user_id: 7, lines: [{ id: 1, book_id: "0b8a7f2e-6a53-4c1f-9b1e-2f0c5d1b7a10", qty: 9 }] },
    { mizan },
  );
} catch (error) {
  if (isPlaceOrderError(error) && error.code === "out_of_stock") {
    const left: number = error.data.left;
    facts["left"] = left;
  }
}

facts["invoiceUrl"] = invoicePdfUrl({ order_id: 5 }, { mizan }).replace(baseUrl, "<base>");
const invoice = await fetchInvoicePdf({ order_id: 5 }, { mizan });
facts["invoice"] = await invoice.text();

stop();
stopOrders();
mizan.destroy();
facts["seen"] = seen;
console.log(JSON.stringify(facts));

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error("waited in vain");
}
