import {
  createKernel,
  fetchView,
  inspect,
  multipartBody,
  mutation,
  viewUrl,
  type Kernel,
  type MizanError,
  type MizanOptions,
  type Mutation,
} from "../../index.js";
import type { ViewDescriptor } from "../../descriptor.js";
import {
  catalogContext,
  contract,
  logout,
  placeOrder,
  renameUser,
  userContext,
  type UserContextData,
} from "../bookshop.js";

// What the client does in each case of `wire-cases.ts`. Runs in Node, and bundled in the page of a real browser: nothing but the kernel and
// the platform is used, and what comes back is plain JSON.

type Make = (options?: MizanOptions) => Kernel;

const params = { user_id: 7 };
const zoe = { user_id: 7, name: "Zoe" };

const read = (kernel: Kernel): Promise<UserContextData> => kernel.fetchContext(userContext, params);

/** An error as JSON. What is no MizanError keeps its name only. */
export type Failure = Pick<
  MizanError,
  "name" | "code" | "status" | "outcomeUnknown" | "skew" | "source" | "message"
>;
export const failureOf = (promise: Promise<unknown>): Promise<Failure> =>
  promise.then(
    () => Promise.reject(new Error("expected a failure")),
    (error: MizanError) => {
      const { name, code, status, outcomeUnknown, skew, source, message } = error;
      return { name, code, status, outcomeUnknown, skew, source, message };
    },
  );

/**
 * A call that fails, and what the kernel asked the platform to send: a browser may send again by itself what is lost on an idle connection,
 * and what leaves a busy machine may be late.
 */
async function failedCall(
  kernel: Make,
  timeout?: number,
): Promise<{ readonly failure: Failure; readonly sent: readonly string[] }> {
  const sent: string[] = [];
  const mizan = kernel({
    fetch(url, init) {
      sent.push(`${init.method} ${url.replace(/.*\/api\//, "")}`);
      return fetch(url, init);
    },
  });
  return { failure: await failureOf(mizan.call(renameUser, zoe, { timeout })), sent };
}

const pdf: ViewDescriptor<"invoice_pdf", { order_id: number; page?: number }> = {
  kind: "view",
  contract,
  name: "invoice_pdf",
  method: "GET",
  path: "orders/{order_id}/invoice.pdf",
  params: { order_id: "number", page: "number" },
};
const pay: ViewDescriptor<"pay", { order_id: string }> = {
  kind: "view",
  contract,
  name: "pay",
  method: "POST",
  path: "/orders/{order_id}/pay/",
  params: { order_id: "string" },
  encoding: "form",
};
const upload: Mutation<
  "upload",
  { user_id: number; image: Blob; pages: (Blob | null)[]; meta: { title: string } },
  string
> = mutation({
  contract,
  name: "upload",
  path: "call/upload",
  encode: multipartBody,
  files: [["image"], ["pages"], ["absent", "deep"]],
});

