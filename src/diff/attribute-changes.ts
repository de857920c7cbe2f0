import type { Topic } from "./change-log.js";
import type { ContractChange, ReachedFunction } from "./contract-change.js";
import type { Holder, TypeDifference } from "./type-difference.js";

/** A place of a function, or of several (a param of a context), that holds a type. */
export interface Root {
  readonly holder: Holder;
  /** What a difference right here is about, and the functions that the place belongs to. */
  readonly topic: Topic;
  /** `input`, `output`, `params`, `errors.not_found`. */
  readonly path: string;
}

/**
 * Says of each difference inside of types which functions reach it, and by which shortest way. A difference that only one function
 * reaches is told as one of the function, any other as one of the type.
 */
export function attributeChanges(
  roots: readonly Root[],
  pairs: Iterable<Holder>,
  order: ReadonlyMap<string, number>,
): ContractChange[] {
  const changes = roots.flatMap((root) =>
    root.holder.differences.map((difference): ContractChange => {
      const path = join(root.path, difference.path);
      return {
        ...change(difference, root.holder),
        subject: root.topic.subject,
        path,
        functions: root.topic.functions.map((name) => ({ name, path })),
        pointers: { before: root.topic.before, after: root.topic.after },
      };
    }),
  );
  const changed = [...pairs].filter(({ differences }) => differences.length > 0);
  if (changed.length === 0) return changes;

  const reverse = reverseEdges(roots);
  for (const holder of changed) {
    const { types } = holder;
    if (types === null) continue;
    const functions = reachedFrom(holder, reverse).sort(
      (a, b) => (order.get(a.name) ?? 0) - (order.get(b.name) ?? 0),
    );
    const [only, ...others] = functions;
    for (const difference of holder.differences) {
      const isOwn = only !== undefined && others.length === 0;
      const inner = difference.path;
      changes.push({
        ...change(difference, holder),
        subject: isOwn
          ? { kind: "function", name: only.name }
          : { kind: "type", name: types.after.name },
        path: isOwn ? join(only.path, inner) : inner.replace(/^\./, ""),
        functions: functions.map(({ name, path }) => ({ name, path: join(path, inner) })),
        pointers: { before: types.before.pointer, after: types.after.pointer },
      });
    }
  }
  return changes;
}

function change(
  { kind, class: found, breaks, reason, summary, before, after }: TypeDifference,
  { direction }: Holder,
): Omit<ContractChange, "subject" | "path" | "functions" | "pointers"> {
  return { kind, class: found, breaks, direction, summary, reason, before, after };
}

/** Paths begin with a dot only inside of something. */
function join(path: string, inner: string): string {
  return path === "" ? inner.replace(/^\./, "") : path + inner;
}

interface Incoming {
  readonly path: string;
  readonly from: Holder | Root;
}

function reverseEdges(roots: readonly Root[]): Map<Holder, Incoming[]> {
  const incoming = new Map<Holder, Incoming[]>();
  const waiting: Holder[] = [];
  const follow = (from: Holder | Root, holder: Holder): void => {
    for (const { path, to } of holder.edges) {
      const known = incoming.get(to);
      if (known === undefined) {
        incoming.set(to, [{ path, from }]);
        waiting.push(to);
      } else {
        known.push({ path, from });
      }
    }
  };
  for (const root of roots) follow(root, root.holder);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) follow(next, next);
  return incoming;
}

/** Ways through long chains of types are told by their ends: nobody reads more, and each of many functions has its own. */
const longestWay = 100;

function prepend(step: string, path: string): string {
  const gap = path.indexOf("…");
  if (gap !== -1) return step + path.slice(gap);
  const whole = step + path;
  return whole.length <= longestWay ? whole : `${step}…${path.slice(-longestWay / 2)}`;
}

/** Breadth first against the arrows: the first way found to a function is a shortest one. */
function reachedFrom(
  holder: Holder,
  incoming: ReadonlyMap<Holder, readonly Incoming[]>,
): ReachedFunction[] {
  const found = new Map<string, ReachedFunction>();
  const seen = new Set<Holder>([holder]);
  let ring: { readonly at: Holder; readonly path: string }[] = [{ at: holder, path: "" }];
  while (ring.length > 0) {
    const next: typeof ring = [];
    for (const { at, path } of ring) {
      for (const { path: step, from } of incoming.get(at) ?? []) {
        if ("holder" in from) {
          for (const name of from.topic.functions) {
            if (!found.has(name)) found.set(name, { name, path: from.path + step + path });
          }
        } else if (!seen.has(from)) {
          seen.add(from);
          next.push({ at: from, path: prepend(step, path) });
        }
      }
    }
    ring = next;
  }
  return [...found.values()];
}
