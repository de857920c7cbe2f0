/** The apps below `examples/` that the specification holds for. Add one as soon as it runs. */
export const frameworks: readonly string[] = ["react", "vue", "svelte"];

const withoutPython = process.env["MIZAN_WITHOUT_PYTHON"] === "1";

/** The backends that it holds on. `npm test -- --without-python` leaves those in Python out. */
export const backends: readonly string[] = withoutPython
  ? ["typescript"]
  : ["typescript", "fastapi", "django"];
