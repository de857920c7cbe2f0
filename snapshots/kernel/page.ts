// The kernel of mizan-gen, vendored under its licence (MIT, see LICENSE in this folder).
// Do not edit: `npx mizan-gen` renews it.
/* eslint-disable */

/** Tells when the page deserves newer data: seen again, online again, or taken out of the browser's back-forward cache. */
export function watchPage(revive: (cause: "seen" | "online" | "restored") => void): () => void {
  const control = new AbortController();
  const { signal } = control;
  const seen = (): void => {
    if (!isHidden()) revive("seen");
  };
  globalThis.document?.addEventListener("visibilitychange", seen, { signal });
  globalThis.addEventListener?.("focus", seen, { signal });
  globalThis.addEventListener?.("online", () => revive("online"), { signal });
  // Where the types of workers are there as well (Nuxt has them), the event is any event.
  const shown = (event: Event): void => {
    if ("persisted" in event && event.persisted) revive("restored");
  };
  globalThis.addEventListener?.("pageshow", shown, { signal });
  // With a reason, or an exception would be made.
  return () => control.abort(0);
}

export const isHidden = (): boolean => globalThis.document?.visibilityState === "hidden";
