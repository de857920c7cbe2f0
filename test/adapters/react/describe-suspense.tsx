import {
  Component,
  startTransition,
  Suspense,
  use,
  useLayoutEffect,
  useState,
  type ReactNode,
} from "react";
import { describe, expect, it } from "vitest";
import { userData } from "../bookshop-data.js";
import { openBench, useBenches, type Bench } from "./bench.js";
import type { Client } from "./generate-client.js";
import { partsOf } from "./parts.js";

/** An error boundary with a way back. */
class Boundary extends Component<
  { readonly children: ReactNode; readonly onRetry: () => void },
  { readonly error: { readonly code?: string } | null }
> {
  override state = { error: null as { readonly code?: string } | null };

  static getDerivedStateFromError(error: { readonly code?: string }) {
    return { error };
  }

  retry = (): void => {
    this.props.onRetry();
    this.setState({ error: null });
  };

  override render(): ReactNode {
    const { error } = this.state;
    return error === null ? (
      this.props.children
    ) : (
      <button onClick={this.retry}>{error.code ?? "thrown"}</button>
    );
  }
}

function suspending(bench: Bench) {
  const { useUserContextSuspense } = bench.client.react;
  function Reader({ id = 7 }: { readonly id?: number }): ReactNode {
    const { data, isFetching, error } = useUserContextSuspense({ user_id: id });
    const line = [data.user_profile.name, isFetching && "fetching", error?.code];
    bench.notes.push(`${id}: ${line.filter(Boolean).join(" ")}`);
    return <p>{line.filter(Boolean).join(" ")}</p>;
  }
  function Name(): ReactNode {
    const { data } = useUserContextSuspense({ user_id: 7 });
    bench.notes.push(data.user_profile.name);
    return data.user_profile.name;
  }
  function Fallback(): ReactNode {
    // React may try it out without showing it.
    useLayoutEffect(() => void bench.notes.push("fallback"));
    return <i>waiting</i>;
  }
  return { Reader, Name, Fallback };
}

