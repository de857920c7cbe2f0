import { setImmediate as nextTurn } from "node:timers/promises";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Runs `action`, and lets a signal that would end the process do so only afterwards. Signals that somebody else handles are left
 * alone. Nothing outlives the call.
 */
export async function holdSignals<T>(action: () => Promise<T>): Promise<T> {
  let held: NodeJS.Signals | undefined;
  const hold = (signal: NodeJS.Signals): void => {
    held ??= signal;
  };
  const free = signals.filter((signal) => process.listenerCount(signal) === 0);
  for (const signal of free) process.on(signal, hold);
  try {
    return await action();
  } finally {
    // A signal that came during synchronous work is told when the event loop next looks: not before the turn after this one.
    await nextTurn();
    await nextTurn();
    for (const signal of free) process.off(signal, hold);
    if (held !== undefined) process.kill(process.pid, held);
  }
}
