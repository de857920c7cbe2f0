import type { Module, Statement } from "../print/code.js";

/** What users and adapters need of the kernel; all else is reached through an instance. */
const kernelTypes = [
  "CallOptions",
  "ContextDescriptor",
  "ContextHandle",
  "ContextState",
  "Contract",
  "Dehydrated",
  "FetchOptions",
  "Kernel",
  "Mizan",
  "MizanOptions",
  "Mutation",
  "MutationDescriptor",
  "MutationHandle",
  "MutationState",
  "SlotState",
  "StandardErrorCode",
  "ViewDescriptor",
  "ViewOptions",
];

/** `index.ts`: the one door of Stage 1. `paths`: the other modules, in the order of the document. */
export function indexModule(paths: readonly string[]): Module {
  return {
    path: "index",
    statements: [
      ...paths.map((from): Statement => ({ kind: "re-export", from, names: "*", typeOnly: false })),
      { kind: "re-export", from: "kernel/index", names: kernelTypes, typeOnly: true },
      {
        kind: "re-export",
        from: "kernel/index",
        names: [
          "MizanError",
          "createMutation",
          "isErrorOf",
          "mergeParts",
          "renderHydrationScript",
          "slotState",
        ],
        typeOnly: false,
      },
    ],
  };
}
