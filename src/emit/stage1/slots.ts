import type { Api, Context } from "../../ir/api.js";
import type { Name } from "../print/code.js";
import { modulePath } from "./names.js";

/** What a mutation's module asks of contexts: by wire name, the types that their modules export. */
export interface Slots {
  /** The type of a context's bundle; null for what is not in the document, such as `*`. */
  dataOf(context: string): Name | null;
  /** The type of a slot's value; null for what is not in the document. */
  outputOf(context: string, slot: string): Name | null;
}

/** Finds contexts and their slots by wire name. */
export class SlotsOfApi implements Slots {
  readonly #list: readonly Context[];
  readonly #contexts: ReadonlyMap<string, Context>;

  constructor(api: Api) {
    this.#list = api.contexts;
    this.#contexts = new Map(api.contexts.map((context) => [context.wireName, context]));
  }

  /** Whether the two are of the very same contexts, and so answer alike whatever they are asked. */
  isLike(other: SlotsOfApi): boolean {
    return (
      this.#list.length === other.#list.length &&
      this.#list.every((context, index) => context === other.#list[index])
    );
  }

  dataOf(context: string): Name | null {
    const found = this.#contexts.get(context);
    return found === undefined
      ? null
      : { name: found.names.data, from: modulePath(found.file), typeOnly: true };
  }

  outputOf(context: string, slot: string): Name | null {
    const found = this.#contexts.get(context);
    const names = found?.queries.find((query) => query.slot === slot)?.names;
    if (found === undefined || names === undefined) return null;
    return { name: names.output, from: modulePath(found.file), typeOnly: true };
  }
}

/** A question that was asked, and its answer. A question about a bundle names no slot. */
interface Asked {
  readonly context: string;
  readonly slot: string | null;
  readonly answer: Name | null;
}

/** Notes what it is asked, so that the same can be asked again later. */
export class NotedSlots implements Slots {
  readonly #slots: Slots;
  readonly #asked: Asked[] = [];

  constructor(slots: Slots) {
    this.#slots = slots;
  }

  dataOf(context: string): Name | null {
    const answer = this.#slots.dataOf(context);
    this.#asked.push({ context, slot: null, answer });
    return answer;
  }

  outputOf(context: string, slot: string): Name | null {
    const answer = this.#slots.outputOf(context, slot);
    this.#asked.push({ context, slot, answer });
    return answer;
  }

  /** All that was asked. */
  get asked(): readonly Asked[] {
    return this.#asked;
  }
}

/** Whether each question has the answer that it had. */
export function answerAlike(slots: Slots, asked: readonly Asked[]): boolean {
  return asked.every(({ context, slot, answer }) => {
    const now = slot === null ? slots.dataOf(context) : slots.outputOf(context, slot);
    return now?.name === answer?.name && now?.from === answer?.from;
  });
}

export type { Asked as AskedSlot };
