import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { Suspense, type ReactNode } from "react";
import { renderToPipeableStream, renderToString } from "react-dom/server";
import { describe, expect, it, vi } from "vitest";
import { profileMerge, user } from "../bookshop-data.js";
import { openBench, useBenches, type Bench } from "./bench.js";
import type { Client } from "./generate-client.js";
import { partsOf } from "./parts.js";

/** Renders as a server does that waits for everything. */
function streamed(bench: Bench, element: ReactNode): Promise<string> {
  const sink = new PassThrough();
  const whole = text(sink);
  const { pipe } = renderToPipeableStream(bench.tree(element), {
    onAllReady: () => void pipe(sink),
    onError: (error) => void sink.destroy(error as Error),
  });
  return whole;
}

/** A server's instance that has read user 7. */
async function prefetched(client: Client, strict: boolean, name = "Rumi"): Promise<Bench> {
  const bench = openBench(client, strict, { server: true });
  const read = client.core.fetchUserContext({ user_id: 7 }, { mizan: bench.mizan });
  await bench.settle();
  await bench.answerUser(name);
  await read;
  return bench;
}

/** As text, as it travels. */
export const travel = <State,>(state: State): State => JSON.parse(JSON.stringify(state)) as State;

/** The client's modules as a server and as a browser load them: React allows a context one renderer. */
export interface Sides {
  readonly server: Client;
  readonly browser: Client;
}

