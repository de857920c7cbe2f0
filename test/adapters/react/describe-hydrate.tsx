import { startTransition, Suspense, use, useLayoutEffect, useState, type ReactNode } from "react";
import { describe, expect, it } from "vitest";
import { profileMerge, userData } from "../bookshop-data.js";
import { openBench, useBenches } from "./bench.js";
import { travel } from "./describe-server.js";
import type { Client } from "./generate-client.js";
import { partsOf } from "./parts.js";

/** State of server components (Next's app router) that reaches a page which is there already. */
export function describeMizanHydrate(client: Client): void {
  const { MizanHydrate } = client.react;
  for (const strict of [false, true]) {
    describe(strict ? "in StrictMode" : "without StrictMode", () => {
      useBenches();

      const stateOf = async (name: string, rev?: number) => {
        const server = openBench(client, strict, { server: true });
        const read = client.core.fetchUserContext({ user_id: 7 }, { mizan: server.mizan });
        await server.settle();
        await server.settle(() => server.server.one.bundle(userData(name), rev ? { rev } : {}));
        await read;
        return travel(server.mizan.dehydrate());
      };

      it("K13: fills in what nobody shows before its children render, and nothing is read", async () => {
        const state = await stateOf("Rumi");
        const bench = openBench(client, strict);
        const { User } = partsOf(bench);
        await bench.show(
          <MizanHydrate state={state}>
            <User id={7} />
          </MizanHydrate>,
        );
        expect(new Set(bench.notes)).toEqual(new Set(["7: success Rumi 1"]));
        expect(bench.server.requests).toEqual([]);
      });

      it("K13: what is shown already changes after the commit, when it is newer", async () => {
        const older = await stateOf("Rumi", 3);
        const newer = await stateOf("Mevlana", 5);
        const bench = openBench(client, strict, { hydrate: older });
        const { User } = partsOf(bench);
        const committed: string[] = [];
        function Watch(): ReactNode {
          useLayoutEffect(() => void committed.push(bench.text));
          return null;
        }
        await bench.show(<User id={7} />);
        await bench.show(
          <>
            <User id={7} />
            <MizanHydrate state={newer}>
              <Watch />
            </MizanHydrate>
          </>,
        );
        // Not in the middle of a render: the first commit still shows the old one.
        expect(committed[0]).toBe("success Rumi 1");
        expect(bench.text).toBe("success Mevlana 1");
        await bench.show(
          <>
            <User id={7} />
            <MizanHydrate state={older}>
              <Watch />
            </MizanHydrate>
          </>,
        );
        expect(bench.text).toBe("success Mevlana 1");
        expect(bench.server.requests).toEqual([]);
      });

      it("K13: a render that is thrown away changes nothing that is shown", async () => {
        const older = await stateOf("Rumi", 3);
        const newer = await stateOf("Mevlana", 5);
        const bench = openBench(client, strict, { hydrate: older });
        const { User } = partsOf(bench);
        const never = new Promise<never>(() => undefined);
        const Neighbour = (): ReactNode => use(never);
        let go: () => void = () => undefined;
        function Page(): ReactNode {
          const [isNext, setNext] = useState(false);
          go = () => startTransition(() => setNext(true));
          return (
            <Suspense>
              <User id={7} />
              {isNext && (
                <MizanHydrate state={newer}>
                  <Neighbour />
                </MizanHydrate>
              )}
            </Suspense>
          );
        }
        await bench.show(<Page />);
        await bench.settle(() => go());
        expect(bench.text).toBe("success Rumi 1");
      });

      it("K12: a page that comes back with its old state does not undo a change", async () => {
        const state = await stateOf("Rumi");
        const bench = openBench(client, strict);
        const { User } = partsOf(bench);
        const page = (
          <MizanHydrate state={state}>
            <User id={7} />
          </MizanHydrate>
        );
        await bench.show(page);
        await bench.settle(() => bench.mizan.merge(profileMerge("Mevlana")));
        await bench.show(null);
        await bench.show(page);
        expect(bench.text).toBe("success Mevlana 1");
        expect(bench.notes.at(-1)).toBe("7: success Mevlana 1");
      });
    });
  }
}
