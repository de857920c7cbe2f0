// The kernel of mizan-gen, vendored under its licence (MIT, see LICENSE in this folder).
// Do not edit: `npx mizan-gen` renews it.
/* eslint-disable */

import { endCall, type Call } from "./calls.js";

/** Starts a call among those of the same function that are under way, in their order. */
export type TakeTurns = (before: readonly Call[], run: () => Promise<unknown>) => Promise<unknown>;

/** `serial`: after the one before has settled, well or not. */
export const oneByOne: TakeTurns = (before, run) => {
  const last = before.at(-1);
  return last ? last.turn.then(run, run) : run();
};

/** `latest`: in place of the one before, which is ended. */
export const latestOnly: TakeTurns = (before, run) => {
  before.forEach(endCall);
  return run();
};
