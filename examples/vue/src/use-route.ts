import { onMounted, onScopeDispose, shallowRef, type Ref } from "vue";
import { readRoute, type Route } from "../../shared/route";

/**
 * Where the visitor is.
 *
 * @param isRendered the page comes from a server. It does not see the hash, so the first frame is that of the books, there and here.
 */
export function useRoute(isRendered: boolean): Readonly<Ref<Route>> {
  const route = shallowRef(readRoute(isRendered ? "" : location.hash));
  const follow = (): void => {
    route.value = readRoute(location.hash);
  };
  onMounted(() => {
    follow();
    addEventListener("hashchange", follow);
  });
  onScopeDispose(() => {
    if (typeof window !== "undefined") removeEventListener("hashchange", follow);
  });
  return route;
}
