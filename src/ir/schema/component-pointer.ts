import type { Pointer } from "../../diagnostics/diagnostic.js";

/** Where the components of the root document stand. */
export const componentsPointer: Pointer = "#/components/schemas";

/** Whether a pointer is that of a whole component. */
export function isComponentPointer(pointer: Pointer): boolean {
  const start = componentsPointer.length + 1;
  return pointer.startsWith(`${componentsPointer}/`) && !pointer.includes("/", start);
}