const cases = {
  read: (kernel: Make) => read(kernel()),

  /** Three times, past the cache. */
  async readAgain(kernel: Make) {
    const mizan = kernel({ staleTime: -1 });
    return [await read(mizan), await read(mizan), await read(mizan)];
  },

  readFails: (kernel: Make) => failureOf(read(kernel())),
  readOutOfTime: (kernel: Make) => failureOf(read(kernel({ retry: 0, timeout: 150 }))),
  readNowhere: (kernel: Make) =>
    failureOf(read(kernel({ baseUrl: "http://127.0.0.1:1/", retry: 0 }))),

  /** A second read after an invalidation: whether it gave the same object, and what the entry is. */
  async readInvalidated(kernel: Make) {
    const mizan = kernel();
    const first = await read(mizan);
    mizan.invalidate(userContext);
    const second = await read(mizan);
    const [entry] = inspect(mizan).entries;
    return { same: first === second, rev: entry?.rev, isStale: entry?.state.isStale };
  },

  async readRenamed(kernel: Make) {
    const mizan = kernel({ staleTime: -1 });
    await read(mizan);
    await mizan.call(renameUser, zoe);
    return read(mizan);
  },

  readPublic: (kernel: Make) =>
    kernel({ headers: { Authorization: "Bearer x", "X-Tenant": "a" } }).fetchContext(
      catalogContext,
      {},
    ),

  readLong: (kernel: Make) =>
    kernel().fetchContext(catalogContext, {
      tags: Array.from({ length: 1000 }, (_, n) => `tag${n}`),
    }),

  /** The server is known to be at revision 9. */
  async readBehind(kernel: Make) {
    const events: string[] = [];
    const mizan = kernel({ onEvent: ({ type }) => events.push(type) });
    await read(mizan);
    mizan.hydrate({ mizan: 1, entries: [], invalidate: [{ context: "user", rev: 9 }] });
    const data = await read(mizan);
    return { data, events, state: inspect(mizan).entries[0]?.state };
  },

  /** Bodies that are too large to keep as text. */
  async readLarge(kernel: Make) {
    const mizan = kernel({ staleTime: -1 });
    const first = await read(mizan);
    const second = await read(mizan);
    return { orders: first.user_orders.length, same: first === second };
  },

  call: (kernel: Make) => kernel().call(renameUser, zoe),
  callFails: (kernel: Make) => failedCall(kernel),
  callOutOfTime: (kernel: Make) => failedCall(kernel, 300),
  async callTenTimes(kernel: Make) {
    const mizan = kernel();
    return Promise.all(Array.from({ length: 10 }, () => mizan.call(renameUser, zoe)));
  },
  async callTwice(kernel: Make) {
    const mizan = kernel();
    return [
      await failureOf(mizan.call(renameUser, zoe)),
      await mizan.call(renameUser, zoe),
    ] as const;
  },
  callIdempotent: (kernel: Make) => kernel().call(placeOrder, { user_id: 7, qty: 1 }),
  callWithoutInput: (kernel: Make) => kernel().call(logout),
  callMultipart: (kernel: Make) =>
    kernel().call(upload, {
      user_id: 7,
      image: new Blob(["png"], { type: "image/png" }),
      pages: [new Blob(["one"]), null, new Blob(["three"])],
      meta: { title: "Ä" },
    }),

  async skew(kernel: Make) {
    const events: string[] = [];
    const mizan = kernel({ onEvent: ({ type }) => events.push(type) });
    await read(mizan);
    const failure = await failureOf(mizan.call(renameUser, zoe));
    return { failure, skews: events.filter((type) => type === "skew").length };
  },

  /** Headers that cannot be sent. */
  async invalidHeaders(kernel: Make) {
    const mizan = kernel({ headers: { "X-Bad": "a\r\nb" } });
    return [await failureOf(read(mizan)), await failureOf(mizan.call(renameUser, zoe))];
  },

  viewUrls(kernel: Make) {
    const mizan = kernel();
    return Promise.resolve([
      viewUrl(pdf, { order_id: 5, page: 2 }, { mizan }),
      viewUrl(pay, { order_id: "a/b?c" }, { mizan }),
    ]);
  },
  async viewPosted(kernel: Make) {
    const mizan = kernel();
    await read(mizan);
    const body = { amount: 3, tags: ["a", "b"], note: null };
    const response = await fetchView(pay, { order_id: "5" }, { mizan, body });
    const text = await response.text();
    return { text, isStale: inspect(mizan).entries[0]?.state.isStale };
  },
  viewFails: (kernel: Make) => failureOf(fetchView(pdf, { order_id: 5 }, { mizan: kernel() })),
  async viewEnded(kernel: Make) {
    const control = new AbortController();
    const options = { mizan: kernel(), signal: control.signal };
    const response = await fetchView(pdf, { order_id: 5 }, options);
    control.abort();
    return failureOf(response.text());
  },
};

export type CaseName = keyof typeof cases;
export type CaseResult<Name extends CaseName> = Awaited<ReturnType<(typeof cases)[Name]>>;

/** Runs one case against the server at `baseUrl`. Its instances are destroyed at the end. */
export async function runCase<Name extends CaseName>(
  name: Name,
  baseUrl: string,
): Promise<CaseResult<Name>> {
  const made: Kernel[] = [];
  const make: Make = (options) => {
    const kernel = createKernel(contract, { baseUrl, ...options });
    made.push(kernel);
    return kernel;
  };
  try {
    return (await cases[name](make)) as CaseResult<Name>;
  } finally {
    for (const kernel of made) kernel.destroy();
  }
}
