/** Sent to pages when there is no error any more. */
export const healedEvent = "mizan-gen:healed";

/** Whether a module is Vite's own client, which is the same in every framework, under whatever name Vite is installed. */
export function isViteClient(id: string, code: string): boolean {
  return (
    /[\\/]dist[\\/]client[\\/]client\.mjs$/.test(id) && code.includes("function createHotContext")
  );
}

/**
 * Added to Vite's client. An overlay of ours is closed when its cause has healed, also when nothing had to be written; and before any
 * update, as Vite reloads the page when the first update meets an overlay (it takes it for a module that never loaded).
 */
export const overlayClient = `
;(() => {
  const hot = createHotContext("/@mizan-gen");
  const close = () => {
    for (const overlay of document.querySelectorAll("vite-error-overlay")) {
      const plugin = overlay.shadowRoot?.querySelector(".plugin")?.textContent ?? "";
      if (plugin.includes("mizan-gen")) overlay.close();
    }
  };
  if (typeof document !== "undefined") {
    hot.on("${healedEvent}", close);
    hot.on("vite:beforeUpdate", close);
  }
})();
`;
