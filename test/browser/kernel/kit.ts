import * as kernel from "../../../src/kernel/index.js";
import * as bookshop from "../../../src/kernel/test/bookshop.js";
import { line } from "../../../src/kernel/test/line.js";
import { failureOf, runCase } from "../../../src/kernel/test/live/wire-client.js";

// What the pages of these tests have: the kernel, a contract, the client's half of the wire tests, and one instance that follows user 7.

/** An instance, and what an observer of user 7 was told. */
interface Tab {
  readonly mizan: kernel.Mizan;
  readonly handle: kernel.ContextHandle<bookshop.UserContextData>;
  readonly seen: string[];
  readonly stop: () => void;
}

function openTab(options: kernel.MizanOptions = {}, user_id = 7): Tab {
  const mizan = kernel.createKernel(bookshop.contract, options);
  const handle = mizan.registerContext(bookshop.userContext, { user_id });
  const seen: string[] = [];
  const stop = handle.subscribe(() => seen.push(line(handle.getState())));
  return { mizan, handle, seen, stop };
}

const kit = { ...kernel, ...bookshop, line, failureOf, runCase, openTab };
type Kit = typeof kit;

declare global {
  var kit: Kit;
  /** The instance of the page. */
  var tab: Tab;
}

globalThis.kit = kit;
