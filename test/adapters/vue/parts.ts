import { defineComponent, h, type VNodeChild } from "vue";
import type { Bench } from "./bench.js";

type Composables = Bench["client"]["vue"];

/** What a context's state looks like in one line: `success stale fetching Rumi 1`. */
export function describeUser(user: ReturnType<Composables["useUserContext"]>): string {
  const { status, isStale, isFetching, data, error } = user;
  const addresses = data.value?.user_addresses?.length;
  return [
    status.value,
    isStale.value && "stale",
    isFetching.value && "fetching",
    data.value?.user_profile?.name,
    addresses !== undefined && String(addresses),
    error.value?.code,
  ]
    .filter(Boolean)
    .join(" ");
}

/** Components over the composables of a bench's client. Each notes its renders. */
export function partsOf(bench: Bench) {
  const { vue } = bench.client;

  /** All of the state, as text. */
  const User = defineComponent(
    (props: { readonly id: number | null }) => {
      const user = vue.useUserContext(() => (props.id === null ? null : { user_id: props.id }));
      return () => {
        const line = describeUser(user);
        bench.notes.push(`${String(props.id)}: ${line}`);
        return h("p", line);
      };
    },
    { props: ["id"] },
  );

  /** The data alone. */
  const Name = defineComponent(() => {
    const { data } = vue.useUserContext({ user_id: 7 });
    return () => {
      const name = data.value?.user_profile?.name ?? "none";
      bench.notes.push(name);
      return h("p", name);
    };
  });

  /** Whether something is on its way, and nothing else. */
  const Spinner = defineComponent(() => {
    const { isFetching } = vue.useUserContext({ user_id: 7 });
    return () => {
      const line = isFetching.value ? "busy" : "still";
      bench.notes.push(line);
      return h("i", line);
    };
  });

  /** One function of the context. */
  const Profile = defineComponent(() => {
    const { status, data, error } = vue.useUserProfile({ user_id: 7 });
    return () => {
      const line = [status.value, data.value?.name, error.value?.code].filter(Boolean).join(" ");
      bench.notes.push(`profile ${line}`);
      return h("p", `profile ${line}; `);
    };
  });

  /** Another function of the same context. */
  const Addresses = defineComponent(() => {
    const { status, data, error } = vue.useUserAddresses({ user_id: 7 });
    return () => {
      const lines = data.value?.map(({ line1 }) => line1).join();
      const line = [status.value, lines, error.value?.code].filter(Boolean).join(" ");
      bench.notes.push(`addresses ${line}`);
      return h("p", `addresses ${line}; `);
    };
  });

  return { User, Name, Spinner, Profile, Addresses };
}

/** What a composable gave, for a test to read and to call. */
export interface Probe<Value> {
  readonly current: Value;
  readonly Component: ReturnType<typeof defineComponent>;
}

/** A component that calls a composable in its setup and hands out what it gives. It shows nothing unless told what. */
export function probe<Value>(
  composable: () => Value,
  show: (value: Value) => VNodeChild = () => null,
): Probe<Value> {
  let given: { readonly value: Value } | undefined;
  const Component = defineComponent(() => {
    const value = composable();
    given = { value };
    return () => show(value);
  });
  return {
    Component,
    get current() {
      if (given === undefined) throw new Error("the probe is not mounted");
      return given.value;
    },
  };
}
