/**
 * What every adapter does, in the words of its users. Each adapter tells how it proves each line (`Record<Scenario, …>`), so that a line
 * without a proof does not compile.
 */
export const scenarios = [
  "a mount reads once: loading, then the data",
  "equal params in a new object, and in another order, read no more",
  "other params read exactly once more, and never show old data as theirs",
  "params that come back before anything was answered reuse the read under way",
  "null params are idle until they are known, and read nothing",
  "two components of one context share one request (M6)",
  "after an unmount nobody observes, and the entry is gone after gcTime",
  "an unmount ends the first read; a remount at once joins it",
  "a remount within gcTime shows the data at once and reads no more",
  "a merge shows without a request (H14)",
  "an invalidation reads exactly once more and keeps the data on screen",
  "a merge of another slot leaves the reader of a slot alone",
  "a refetch with an equal answer leaves a reader of data alone",
  "a reader of isFetching follows it",
  "merges and invalidations of one answer render once",
  "a failed first load is an error with its code, and refetch tries again",
  "a failed refetch keeps the data and shows the error",
  "one function that fails leaves the others their values",
  "a mutation goes from idle to pending to success, and reset goes back (H5)",
  "a mutation that fails shows the error that its function declares (H5)",
  "mutateAsync resolves with the output and rejects with the error (H5)",
  "an optimistic change shows at once and is taken back when the call fails",
  "an optimistic change gives way to the answer without a frame of neither",
  "an unmount during a mutation still applies what it answered",
  "prefetch reads ahead, and the mount reads no more",
  "hydrated data shows in the first frame and is not read (H4)",
  "a change of identity shows nothing of the one before",
] as const;

export type Scenario = (typeof scenarios)[number];
