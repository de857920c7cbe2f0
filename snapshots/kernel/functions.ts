// The kernel of mizan-gen, vendored under its licence (MIT, see LICENSE in this folder).
// Do not edit: `npx mizan-gen` renews it.
/* eslint-disable */

import { defaultKernel } from "./default.js";
import type { ContextDescriptor, MutationDescriptor } from "./descriptor.js";
import { MizanError } from "./error.js";
import type { CallArguments, FetchOptions } from "./mizan.js";

/** A mutation: what is said of it, and the call of it in one value. */
export type Mutation<
  Name extends string = string,
  Input = unknown,
  Output = unknown,
  Failure = unknown,
  Targets extends object = object,
> = MutationDescriptor<Name, Input, Output, Failure, Targets> & {
  (...args: CallArguments<Input, Targets>): Promise<Output>;
};

/** One read of a context outside any component: in a loader, or before rendering on a server. */
export function fetchContext<Params extends object, Data extends object>(
  context: ContextDescriptor<string, Params, Data>,
  params: Params,
  options: FetchOptions = {},
): Promise<Data> {
  return (options.mizan ?? defaultKernel(context.contract)).fetchContext(context, params, options);
}

/** Makes a mutation callable. Pure: an unused one leaves no trace in a bundle. */
export function mutation<Name extends string, Input, Output, Failure, Targets extends object>(
  descriptor: Omit<MutationDescriptor<Name, Input, Output, Failure, Targets>, "kind">,
): Mutation<Name, Input, Output, Failure, Targets> {
  const whole: MutationDescriptor<Name, Input, Output, Failure, Targets> = {
    kind: "mutation",
    ...descriptor,
  };
  const call = (...args: CallArguments<Input, Targets>): Promise<Output> =>
    (args[1]?.mizan ?? defaultKernel(whole.contract)).call(whole, ...args);
  // Defined, not assigned: the name of a function cannot be written.
  return Object.defineProperties(call, Object.getOwnPropertyDescriptors(whole)) as typeof call &
    typeof whole;
}

/** Whether an error is of that function, so that its `code` and `data` are what the document declares. */
export function isErrorOf<Input, Output, Failure, Targets extends object>(
  descriptor: MutationDescriptor<string, Input, Output, Failure, Targets>,
  error: unknown,
): error is Failure {
  return error instanceof MizanError && error.source === descriptor.name;
}
