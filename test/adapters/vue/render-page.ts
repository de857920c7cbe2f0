import { createSSRApp, type Component } from "vue";
import { renderToString } from "vue/server-renderer";
import type { Dehydrated, MizanOptions } from "@client";
import { user, userData } from "../bookshop-data.js";
import type { Client } from "./generate-client.js";

/** What a server sends, and the instance that it made for the request. */
export interface Rendered {
  readonly html: string;
  /** As it travels: plain JSON. */
  readonly state: Dehydrated;
  readonly mizan: ReturnType<Client["vue"]["createMizan"]>["mizan"];
  /** The paths that the backend was asked for. */
  readonly requests: readonly string[];
}

/** A backend that answers the read of a user at once: `Rumi 7`, or with what `answer` says for its path. */
export function backend(requests: string[], answer?: (path: string) => Response | undefined) {
  return (url: string): Promise<Response> => {
    const path = url.replace(/^.*\/api\//, "");
    requests.push(path);
    const id = Number(/user_id=(\d+)/.exec(path)?.[1]);
    const data = { ...userData(`Rumi ${id}`), user_profile: user(`Rumi ${id}`, id) };
    const bundle = { mizan: 1, context: "user", data };
    return Promise.resolve(answer?.(path) ?? Response.json(bundle));
  };
}

export const problem = (status: number, code: string): Response =>
  new Response(JSON.stringify({ status, code }), {
    status,
    headers: { "Content-Type": "application/problem+json" },
  });

/** Renders a page as a server does: an app and an instance for this request alone. */
export async function renderPage(
  client: Client,
  page: Component,
  options: MizanOptions & { readonly answer?: (path: string) => Response | undefined } = {},
): Promise<Rendered> {
  const requests: string[] = [];
  const { answer, ...rest } = options;
  const plugin = client.vue.createMizan({
    baseUrl: "https://shop.example/api/",
    fetch: backend(requests, answer),
    server: true,
    retry: 0,
    ...rest,
  });
  const html = await renderToString(createSSRApp(page).use(plugin));
  const { mizan } = plugin;
  const state = JSON.parse(JSON.stringify(mizan.dehydrate())) as Dehydrated;
  return { html, state, mizan, requests };
}
