/**
 * Imports a config. What Node says about the way that it is written (its package names no module type, type stripping is young) helps nobody
 * who cannot change it, and would stand above the output of every run; any other warning comes through.
 */
export async function quietImport(url: string): Promise<unknown> {
  const before = Object.getOwnPropertyDescriptor(process, "emitWarning");
  const emit = process.emitWarning.bind(process) as (...args: readonly unknown[]) => void;
  process.emitWarning = (warning: string | Error, ...rest: readonly unknown[]): void => {
    if (!isAboutModules(warning, rest)) emit(warning, ...rest);
  };
  try {
    return (await import(url)) as unknown;
  } finally {
    if (before !== undefined) Object.defineProperty(process, "emitWarning", before);
  }
}

function isAboutModules(warning: string | Error, [options, code]: readonly unknown[]): boolean {
  const text = typeof warning === "string" ? warning : warning.message;
  const codes = [code, options, (options as { code?: unknown } | undefined)?.code];
  return codes.includes("MODULE_TYPELESS_PACKAGE_JSON") || /^Type Stripping is/.test(text);
}
