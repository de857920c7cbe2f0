import { toCamelCase, toPascalCase } from "./words.js";

/** Words that no binding may have in a module in strict mode (ECMA-262 12.7.2), and the names of TypeScript's own types. */
const reservedWords = (
  "any arguments as asserts async await bigint boolean break case catch class const continue debugger declare default delete do else " +
  "enum eval export extends false finally for from function get global if implements import in infer instanceof interface intrinsic is " +
  "keyof let namespace module never new null number object of out override package private protected public readonly require return " +
  "satisfies set static string super switch symbol this throw true try type typeof undefined unique unknown using var void while with yield"
).split(" ");

/**
 * Globals that generated code means by these names, types of the language that everybody knows, and values of a browser that code
 * beside the client means. Names of the DOM that make good names of business objects (`Node`, `Event`, `Document`) are free.
 */
const globals = (
  "AbortController AbortSignal Array ArrayBuffer AsyncIterable AsyncIterator Awaited BigInt Blob Boolean BroadcastChannel Date Error " +
  "Exclude Extract File FileList FormData Function Headers Infinity Iterable Iterator JSON Map Math NaN NonNullable Number Object Omit " +
  "Parameters Partial Pick Promise PromiseLike Proxy ReadableStream Readonly ReadonlyArray ReadonlyMap ReadonlySet Record Reflect " +
  "Request Required Response ReturnType Set String Symbol Uint8Array URL URLSearchParams WeakMap WeakRef WeakSet clearTimeout console " +
  "crypto document fetch globalThis history localStorage location navigator queueMicrotask sessionStorage setTimeout structuredClone " +
  "window"
).split(" ");

/** What the kernel exports and the generated `index.ts` and adapters bind. */
const ours = (
  "CallOptions ContextActions ContextDescriptor ContextHandle ContextState Contract Dehydrated FetchOptions Kernel Mizan " +
  "MizanContexts MizanError MizanHydrate MizanHydrateProps MizanMutations MizanOptions MizanProvider MizanProviderProps " +
  "Mutation MutationDescriptor MutationHandle MutationState ParamCodec PlainCodec SlotState StandardErrorCode Target " +
  "UseContextResult UseContextSuspenseResult UseMutation UseMutationResult UseSlotResult ViewDescriptor ViewOptions configure " +
  "configureDefault contract createKernel createMizan createMutation dateTimeParam fetchContext fetchView foreignFields " +
  "getMizanContext isErrorOf jsonParam kernel latestOnly mergeParts mizan mizanKey multipartBody mutation oneByOne " +
  "renderHydrationScript setMizanContext slotState useContextActions useContextState useContextSuspense useMizan useMutation " +
  "useSlot uuidParam viewUrl withIdempotencyKey"
).split(" ");

/** Names that generated code must not bind anew. */
export const reservedNames: ReadonlySet<string> = new Set([...reservedWords, ...globals, ...ours]);

/** PascalCase name of a type that stands in nobody's way: `Error` -> `ErrorType`. */
export function toTypeName(text: string): string {
  const name = toPascalCase(text);
  return reservedNames.has(name) ? `${name}Type` : name;
}

/** camelCase name of a value that stands in nobody's way: `delete` -> `delete_`. */
export function toValueName(text: string): string {
  const name = toCamelCase(text);
  return reservedNames.has(name) ? `${name}_` : name;
}
