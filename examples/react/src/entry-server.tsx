import { renderToString } from "react-dom/server";
import { App } from "./app";
import { firstPage } from "./books";
import {
  createMizan,
  fetchCatalogContext,
  fetchMeContext,
  fetchUserContext,
  renderHydrationScript,
} from "./mizan";
import { MizanProvider } from "./mizan/react";

/**
 * The first page, for one request: an instance of its own, what the page shows read ahead, then rendered.
 *
 * @param options where the backend is, and the visitor's cookie
 */
export async function render(options: {
  readonly baseUrl: string;
  readonly headers: Record<string, string>;
}): Promise<{ html: string; state: string }> {
  const mizan = createMizan({ ...options, server: true });
  try {
    // What fails is part of the state, and is shown as it would be in the browser.
    await Promise.allSettled([
      fetchCatalogContext(firstPage, { mizan }),
      fetchMeContext({}, { mizan }).then(
        ({ current_user }) =>
          current_user && fetchUserContext({ user_id: current_user.id }, { mizan }),
      ),
    ]);
    const html = renderToString(
      <MizanProvider mizan={mizan}>
        <App />
      </MizanProvider>,
    );
    return { html, state: renderHydrationScript(mizan.dehydrate()) };
  } finally {
    mizan.destroy();
  }
}
