import {
  isPlaceOrderError,
  login,
  logout,
  MizanError,
  placeOrder,
  renameUser,
  setFavourite,
  type Kernel,
} from "./mizan";
import type { Choices, Handles } from "./shown";

/** What a click on the element of a test id does; undefined for those that are no buttons. */
export function actionOf(
  id: string,
  mizan: Kernel,
  handles: Handles,
  choices: Choices,
): (() => unknown) | undefined {
  const { typed, told } = choices;
  const user_id = handles.me.getState().data?.current_user?.id ?? 0;
  const actions: Readonly<Record<string, () => unknown>> = {
    retry: () => Promise.all(Object.values(handles).map((handle) => retry(handle))),
    "next-page": () => choices.page++,
    "previous-page": () => (choices.page = Math.max(1, choices.page - 1)),
    "sign-out": () => mizan.call(logout),
    async "sign-in"() {
      told.clear();
      const input = { email: typed.get("email") ?? "", password: typed.get("password") ?? "" };
      const failed = await failureOf(mizan.call(login, input));
      if (failed) told.set("sign-in-error", failed.message);
      else location.hash = "#/";
    },
    async rename() {
      told.clear();
      const input = { user_id, name: typed.get("name") ?? "" };
      const failed = await failureOf(mizan.call(renameUser, input));
      if (failed) told.set("rename-error", failed.fields[0]?.message ?? failed.message);
    },
    async order() {
      told.clear();
      const book_id = choices.hash.split("/")[2] ?? "";
      const lines = [{ book_id, qty: Number(typed.get("quantity")) }];
      try {
        const { id } = await mizan.call(placeOrder, { user_id, lines });
        told.set("order-result", `Order ${String(id)}`);
      } catch (error) {
        const left =
          isPlaceOrderError(error) && error.code === "out_of_stock" ? error.data.left : undefined;
        told.set("order-error", left === undefined ? String(error) : `Only ${String(left)} left`);
      }
    },
  };
  const book_id = /^favourite-([0-9a-f-]{36})$/.exec(id)?.[1];
  return book_id === undefined ? actions[id] : () => toggle(book_id);

  function toggle(book_id: string): Promise<unknown> {
    const marked = handles.user.getState().data?.user_favourites?.book_ids ?? [];
    const favourite = !marked.includes(book_id);
    const optimistic = {
      user: {
        user_favourites: ({ book_ids }: { book_ids: string[] }) => ({
          book_ids: favourite ? [...book_ids, book_id] : book_ids.filter((id) => id !== book_id),
        }),
      },
    };
    return failureOf(mizan.call(setFavourite, { user_id, book_id, favourite }, { optimistic }));
  }
}

function retry(handle: Handles[keyof Handles]): unknown {
  if (handle.getState().status === "error") return handle.refetch();
}

async function failureOf(call: Promise<unknown>): Promise<MizanError | undefined> {
  try {
    await call;
  } catch (error) {
    if (error instanceof MizanError) return error;
    throw error;
  }
}
