import type { ContextState } from "../index.js";
import type { UserContextData } from "./bookshop.js";

/** Status, flags and data in one line: what a table of notifications is compared with. */
export function line(state: ContextState<UserContextData>): string {
  const flags = `${state.isStale ? " stale" : ""}${state.isFetching ? " fetching" : ""}`;
  const profile = state.data?.user_profile;
  const orders = state.data?.user_orders?.map(({ id, qty }) => `${id}x${qty}`).join();
  return `${state.status}${flags}${state.data ? ` ${profile?.name ?? "nobody"} [${orders ?? ""}]` : ""}`;
}
