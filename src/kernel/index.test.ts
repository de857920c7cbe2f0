import { describe, expectTypeOf, it } from "vitest";
import {
  createMutation,
  isErrorOf,
  MizanError,
  type ContextHandle,
  type ContextState,
  type Mizan,
  type StandardErrorCode,
} from "./index.js";
import {
  logout,
  placeOrder,
  renameUser,
  userContext,
  type OutOfStock,
  type UserContextData,
  type User,
  type Order,
} from "./test/bookshop.js";

// Compiled by `tsc -p src/kernel/tsconfig.test.json`; nothing here is run.
declare const mizan: Mizan<
  { user: typeof userContext },
  { rename_user: typeof renameUser; logout: typeof logout }
>;

describe("types", () => {
  it("a state narrows by its status", () => {
    const check = (state: ContextState<UserContextData>): void => {
      if (state.status === "success") expectTypeOf(state.data).toEqualTypeOf<UserContextData>();
      if (state.status === "loading") expectTypeOf(state.data).toEqualTypeOf<undefined>();
      if (state.status === "error") {
        expectTypeOf(state.error).toEqualTypeOf<MizanError>();
        expectTypeOf(state.data).toEqualTypeOf<Partial<UserContextData> | undefined>();
      } else expectTypeOf(state.error).toEqualTypeOf<undefined>();
      const { status, data } = state;
      if (status === "success") expectTypeOf(data).toEqualTypeOf<UserContextData>();
    };
    expectTypeOf(check).toBeFunction();
  });

  it("instanceof narrows to the class without any", () => {
    const check = (error: unknown): void => {
      if (error instanceof MizanError) {
        expectTypeOf(error.code).toEqualTypeOf<string>();
        expectTypeOf(error.data).toEqualTypeOf<unknown>();
      }
    };
    expectTypeOf(check).toBeFunction();
  });

  it("contexts are known by descriptor and by name", () => {
    const check = (): void => {
      expectTypeOf(mizan.registerContext(userContext, { user_id: 7 })).toEqualTypeOf<
        ContextHandle<UserContextData>
      >();
      expectTypeOf(mizan.registerContext("user", { user_id: 7 })).toEqualTypeOf<
        ContextHandle<UserContextData>
      >();
      mizan.registerContext(userContext, null);
      // @ts-expect-error a param is missing
      mizan.registerContext(userContext, {});
      // @ts-expect-error a param is of another type
      mizan.registerContext("user", { user_id: "7" });
      // @ts-expect-error no such context
      mizan.registerContext("nobody", {});
      mizan.invalidate(userContext, { user_id: 7 });
      mizan.invalidate("*");
      // @ts-expect-error no such param
      mizan.invalidate("user", { id: 7 });
    };
    expectTypeOf(check).toBeFunction();
  });

  it("a mutation takes its input and gives its output", () => {
    const check = async (): Promise<void> => {
      expectTypeOf(await renameUser({ user_id: 7, name: "Zoe" })).toEqualTypeOf<User>();
      expectTypeOf(
        await mizan.call("rename_user", { user_id: 7, name: "Zoe" }),
      ).toEqualTypeOf<User>();
      expectTypeOf(await mizan.call(placeOrder, { user_id: 7, qty: 1 })).toEqualTypeOf<Order>();
      expectTypeOf(await logout()).toEqualTypeOf<null>();
      await mizan.call("logout");
      // @ts-expect-error the input is required
      await renameUser();
      // @ts-expect-error a member is missing
      await mizan.call("rename_user", { user_id: 7 });
    };
    expectTypeOf(check).toBeFunction();
  });

  it("optimistic functions are typed by the slots that are merged", () => {
    const check = async (): Promise<void> => {
      await renameUser(
        { user_id: 7, name: "Zoe" },
        {
          optimistic: {
            user: {
              user_profile: (current, input) => {
                expectTypeOf(current).toEqualTypeOf<User | null>();
                expectTypeOf(input).toEqualTypeOf<{ user_id: number; name: string }>();
                return current && { ...current, name: input.name };
              },
            },
          },
        },
      );
      const input = { user_id: 7, name: "Zoe" };
      // @ts-expect-error the slot is not merged by this mutation
      await renameUser(input, { optimistic: { user: { user_orders: () => [] } } });
      // @ts-expect-error the value is of another type
      await renameUser(input, { optimistic: { user: { user_profile: () => 7 } } });
    };
    expectTypeOf(check).toBeFunction();
  });

  it("a state narrows when it is taken apart, and by its flags' absence of data", () => {
    const check = (state: ContextState<UserContextData>): void => {
      const { status, data, error } = state;
      if (status === "idle") expectTypeOf(data).toEqualTypeOf<undefined>();
      if (status === "error") {
        expectTypeOf(error).toEqualTypeOf<MizanError>();
        expectTypeOf(data).toEqualTypeOf<Partial<UserContextData> | undefined>();
      }
      if (status === "success") expectTypeOf(error).toEqualTypeOf<undefined>();
      if (error) expectTypeOf(status).toEqualTypeOf<"error">();
      if (!data) expectTypeOf(status).toEqualTypeOf<"idle" | "loading" | "error">();
      switch (status) {
        case "idle":
        case "loading":
        case "error":
          break;
        case "success":
          expectTypeOf(data.user_orders).toEqualTypeOf<Order[]>();
          break;
        default:
          expectTypeOf(status).toBeNever();
      }
      expectTypeOf(state.slotErrors.user_orders).toEqualTypeOf<MizanError | undefined>();
      // @ts-expect-error a slot that the context does not have
      void state.slotErrors.nobody;
      // @ts-expect-error a snapshot is not written to
      state.status = "idle";
      // @ts-expect-error data may be absent
      void state.data.user_profile;
    };
    expectTypeOf(check).toBeFunction();
  });

  it("the state of a mutation narrows, taken apart as well", () => {
    const check = (): void => {
      const handle = createMutation(mizan, placeOrder);
      const { status, data, error } = handle.getState();
      if (status === "success") {
        expectTypeOf(data).toEqualTypeOf<Order>();
        expectTypeOf(error).toEqualTypeOf<undefined>();
      } else expectTypeOf(data).toEqualTypeOf<undefined>();
      if (status === "error" && error.code === "out_of_stock") {
        expectTypeOf(error.data).toEqualTypeOf<OutOfStock>();
      }
      handle.mutate({ user_id: 7, qty: 1 });
      // @ts-expect-error the input is required
      handle.mutate();
      expectTypeOf(handle.mutateAsync({ user_id: 7, qty: 1 })).toEqualTypeOf<Promise<Order>>();
    };
    expectTypeOf(check).toBeFunction();
  });

  it("params: null is not known yet; undefined and more are refused", () => {
    const check = (id: number | undefined): void => {
      const handle = mizan.registerContext(userContext, id === undefined ? null : { user_id: id });
      expectTypeOf(handle.load()).toEqualTypeOf<Promise<UserContextData>>();
      expectTypeOf(handle.refetch()).toEqualTypeOf<Promise<ContextState<UserContextData>>>();
      mizan.registerContext("user", null);
      mizan.registerContext(userContext, { user_id: 7, page: undefined });
      // @ts-expect-error undefined is not null
      mizan.registerContext(userContext, undefined);
      // @ts-expect-error a read needs its params
      void mizan.fetchContext(userContext, null);
      // @ts-expect-error a param that may be missing
      mizan.registerContext(userContext, { user_id: id });
      // @ts-expect-error no such param
      mizan.registerContext(userContext, { user_id: 7, user: 1 });
      // @ts-expect-error no such param, by name
      mizan.registerContext("user", { user_id: 7, user: 1 });
      expectTypeOf(mizan.fetchContext("user", { user_id: 7 })).toEqualTypeOf<
        Promise<UserContextData>
      >();
    };
    expectTypeOf(check).toBeFunction();
  });

  it("optimistic functions have no other targets, and none without merges", () => {
    const check = async (): Promise<void> => {
      const input = { user_id: 7, name: "Zoe" };
      await mizan.call("rename_user", input, {
        optimistic: { user: { user_profile: (current) => current } },
      });
      // @ts-expect-error no such context among the targets
      await renameUser(input, { optimistic: { catalog: {} } });
      // @ts-expect-error a function that changes no context shows nothing early
      await logout(undefined, { optimistic: { user: { user_profile: () => null } } });
      // @ts-expect-error nor with a state of its own
      createMutation(mizan, logout).mutate(undefined, { optimistic: {} });
      // @ts-expect-error nor by name
      await mizan.call("rename_user", input, {
        optimistic: { user: { user_orders: () => [] } },
      });
    };
    expectTypeOf(check).toBeFunction();
  });

  it("errors narrow by their code", () => {
    const check = (error: unknown): void => {
      if (!isErrorOf(placeOrder, error)) return;
      if (error.code === "out_of_stock") expectTypeOf(error.data).toEqualTypeOf<OutOfStock>();
      else expectTypeOf(error.code).toEqualTypeOf<StandardErrorCode>();
    };
    expectTypeOf(check).toBeFunction();
  });
});
