import { onMounted, onScopeDispose, shallowRef, type Ref } from "vue";
import { readRoute, type Route } from "../../shared/route";

/** Where the visitor is. A server does not see the hash, so the first frame is that of the books, there and here. */
export function useRoute(): Readonly<Ref<Route>> {
  const route = shallowRef(readRoute(""));
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
