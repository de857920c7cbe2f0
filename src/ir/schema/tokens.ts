import type { Direction } from "../type-node.js";
import type { Form } from "./mapping.js";

/**
 * What a reference is called until names are given. No identifier begins with `#`. Within named types the number of the unit is enough
 * (`#12`), as the form is that of the type around it; elsewhere the form is said: `#12 in json`.
 */
export function tokenOf(unit: number, form: Pick<Form, "direction" | "blob"> | null): string {
  return form === null ? `#${unit}` : `#${unit} ${formOfToken(form.direction, form.blob)}`;
}

/** The form as a token says it: `in json`. */
export function formOfToken(direction: Direction, blob: boolean): string {
  return `${direction} ${blob ? "blob" : "json"}`;
}

/** The number of the unit that a token stands for. */
export function unitOfToken(token: string): number {
  return Number.parseInt(token.slice(1), 10);
}

/** Whether a reference has a token yet, and not the name of a type. */
export function isToken(reference: string): boolean {
  return reference.startsWith("#");
}