/** The hooks that suspend, over a client, with StrictMode and without. */
export function describeSuspense(client: Client): void {
  for (const strict of [false, true]) {
    describe(strict ? "in StrictMode" : "without StrictMode", () => {
      useBenches();

      it("suspends once for the first load, and shows no fallback for a refetch", async () => {
        const bench = openBench(client, strict);
        const { Reader, Fallback } = suspending(bench);
        await bench.show(
          <Suspense fallback={<Fallback />}>
            <Reader />
          </Suspense>,
        );
        expect(bench.text).toBe("waiting");
        await bench.answerUser("Rumi");
        expect(bench.text).toBe("Rumi");
        expect(bench.server.reads).toHaveLength(1);
        bench.notes.length = 0;
        await bench.settle(() => bench.mizan.invalidate(client.core.userContext));
        expect(bench.text).toBe("Rumi fetching");
        await bench.answerUser("Mevlana");
        expect(bench.text).toBe("Mevlana");
        await bench.settle(() =>
          bench.mizan.merge({ context: "user", slot: "user_profile", value: { name: "Balkhi" } }),
        );
        expect(bench.text).toBe("Balkhi");
        expect(bench.notes).not.toContain("fallback");
        expect(bench.server.reads).toHaveLength(2);
      });

      it("shows no fallback at all when the data was read ahead", async () => {
        const bench = openBench(client, strict);
        const { Reader, Fallback } = suspending(bench);
        const read = client.core.fetchUserContext({ user_id: 7 }, { mizan: bench.mizan });
        await bench.settle();
        await bench.answerUser("Rumi");
        await read;
        await bench.show(
          <Suspense fallback={<Fallback />}>
            <Reader />
          </Suspense>,
        );
        expect(new Set(bench.notes)).toEqual(new Set(["7: Rumi"]));
      });

      it("gives a failed first load to the error boundary, and reads again after resetError", async () => {
        const bench = openBench(client, strict);
        const { Reader, Fallback } = suspending(bench);
        function Page(): ReactNode {
          const { resetError } = client.react.useUserContextActions();
          return (
            <Boundary onRetry={() => resetError({ user_id: 7 })}>
              <Suspense fallback={<Fallback />}>
                <Reader />
              </Suspense>
            </Boundary>
          );
        }
        await bench.show(<Page />);
        await bench.settle(() => bench.server.one.problem(404, "not_found"));
        expect(bench.text).toBe("not_found");
        expect(bench.caught).toMatchObject([{ code: "not_found" }]);
        await bench.settle(() => bench.container.querySelector("button")?.click());
        expect(bench.text).toBe("waiting");
        expect(bench.server.reads).toHaveLength(2);
        await bench.answerUser("Rumi");
        expect(bench.text).toBe("Rumi");
      });

      it("keeps the data and shows the error when a refetch fails", async () => {
        const bench = openBench(client, strict);
        const { Reader, Fallback } = suspending(bench);
        await bench.show(
          <Suspense fallback={<Fallback />}>
            <Reader />
          </Suspense>,
        );
        await bench.answerUser("Rumi");
        await bench.settle(() => bench.mizan.invalidate(client.core.userContext));
        await bench.settle(() => bench.server.one.problem(403, "forbidden"));
        expect(bench.text).toBe("Rumi forbidden");
      });

      it("keeps the old screen during a transition, which follows merges, and then shows the new one", async () => {
        const bench = openBench(client, strict);
        const { Reader, Fallback } = suspending(bench);
        let go: (id: number) => void = () => undefined;
        function Page(): ReactNode {
          const [id, setId] = useState(7);
          go = (next) => startTransition(() => setId(next));
          return (
            <Suspense fallback={<Fallback />}>
              <Reader id={id} />
            </Suspense>
          );
        }
        await bench.show(<Page />);
        await bench.answerUser("Rumi");
        bench.notes.length = 0;
        await bench.settle(() => go(8));
        expect(bench.text).toBe("Rumi");
        expect(bench.server.reads).toHaveLength(2);
        await bench.settle(() =>
          bench.mizan.merge({
            context: "user",
            slot: "user_profile",
            params: { user_id: 7 },
            value: { name: "Mevlana" },
          }),
        );
        expect(bench.text).toBe("Mevlana");
        await bench.answerUser("Shams");
        expect(bench.text).toBe("Shams");
        expect(bench.notes).not.toContain("fallback");
        expect(bench.observers).toBe(1);
      });

      it("keeps the old screen true while a transition to other params is still rendering", async () => {
        const bench = openBench(client, strict);
        const { User } = partsOf(bench);
        const never = new Promise<never>(() => undefined);
        let go: (id: number) => void = () => undefined;
        // A neighbour suspends, so React renders the new params again and again without showing them.
        function Neighbour({ id }: { readonly id: number }): ReactNode {
          return id === 8 ? use(never) : null;
        }
        function Page(): ReactNode {
          const [id, setId] = useState(7);
          go = (next) => startTransition(() => setId(next));
          return (
            <Suspense fallback="waiting">
              <User id={id} />
              <Neighbour id={id} />
            </Suspense>
          );
        }
        await bench.show(<Page />);
        await bench.answerUser("Rumi");
        await bench.settle(() => go(8));
        expect(bench.text).toBe("success Rumi 1");
        // What was never shown was never asked for.
        expect(bench.server.reads).toHaveLength(1);
        // The same values as the new params have, for which nothing is known: loading, no data.
        await bench.settle(() => bench.mizan.reset());
        expect(bench.text).toBe("loading fetching");
        await bench.answerUser("Shams");
        expect(bench.text).toBe("success Shams 1");
      });

      it("suspends again after a change of identity, and shows nothing of the one before", async () => {
        const bench = openBench(client, strict);
        const { Reader, Name, Fallback } = suspending(bench);
        await bench.show(
          <Suspense fallback={<Fallback />}>
            <Reader />
            <Name />
          </Suspense>,
        );
        await bench.answerUser("Rumi");
        bench.notes.length = 0;
        await bench.settle(() => bench.mizan.reset());
        expect(bench.container.querySelector("i")?.textContent).toBe("waiting");
        expect(bench.notes.filter((note) => note.includes("Rumi"))).toEqual([]);
        await bench.answerUser("Shams");
        expect(bench.text).toBe("ShamsShams");
      });

      it("renders a reader of data alone for data only", async () => {
        const bench = openBench(client, strict);
        const { Name } = suspending(bench);
        await bench.show(
          <Suspense>
            <Name />
          </Suspense>,
        );
        await bench.answerUser("Rumi");
        bench.notes.length = 0;
        await bench.settle(() => bench.mizan.invalidate(client.core.userContext));
        await bench.settle(() => bench.server.one.bundle(userData("Rumi")));
        expect(bench.server.reads).toHaveLength(2);
        expect(bench.notes).toEqual([]);
      });

      it("has no patience problem: a first load longer than every time of collection is shown", async () => {
        const bench = openBench(client, strict, { gcTime: 0, timeout: Infinity });
        const { Reader, Fallback } = suspending(bench);
        await bench.show(
          <Suspense fallback={<Fallback />}>
            <Reader />
          </Suspense>,
        );
        await bench.pass(10 * 60_000);
        expect(bench.server.reads).toHaveLength(1);
        await bench.answerUser("Rumi");
        expect(bench.text).toBe("Rumi");
        await bench.pass(10 * 60_000);
        expect(bench.text).toBe("Rumi");
        expect(bench.server.reads).toHaveLength(1);
      });
    });
  }
}
