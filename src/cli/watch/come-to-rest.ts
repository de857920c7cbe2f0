import { setTimeout as sleep } from "node:timers/promises";
import { changedFiles, missing, type Content } from "./file-watcher.js";

/** How long files must stay as they are before they are taken for whole. */
const quiet = 50;
/** A file that is gone may be on its way back: some editors remove before they write. */
const grace = 200;
/** Files that never come to rest are read as they are after so long. */
const longest = 1000;

/** Waits until files stay as they are, and gives what they are then. */
export async function comeToRest(before: Content, look: () => Content): Promise<Content> {
  const deadline = performance.now() + longest;
  for (let last = before; ;) {
    await sleep([...last.values()].includes(missing) ? grace : quiet);
    const now = look();
    if (changedFiles(last, now).length === 0 || performance.now() > deadline) return now;
    last = now;
  }
}
