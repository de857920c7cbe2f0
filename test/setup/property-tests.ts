import fc from "fast-check";

// Property tests draw the same values in every run, so that a run fails only for what was changed. `npm run fuzz` draws others;
// what it prints of a failure is given back by these two variables.
const { MIZAN_FUZZ_SEED: seed = "1", MIZAN_FUZZ_PATH: path } = process.env;

fc.configureGlobal({ seed: Number(seed), ...(path === undefined ? {} : { path }) });
