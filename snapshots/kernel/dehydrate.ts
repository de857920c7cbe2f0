// The kernel of mizan-gen, vendored under its licence (MIT, see LICENSE in this folder).
// Do not edit: `npx mizan-gen` renews it.
/* eslint-disable */

import type { MizanError } from "./error.js";
import { allEntries } from "./lifetime.js";
import type { Kernel } from "./mizan.js";
import { fold } from "./ordering.js";
import type { Dehydrated, DehydratedEntry, DehydratedError } from "./payload.js";
import { now, storeOf } from "./store.js";

/** All that is known, without what calls under way show before they are done. */
export function dehydrate(kernel: Kernel): Dehydrated {
  const store = storeOf(kernel);
  const entries = allEntries(store).flatMap((entry): DehydratedEntry[] => {
    const { context, params, rev, slotErrors, error, readAt } = entry;
    const data = fold(entry, []);
    if (!data && !error) return [];
    const errors =
      slotErrors &&
      Object.fromEntries(Object.entries(slotErrors).map(([slot, each]) => [slot, problemOf(each)]));
    return [
      {
        context: context.name,
        params,
        rev,
        data,
        errors,
        error: error && !errors ? problemOf(error) : undefined,
        age: readAt === undefined ? undefined : now() - readAt,
      },
    ];
  });
  return { mizan: 1, schema: store.contract.fingerprint, epoch: store.epoch, entries };
}

const problemOf = ({ status, code, message, fields, data }: MizanError): DehydratedError => ({
  status,
  code,
  title: message,
  errors: fields.length ? fields : undefined,
  data,
});
