import { useState, type ReactNode } from "react";
import type { Status } from "./mizan";
import { useCurrentUser, useUserOrders } from "./mizan/react";
import { Failed, ForUsers, Loading } from "./state";

const statuses: readonly Status[] = ["open", "paid", "shipped", "cancelled"];

/** The user's orders, newest first. */
export function Orders(): ReactNode {
  const me = useCurrentUser();
  const [status, setStatus] = useState<Status | null>(null);
  // Nothing is read before it is known who is there.
  const orders = useUserOrders(me.data ? { user_id: me.data.id, status } : null);
  if (me.status === "success" && me.data === null) return <ForUsers />;
  return (
    <>
      <div className="heading">
        <h1>Orders</h1>
        <label>
          Status
          <select
            data-testid="status-filter"
            value={status ?? ""}
            onChange={({ target }) =>
              setStatus(statuses.find((each) => each === target.value) ?? null)
            }
          >
            <option value="">all</option>
            {statuses.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        </label>
      </div>
      {orders.status === "error" && orders.data === undefined && (
        <Failed error={orders.error} onRetry={orders.refetch} />
      )}
      {me.status === "error" && me.data === undefined && (
        <Failed error={me.error} onRetry={me.refetch} />
      )}
      {(me.status === "loading" || orders.status === "loading") && <Loading />}
      {orders.data && (
        <section className="panel" aria-busy={orders.isFetching}>
          {orders.data.items.length === 0 && <p className="faint">No orders.</p>}
          <ul className="lines" data-testid="orders">
            {orders.data.items.map((order) => (
              <li key={order.id} data-testid={`order-${order.id}`}>
                <strong>Order {order.id}</strong>
                <span className="badge" data-status={order.status}>
                  {order.status}
                </span>
                <time className="faint" dateTime={order.placed}>
                  {order.placed.slice(0, 10)}
                </time>
                <span className="end">{order.total} €</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
