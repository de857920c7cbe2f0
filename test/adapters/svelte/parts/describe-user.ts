import type { useUserContext } from "@client/svelte";

/** What a context's state looks like in one line: `success stale fetching Rumi 1`. */
export function describeUser(user: ReturnType<typeof useUserContext>): string {
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
