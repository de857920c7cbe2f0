declare global {
  interface Window {
    /** How often each module ran. */
    runs?: Record<string, number>;
    marker?: string;
    fingerprint?: () => string | undefined;
  }
}

/** Counts that a module runs. */
export function ran(module: string): void {
  const runs = (window.runs ??= {});
  runs[module] = (runs[module] ?? 0) + 1;
}
