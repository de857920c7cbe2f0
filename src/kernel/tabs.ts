import { invalidateItems, type InvalidateItem } from "./invalidate-header.js";
import { isObject } from "./share.js";

/** What the tabs of one app tell each other. Data is never passed on: it has no order between tabs. */
interface TabMessage {
  readonly mizan: 1;
  readonly from: string;
  /** Whose changes they are. */
  readonly epoch: string | undefined;
  /** Somebody signed in or out. */
  readonly identity?: boolean | undefined;
  readonly invalidate?: readonly InvalidateItem[] | undefined;
}

export interface TabsHooks {
  readonly epoch: () => string | undefined;
  readonly invalidate: (items: readonly InvalidateItem[]) => void;
  readonly identity: () => void;
  readonly report: (error: unknown) => void;
}

export interface Tabs {
  post(message: Pick<TabMessage, "identity" | "invalidate">): void;
  close(): void;
}

/** The other tabs of the same app and origin. Where there is no channel, or it breaks, this tab goes on alone. */
export function openTabs(app: string, hooks: TabsHooks): Tabs {
  const from = `${Math.random()}`;
  let channel: BroadcastChannel | undefined;
  try {
    channel = new BroadcastChannel(`mizan:${app}`);
    channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      try {
        receive(data);
      } catch (error) {
        hooks.report(error);
      }
    };
  } catch {
    // An old browser, or storage is blocked.
  }

  function receive(message: unknown): void {
    if (!isObject(message) || message["mizan"] !== 1 || message["from"] === from) return;
    if (message["identity"] === true) hooks.identity();
    const [theirs, ours] = [message["epoch"], hooks.epoch()];
    const sameUser = theirs === undefined || ours === undefined || theirs === ours;
    if (sameUser) hooks.invalidate(invalidateItems(message["invalidate"]));
  }

  return {
    post(message) {
      try {
        channel?.postMessage({ mizan: 1, from, epoch: hooks.epoch(), ...message });
      } catch (error) {
        hooks.report(error);
      }
    },
    close: () => channel?.close(),
  };
}
