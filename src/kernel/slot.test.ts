import { describe, expect, it } from "vitest";
import { MizanError } from "./error.js";
import { slotState } from "./slot.js";
import { idleState, loadingState, type ContextState } from "./state.js";

type Data = { user: { name: string } | null; orders: number[] };

const failure = new MizanError("internal", "down");
const loaded: ContextState<Data> = {
  ...idleState,
  status: "success",
  data: { user: null, orders: [1] },
  error: undefined,
};

describe("slotState", () => {
  it("is idle and loading with its context", () => {
    expect(slotState<Data, "user">(idleState as ContextState<Data>, "user").status).toBe("idle");
    expect(slotState<Data, "user">(loadingState as ContextState<Data>, "user")).toEqual({
      status: "loading",
      data: undefined,
      error: undefined,
      isFetching: true,
      isStale: false,
    });
  });

  it("holds the very value of the slot, null included", () => {
    expect(slotState(loaded, "user")).toMatchObject({ status: "success", data: null });
    expect(slotState(loaded, "orders").data).toBe(loaded.data?.orders);
  });

  it("fails with the whole context, and keeps what was known", () => {
    const failed: ContextState<Data> = { ...loaded, status: "error", error: failure };
    expect(slotState(failed, "orders")).toMatchObject({
      status: "error",
      data: [1],
      error: failure,
    });
  });

  it("fails alone: the error of another slot is not its own", () => {
    const state: ContextState<Data> = {
      ...loaded,
      status: "error",
      data: { orders: [1] },
      error: failure,
      slotErrors: { user: failure },
    };
    expect(slotState(state, "orders")).toMatchObject({ status: "success", data: [1] });
    expect(slotState(state, "user")).toMatchObject({ status: "error", data: undefined });
  });

  it("fails with a later failure of the context although another slot had failed before", () => {
    const state: ContextState<Data> = {
      ...loaded,
      status: "error",
      error: new MizanError("network", "gone"),
      slotErrors: { user: failure },
    };
    expect(slotState(state, "orders")).toMatchObject({
      status: "error",
      error: { code: "network" },
    });
  });

  it("narrows on status", () => {
    const { status, data, error } = slotState(loaded, "orders");
    if (status === "success") {
      const first: number | undefined = data[0];
      const none: undefined = error;
      expect([first, none]).toEqual([1, undefined]);
    }
    expect.assertions(1);
  });
});
