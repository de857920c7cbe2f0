declare const MIZAN_GEN_VERSION: string | undefined;

/** Version of the generator, set when it is bundled; the sources themselves, run by a test, have none. */
export const generatorVersion: string =
  typeof MIZAN_GEN_VERSION === "string" ? MIZAN_GEN_VERSION : "0.0.0-source";
