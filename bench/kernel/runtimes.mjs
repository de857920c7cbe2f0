// The runtimes under measure, behind one interface: as little of each as an adapter would use, without any framework.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

/**
 * @typedef {object} Runtime
 * @property {(id: number, told: () => void) => () => void} observe a mount: returns the unmount
 * @property {(id: number) => unknown} peek the data of an entry, undefined before it is loaded
 * @property {(id: number, value: string) => void} write puts a value into a loaded entry
 * @property {(id: number) => void} invalidate marks one entry as stale, so that it is read anew
 * @property {(id: number) => void} refetch reads one entry anew, whatever its age
 * @property {() => void} destroy
 */

/** What the server says: the same text for all, parsed by all. */
export const server = {
  requests: 0,
  version: 0,
  parsed: 0,
  text: (id) =>
    `{"mizan":1,"context":"user","params":{"user_id":${id}},"data":{"profile":{"id":${id},"name":"name ${server.version}"}}}`,
};

const parse = JSON.parse;
JSON.parse = (...args) => {
  server.parsed++;
  return parse(...args);
};

/** Our kernel, bundled as an app would. */
export async function loadKernel() {
  const outfile = join(mkdtempSync(join(tmpdir(), "mizan-bench-")), "kernel.mjs");
  await build({
    entryPoints: [new URL("../../src/kernel/index.ts", import.meta.url).pathname],
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    outfile,
  });
  return import(pathToFileURL(outfile).href);
}

export async function mizan() {
  const { createKernel } = await loadKernel();
  const contract = { base: "/", session: null };
  const context = {
    kind: "context",
    contract,
    name: "user",
    path: "ctx/user/",
    params: { user_id: "number" },
    slots: ["profile"],
  };
  const headers = { get: () => null };
  return () => {
    const kernel = createKernel(contract, {
      // A browser instance, as far as it can be one here.
      server: false,
      broadcast: false,
      timeout: Infinity,
      fetch: (url) => {
        server.requests++;
        const text = server.text(url.slice(url.indexOf("=") + 1));
        return Promise.resolve({
          ok: true,
          status: 200,
          headers,
          text: () => Promise.resolve(text),
        });
      },
    });
    const handle = (id) => kernel.registerContext(context, { user_id: id });
    return {
      observe: (id, told) => handle(id).subscribe(told),
      peek: (id) => handle(id).getState().data?.profile.name,
      dataOf: (id) => handle(id).getState().data,
      write: (id, name) =>
        kernel.merge({
          context: "user",
          slot: "profile",
          params: { user_id: id },
          value: { id, name },
        }),
      invalidate: (id) => kernel.invalidate(context, { user_id: id }),
      refetch: (id) => void handle(id).refetch(),
      destroy: () => kernel.destroy(),
    };
  };
}

export async function tanstack() {
  const { QueryClient, QueryObserver, notifyManager } = await import("@tanstack/query-core");
  // As soon as it can tell: by default it waits for a timer.
  notifyManager.setScheduler(queueMicrotask);
  return () => {
    const client = new QueryClient({
      defaultOptions: { queries: { staleTime: 60_000, retry: false } },
    });
    client.mount();
    const key = (id) => ["user", id];
    const fetcher = (id) => async () => {
      server.requests++;
      return JSON.parse(await Promise.resolve(server.text(id))).data;
    };
    return {
      observe(id, told) {
        const observer = new QueryObserver(client, { queryKey: key(id), queryFn: fetcher(id) });
        return observer.subscribe(told);
      },
      peek: (id) => client.getQueryData(key(id))?.profile.name,
      dataOf: (id) => client.getQueryData(key(id)),
      write: (id, name) => client.setQueryData(key(id), { profile: { id, name } }),
      invalidate: (id) => void client.invalidateQueries({ queryKey: key(id), exact: true }),
      refetch: (id) => void client.refetchQueries({ queryKey: key(id), exact: true }),
      destroy() {
        client.unmount();
        client.clear();
      },
    };
  };
}

/** SWR has no core of its own: its cache, its subscriptions and its `mutate`, with the revalidator that its hook registers. */
export async function swr() {
  const { initCache, createCacheHelper, SWRGlobalState } = await import("swr/_internal");
  const { revalidateEvents } = await import("swr/_internal");
  const MUTATE = revalidateEvents?.MUTATE_EVENT ?? 2;
  return () => {
    const [cache, mutate] = initCache(new Map());
    const [revalidators] = SWRGlobalState.get(cache);
    const key = (id) => `user?${id}`;
    const load = async (id) => {
      server.requests++;
      const { data } = JSON.parse(await Promise.resolve(server.text(id)));
      const [get, set] = createCacheHelper(cache, key(id));
      const before = get().data;
      set({ data: before && deepEqual(before, data) ? before : data, isValidating: false });
    };
    const loading = new Map();
    const once = (id) => {
      if (!loading.has(id))
        loading.set(
          id,
          load(id).finally(() => loading.delete(id)),
        );
      return loading.get(id);
    };
    return {
      observe(id, told) {
        const [get, , subscribe] = createCacheHelper(cache, key(id));
        const stop = subscribe(key(id), told);
        const list = (revalidators[key(id)] ??= []);
        const revalidate = (type) => (type === MUTATE ? once(id) : undefined);
        list.push(revalidate);
        if (get().data === undefined) void once(id);
        return () => {
          list.splice(list.indexOf(revalidate), 1);
          stop();
        };
      },
      peek: (id) => createCacheHelper(cache, key(id))[0]().data?.profile.name,
      dataOf: (id) => createCacheHelper(cache, key(id))[0]().data,
      write: (id, name) => void mutate(key(id), { profile: { id, name } }, { revalidate: false }),
      invalidate: (id) => void mutate(key(id)),
      refetch: (id) => void once(id),
      destroy() {
        for (const each of cache.keys()) cache.delete(each);
      },
    };
  };
}

function deepEqual(a, b) {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || !a || !b) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length && names.every((name) => deepEqual(a[name], b[name]))
  );
}

/** As little as can do the job: a map of sets. No rule holds in it; it is what the machine allows. */
export async function floor() {
  return () => {
    const entries = new Map();
    const entryOf = (id) => {
      let entry = entries.get(id);
      if (!entry)
        entries.set(id, (entry = { data: undefined, listeners: new Set(), loading: undefined }));
      return entry;
    };
    const load = async (id, entry) => {
      server.requests++;
      entry.data = JSON.parse(await Promise.resolve(server.text(id))).data;
      entry.loading = undefined;
      for (const listener of entry.listeners) listener();
    };
    return {
      observe(id, told) {
        const entry = entryOf(id);
        const own = () => told();
        entry.listeners.add(own);
        if (!entry.data) entry.loading ??= load(id, entry);
        return () => entry.listeners.delete(own);
      },
      peek: (id) => entryOf(id).data?.profile.name,
      dataOf: (id) => entryOf(id).data,
      write(id, name) {
        const entry = entryOf(id);
        entry.data = { profile: { id, name } };
        for (const listener of entry.listeners) listener();
      },
      invalidate: (id) => void load(id, entryOf(id)),
      refetch: (id) => void load(id, entryOf(id)),
      destroy: () => entries.clear(),
    };
  };
}
