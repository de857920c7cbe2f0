import type { ReactNode } from "react";
import type { Bench } from "./bench.js";

/** What a context's state looks like in one line: `success stale fetching Rumi 1`. */
export function describeUser(user: ReturnType<Bench["client"]["react"]["useUserContext"]>): string {
  const addresses = user.data?.user_addresses?.length;
  return [
    user.status,
    user.isStale && "stale",
    user.isFetching && "fetching",
    user.data?.user_profile?.name,
    addresses !== undefined && String(addresses),
    user.error?.code,
  ]
    .filter(Boolean)
    .join(" ");
}

/** Components over the hooks of a bench's client. Each notes its renders. */
export function partsOf(bench: Bench) {
  const { react } = bench.client;

  /** All of the state, as text. Its params are a new object on each render. */
  function User({ id }: { readonly id: number | null }): ReactNode {
    const user = react.useUserContext(id === null ? null : { user_id: id });
    const line = describeUser(user);
    bench.notes.push(`${String(id)}: ${line}`);
    return <p>{line}</p>;
  }

  /** The data alone. */
  function Name({ id = 7 }: { readonly id?: number }): ReactNode {
    const { data } = react.useUserContext({ user_id: id });
    bench.notes.push(data?.user_profile?.name ?? "none");
    return <p>{data?.user_profile?.name ?? "none"}</p>;
  }

  /** Whether something is on its way, and nothing else. */
  function Spinner(): ReactNode {
    const { isFetching } = react.useUserContext({ user_id: 7 });
    bench.notes.push(isFetching ? "busy" : "still");
    return <i>{isFetching ? "busy" : "still"}</i>;
  }

  /** One function of the context. */
  function Profile(): ReactNode {
    const { status, data, error } = react.useUserProfile({ user_id: 7 });
    const line = [status, data?.name, error?.code].filter(Boolean).join(" ");
    bench.notes.push(`profile ${line}`);
    return <p>profile {line}; </p>;
  }

  /** Another function of the same context. */
  function Addresses(): ReactNode {
    const { status, data, error } = react.useUserAddresses({ user_id: 7 });
    const line = [status, data?.map(({ line1 }) => line1).join(), error?.code]
      .filter(Boolean)
      .join(" ");
    bench.notes.push(`addresses ${line}`);
    return <p>addresses {line}; </p>;
  }

  return { User, Name, Spinner, Profile, Addresses };
}

/** The value that a hook gave in its last render, for a test to call its functions. */
export interface Probe<Value> {
  readonly current: Value;
  readonly Component: () => ReactNode;
}

/** A component that shows nothing and hands out what a hook gives. */
export function probe<Value>(hook: () => Value): Probe<Value> {
  let value: Value | undefined;
  function Component(): ReactNode {
    const next = hook();
    value = next;
    return null;
  }
  return {
    Component,
    get current() {
      if (value === undefined) throw new Error("the probe is not rendered");
      return value;
    },
  };
}