/** Rendering on a server and taking over in a browser, over a client, with StrictMode and without. */
export function describeServer({ server: serverClient, browser: client }: Sides): void {
  for (const strict of [false, true]) {
    describe(strict ? "in StrictMode" : "without StrictMode", () => {
      useBenches();

      for (const [how, render] of [
        ["renderToString", (bench: Bench, page: ReactNode) => renderToString(bench.tree(page))],
        ["renderToPipeableStream", streamed],
      ] as const) {
        it(`H4: ${how} with prefetch, then hydrateRoot: no mismatch and no request`, async () => {
          const server = await prefetched(serverClient, strict);
          const { User, Profile } = partsOf(server);
          const page = (
            <main>
              <User id={7} />
              <Profile />
            </main>
          );
          const html = await render(server, page);
          expect(html).toContain("success Rumi 1");
          expect(server.server.requests).toHaveLength(1);
          expect(server.mizan.inspect()).toMatchObject({ observers: 0, timers: 0, flights: 0 });

          const browser = openBench(client, strict, { hydrate: travel(server.mizan.dehydrate()) });
          const parts = partsOf(browser);
          browser.container.innerHTML = html;
          const before = browser.container.querySelector("p");
          await browser.hydrate(
            html,
            <main>
              <parts.User id={7} />
              <parts.Profile />
            </main>,
          );
          await browser.pass(1000);
          expect(before).not.toBeNull();
          expect(browser.text).toBe("success Rumi 1profile success Rumi; ");
          expect(browser.recovered).toEqual([]);
          expect(browser.server.requests).toEqual([]);
          const node = browser.container.querySelector("p");
          await browser.settle(() => browser.mizan.merge(profileMerge("Mevlana")));
          expect(browser.text).toBe("success Mevlana 1profile success Mevlana; ");
          // The server's element is still the one that is shown.
          expect(browser.container.querySelector("p")).toBe(node);
          expect(browser.server.requests).toEqual([]);
        });
      }

      it("H4: takes the state from the script that renderHydrationScript put into the page", async () => {
        const server = await prefetched(serverClient, strict, "</script><b>Rumi");
        const html = renderToString(server.tree(<p>page</p>));
        const script = serverClient.core.renderHydrationScript(server.mizan.dehydrate());
        const holder = document.createElement("div");
        holder.innerHTML = html + script;
        document.body.append(holder);
        const browser = openBench(client, strict);
        holder.remove();
        const { Name } = partsOf(browser);
        await browser.show(<Name />);
        expect(browser.text).toBe("</script><b>Rumi");
        expect(browser.server.requests).toEqual([]);
      });

      it("waits for what suspends, and hands it over", async () => {
        const server = openBench(serverClient, strict, { server: true });
        const page = (bench: Bench) => {
          function Reader(): ReactNode {
            const { data } = bench.client.react.useUserContextSuspense({ user_id: 7 });
            return <p>{data.user_profile.name}</p>;
          }
          return (
            <Suspense fallback="waiting">
              <Reader />
            </Suspense>
          );
        };
        const html = streamed(server, page(server));
        await vi.waitFor(() => expect(server.server.open).toHaveLength(1));
        await server.answerUser("Rumi");
        expect(await html).toContain("<p>Rumi</p>");
        const browser = openBench(client, strict, { hydrate: travel(server.mizan.dehydrate()) });
        await browser.hydrate(await html, page(browser));
        expect(browser.text).toBe("Rumi");
        expect(browser.recovered).toEqual([]);
        expect(browser.server.requests).toEqual([]);
      });

      it("renders loading on both sides when nothing was read ahead, and reads once in the browser", async () => {
        const server = openBench(serverClient, strict, { server: true });
        const html = renderToString(server.tree(<ServerUser bench={server} />));
        expect(html).toContain("loading fetching");
        expect(server.server.requests).toEqual([]);
        const browser = openBench(client, strict);
        await browser.hydrate(html, <ServerUser bench={browser} />);
        await browser.answerUser("Rumi");
        expect(browser.text).toBe("success Rumi 1");
        expect(browser.recovered).toEqual([]);
        expect(browser.server.reads).toHaveLength(1);
      });

      it("renders an error of the server on both sides, and tries once more", async () => {
        const server = openBench(serverClient, strict, { server: true });
        const read = serverClient.core.fetchUserContext({ user_id: 7 }, { mizan: server.mizan });
        read.catch(() => undefined);
        await server.settle();
        await server.settle(() => server.server.one.problem(404, "not_found"));
        await expect(read).rejects.toMatchObject({ code: "not_found" });
        const html = renderToString(server.tree(<ServerUser bench={server} />));
        expect(html).toContain("not_found");
        const browser = openBench(client, strict, { hydrate: travel(server.mizan.dehydrate()) });
        await browser.hydrate(html, <ServerUser bench={browser} />);
        expect(browser.recovered).toEqual([]);
        expect(browser.notes[0]).toMatch(/^7: error .*not_found$/);
        await browser.answerUser("Rumi");
        expect(browser.text).toBe("success Rumi 1");
        expect(browser.server.reads).toHaveLength(1);
      });

      it("hydrates with what the server rendered, though it has changed since", async () => {
        const server = await prefetched(serverClient, strict);
        const html = renderToString(server.tree(<ServerUser bench={server} />));
        const browser = openBench(client, strict, { hydrate: travel(server.mizan.dehydrate()) });
        browser.mizan.registerContext(client.core.userContext, { user_id: 7 });
        await browser.settle(() => browser.mizan.merge(profileMerge("Mevlana")));
        await browser.hydrate(html, <ServerUser bench={browser} />);
        expect(browser.notes[0]).toBe("7: success Rumi 1");
        expect(browser.text).toBe("success Mevlana 1");
        expect(browser.recovered).toEqual([]);
      });

      it("one instance a request: a hundred at once share nothing", async () => {
        const ids = Array.from({ length: 100 }, (_, index) => index + 1);
        const servers = ids.map(() => openBench(serverClient, strict, { server: true }));
        const pages = servers.map(async (server, index) => {
          const user_id = ids[index]!;
          await serverClient.core.fetchUserContext({ user_id }, { mizan: server.mizan });
          return [
            await streamed(server, <ServerUser bench={server} id={user_id} />),
            JSON.stringify(server.mizan.dehydrate()),
          ].join();
        });
        await servers[0]!.settle();
        // The last one is answered first.
        for (const [index, server] of [...servers.entries()].reverse()) {
          await server.server.one.bundle({
            user_profile: user(`Name${ids[index]}!`, ids[index]),
            user_addresses: [],
          });
        }
        for (const [index, page] of (await Promise.all(pages)).entries()) {
          expect(new Set(page.match(/Name\d+!/g))).toEqual(new Set([`Name${ids[index]}!`]));
        }
        expect(servers.map((server) => server.server.requests.length)).toEqual(ids.map(() => 1));
      });
    });
  }
}

function ServerUser({ bench, id = 7 }: { readonly bench: Bench; readonly id?: number }): ReactNode {
  const { User } = partsOfOnce(bench);
  return <User id={id} />;
}

const partsByBench = new WeakMap<Bench, ReturnType<typeof partsOf>>();
function partsOfOnce(bench: Bench): ReturnType<typeof partsOf> {
  const parts = partsByBench.get(bench) ?? partsOf(bench);
  partsByBench.set(bench, parts);
  return parts;
}
