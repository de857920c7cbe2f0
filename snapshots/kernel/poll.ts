// The kernel of mizan-gen, vendored under its licence (MIT, see LICENSE in this folder).
// Do not edit: `npx mizan-gen` renews it.
/* eslint-disable */

import type { ContextHandle } from "./mizan.js";
import { isHidden } from "./page.js";

/**
 * Reads a context anew at an interval, as long as the page is seen. Time that it was hidden is not made up for.
 *
 * @param interval milliseconds
 * @returns the end of it
 */
export function pollContext(handle: ContextHandle<object>, interval: number): () => void {
  const timer = setInterval(() => {
    if (!isHidden()) void handle.refetch();
  }, interval);
  return () => clearInterval(timer);
}
