import { useSyncExternalStore } from "react";
import { readRoute, type Route } from "../../shared/route";

/** Where the visitor is. A server does not see the hash, so the first frame is that of the books, there and here. */
export function useRoute(): Route {
  return readRoute(useSyncExternalStore(follow, hash, noHash));
}

function follow(changed: () => void): () => void {
  addEventListener("hashchange", changed);
  return () => removeEventListener("hashchange", changed);
}

const hash = (): string => location.hash;
const noHash = (): string => "";
