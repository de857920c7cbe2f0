import { createSSRApp } from "vue";
import { renderToString } from "vue/server-renderer";
import App from "./App.vue";
import { renderHydrationScript } from "./mizan";
import { createMizan } from "./mizan/vue";

/**
 * The first page, for one request: an app and an instance of its own. The composables of the components that are rendered read what they
 * need.
 *
 * @param options where the backend is, and the visitor's cookie
 */
export async function render(options: {
  readonly baseUrl: string;
  readonly headers: Record<string, string>;
}): Promise<{ html: string; state: string }> {
  const plugin = createMizan({ ...options, server: true });
  try {
    const html = await renderToString(createSSRApp(App, { isRendered: true }).use(plugin));
    return { html, state: renderHydrationScript(plugin.mizan.dehydrate()) };
  } finally {
    plugin.mizan.destroy();
  }
}
