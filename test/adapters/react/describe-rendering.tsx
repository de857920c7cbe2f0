import { Activity, memo, startTransition, Suspense, use, useState, type ReactNode } from "react";
import { describe, expect, it } from "vitest";
import { profileMerge, user } from "../bookshop-data.js";
import { openBench, useBenches } from "./bench.js";
import type { Client } from "./generate-client.js";
import { partsOf, probe } from "./parts.js";

/** When components render, and what rendering does to the instance (nothing), with StrictMode and without. */
export function describeRendering(client: Client): void {
  for (const strict of [false, true]) {
    describe(strict ? "in StrictMode" : "without StrictMode", () => {
      useBenches();
      const once = strict ? 2 : 1;
      const { useUserContext, useUpdateProfile, useUserContextActions } = client.react;

      it("renders twice from the mount to the data", async () => {
        const bench = openBench(client, strict);
        const { User } = partsOf(bench);
        await bench.show(<User id={7} />);
        await bench.answerUser("Rumi");
        expect(bench.notes).toHaveLength(2 * once);
      });

      it("follows what a destructured result reads, narrowed by its status", async () => {
        const bench = openBench(client, strict);
        function Name(): string {
          const { status, data } = useUserContext({ user_id: 7 });
          // Narrowed: no question mark.
          const line = status === "success" ? data.user_profile.name : status;
          bench.notes.push(line);
          return line;
        }
        await bench.show(<Name />);
        await bench.answerUser("Rumi");
        bench.notes.length = 0;
        await bench.settle(() => bench.mizan.invalidate(client.core.userContext));
        expect(bench.notes).toEqual([]);
        await bench.settle(() => bench.server.one.problem(403, "forbidden"));
        expect(bench.notes).toEqual(Array.from({ length: once }, () => "error"));
      });

      it("follows a member from the render on that reads it first", async () => {
        const bench = openBench(client, strict);
        function Page({ busy }: { readonly busy: boolean }): ReactNode {
          const result = useUserContext({ user_id: 7 });
          bench.notes.push("render");
          return `${result.data?.user_profile?.name} ${busy && result.isFetching ? "busy" : ""}`;
        }
        await bench.show(<Page busy={false} />);
        await bench.answerUser("Rumi");
        await bench.settle(() => bench.mizan.invalidate(client.core.userContext));
        expect(bench.text).toBe("Rumi ");
        // Nobody told it that a read is under way, and still it shows it.
        await bench.show(<Page busy={true} />);
        expect(bench.text).toBe("Rumi busy");
        bench.notes.length = 0;
        await bench.answerUser("Rumi");
        expect(bench.text).toBe("Rumi ");
        expect(bench.notes).toHaveLength(once);
      });

      it("gives the same object and the same functions while nothing has changed", async () => {
        const bench = openBench(client, strict);
        const read = probe(() => {
          const result = useUserContext({ user_id: 7 });
          void result.data;
          return result;
        });
        const update = probe(useUpdateProfile);
        const actions = probe(useUserContextActions);
        const page = () => (
          <>
            <read.Component />
            <update.Component />
            <actions.Component />
          </>
        );
        await bench.show(page());
        await bench.answerUser("Rumi");
        const before = [read.current, update.current, actions.current];
        const { refetch } = read.current;
        const { mutate, mutateAsync, reset } = update.current;
        await bench.show(page());
        const after = [read.current, update.current, actions.current];
        expect(after.map((each, index) => each === before[index])).toEqual([true, true, true]);
        await bench.settle(() => bench.mizan.merge(profileMerge("Mevlana")));
        await bench.settle(
          () => void update.current.mutate({ user_id: 7, form: { name: "", email: "" } }),
        );
        expect(read.current).not.toBe(before[0]);
        expect(read.current.refetch).toBe(refetch);
        expect([update.current.mutate, update.current.mutateAsync, update.current.reset]).toEqual([
          mutate,
          mutateAsync,
          reset,
        ]);
      });

      it("keeps the parts that a merge does not touch the same for memoised components", async () => {
        const bench = openBench(client, strict);
        const Addresses = memo(function Addresses({ list }: { readonly list: readonly unknown[] }) {
          bench.notes.push("addresses");
          return list.length;
        });
        function Page(): ReactNode {
          const { data } = useUserContext({ user_id: 7 });
          return data?.user_addresses && <Addresses list={data.user_addresses} />;
        }
        await bench.show(<Page />);
        await bench.answerUser("Rumi");
        bench.notes.length = 0;
        await bench.settle(() => bench.mizan.merge(profileMerge("Mevlana")));
        expect(bench.notes).toEqual([]);
      });

      it("follows another instance when the provider is given one", async () => {
        const bench = openBench(client, strict);
        const other = openBench(client, strict);
        const { User } = partsOf(bench);
        await bench.show(<User id={7} />);
        await bench.answerUser("Rumi");
        const { MizanProvider } = client.react;
        await bench.show(
          <MizanProvider mizan={other.mizan}>
            <User id={7} />
          </MizanProvider>,
        );
        await bench.settle(() =>
          other.server.one.bundle({ user_profile: user("Shams"), user_addresses: [] }),
        );
        expect(bench.text).toBe("success Shams 0");
        expect(bench.observers).toBe(0);
      });

      it("M17: a render that is thrown away asks for nothing and leaves nothing", async () => {
        const bench = openBench(client, strict, { gcTime: 1000 });
        const { User, Profile } = partsOf(bench);
        const update = probe(useUpdateProfile);
        const never = new Promise<never>(() => undefined);
        function Neighbour(): ReactNode {
          return use(never);
        }
        let told = 0;
        const handle = bench.mizan.registerContext(client.core.userContext, { user_id: 7 });
        await bench.show(
          <Suspense fallback="waiting">
            <User id={7} />
            <Profile />
            <update.Component />
            <Neighbour />
          </Suspense>,
        );
        expect(bench.notes.length).toBeGreaterThan(0);
        expect(bench.text).toBe("waiting");
        expect(bench.server.requests).toEqual([]);
        expect(bench.mizan.inspect()).toMatchObject({ observers: 0, flights: 0 });
        const end = handle.subscribe(() => told++);
        end();
        await bench.show(null);
        await bench.pass(2 * 60_000);
        expect(told).toBe(0);
        expect(bench.server.requests).toEqual([]);
        expect(bench.mizan.inspect()).toMatchObject({ entries: [], observers: 0, timers: 0 });
      });

      it("M17: a state updater that calls nothing of ours runs twice without a second request", async () => {
        const bench = openBench(client, strict);
        const { User } = partsOf(bench);
        let go: (id: number) => void = () => undefined;
        function Page(): ReactNode {
          const [id, setId] = useState(7);
          go = (next) => startTransition(() => setId(() => next));
          return <User id={id} />;
        }
        await bench.show(<Page />);
        await bench.answerUser("Rumi");
        await bench.settle(() => go(8));
        await bench.answerUser("Shams");
        expect(bench.server.reads).toHaveLength(2);
        expect(bench.text).toBe("success Shams 1");
      });

      it("reads nothing for what is hidden from the start, and once when it is shown", async () => {
        const bench = openBench(client, strict);
        const { User } = partsOf(bench);
        const page = (mode: "hidden" | "visible") => (
          <Activity mode={mode}>
            <User id={7} />
          </Activity>
        );
        await bench.show(page("hidden"));
        expect(bench.notes.length).toBeGreaterThan(0);
        expect(bench.server.requests).toEqual([]);
        await bench.show(page("visible"));
        await bench.answerUser("Rumi");
        expect(bench.text).toBe("success Rumi 1");
        expect(bench.server.reads).toHaveLength(1);
      });

      it("observes nothing while hidden, and shows on return what was merged meanwhile", async () => {
        const bench = openBench(client, strict, { gcTime: 60_000, staleTime: 10 * 60_000 });
        const { User } = partsOf(bench);
        const page = (mode: "hidden" | "visible") => (
          <Activity mode={mode}>
            <User id={7} />
          </Activity>
        );
        await bench.show(page("visible"));
        await bench.answerUser("Rumi");
        await bench.show(page("hidden"));
        expect(bench.observers).toBe(0);
        await bench.settle(() => bench.mizan.merge(profileMerge("Mevlana")));
        await bench.show(page("visible"));
        expect(bench.text).toBe("success Mevlana 1");
        expect(bench.server.reads).toHaveLength(1);
        // Longer than the entry lives: read once more.
        await bench.show(page("hidden"));
        await bench.pass(3 * 60_000);
        expect(bench.mizan.inspect().entries).toEqual([]);
        await bench.show(page("visible"));
        expect(bench.server.reads).toHaveLength(2);
        await bench.answerUser("Balkhi");
        expect(bench.text).toBe("success Balkhi 1");
        await bench.settle(() => bench.mizan.merge(profileMerge("Rumi")));
        expect(bench.text).toBe("success Rumi 1");
        expect(bench.observers).toBe(1);
        expect(bench.mizan.inspect().entries).toHaveLength(1);
      });
    });
  }

  describe("without a provider", () => {
    useBenches();
    it("says what is missing", async () => {
      const bench = openBench(client, false);
      const caught: unknown[] = [];
      function Page(): ReactNode {
        try {
          client.react.useMizan();
        } catch (error) {
          caught.push(error);
        }
        return null;
      }
      await bench.settle(() => bench.root.render(<Page />));
      expect(String(caught[0])).toBe(
        "Error: Mizan: there is no <MizanProvider mizan={...}> above this component.",
      );
    });
  });
}
