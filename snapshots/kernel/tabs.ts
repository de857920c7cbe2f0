// The kernel of mizan-gen, vendored under its licence (MIT, see LICENSE in this folder).
// Do not edit: `npx mizan-gen` renews it.
/* eslint-disable */

import { outline, readEffects, type InvalidateItem } from "./effect.js";
import { changeIdentity, invalidate } from "./apply.js";
import { isHidden } from "./page.js";
import { isObject } from "./json.js";
import { report, type Store } from "./store.js";

/** What the tabs of one app tell each other. Data is never passed on: it has no order between tabs. */
export interface TabMessage {
  /** Somebody signed in or out. */
  readonly identity?: boolean | undefined;
  readonly invalidate?: readonly InvalidateItem[] | undefined;
}

export interface Tabs {
  post(message: TabMessage): void;
  close(): void;
}

/** The other tabs of the same app and origin. Where there is no channel, or it breaks, this tab goes on alone. */
export function openTabs(store: Store, app: string): Tabs {
  const from = `${Math.random()}`;
  let channel: BroadcastChannel | undefined;
  const guard = (action: () => void): void => {
    try {
      action();
    } catch (error) {
      report(store, error);
    }
  };
  try {
    channel = new BroadcastChannel(`mizan:${app}`);
    channel.onmessage = ({ data }: MessageEvent<unknown>) => guard(() => receive(data));
  } catch {
    // An old browser, or storage is blocked.
  }

  function receive(message: unknown): void {
    if (!isObject(message) || message["mizan"] !== 1 || message["from"] === from) return;
    const { epoch = store.epoch, identity, invalidate: items } = message;
    if (identity === true) changeIdentity(store);
    // Another user's changes; where one side does not know its user, better one read too many.
    if (epoch !== (store.epoch ?? epoch)) return;
    // A hidden tab reads when it is seen again.
    for (const item of readEffects(items)) invalidate(store, outline(item), isHidden());
  }

  return {
    post: (message) =>
      guard(() => channel?.postMessage({ mizan: 1, from, epoch: store.epoch, ...message })),
    close: () => channel?.close(),
  };
}
