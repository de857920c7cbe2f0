import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createRegistry } from "../registry/registry.js";
import { createHandler, type Handler } from "./create-handler.js";

function greetings(): Handler {
  const registry = createRegistry({
    info: { title: "Greetings", version: "1.0.0" },
    session: null,
    contexts: { hello: { cache: { scope: "private", ttl: 60 } } },
  });
  registry.query(
    "greeting",
    { context: "hello", params: { name: z.string() }, output: z.string(), auth: "none" },
    ({ name }) => `Hello ${name}`,
  );
  registry.mutation(
    "shout",
    { input: { text: z.string() }, output: z.string(), auth: "none" },
    ({ text }) => text.toUpperCase(),
  );
  return createHandler(registry);
}

describe("a handler inside of Hono", () => {
  const app = new Hono();
  app.get("/health", (context) => context.text("ok"));
  app.mount("/", greetings());

  it("reads a context and answers a call, beside routes of the app's own", async () => {
    const read = await app.request("/ctx/hello/?name=Rumi", {
      headers: { "X-Mizan-Protocol": "1" },
    });
    expect(read.status).toBe(200);
    expect(await read.json()).toMatchObject({ mizan: 1, data: { greeting: "Hello Rumi" } });
    const call = await app.request("http://localhost/call/shout", {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        "X-Mizan-Protocol": "1",
        "Sec-Fetch-Site": "same-origin",
      },
      body: JSON.stringify({ text: "hello" }),
    });
    expect(await call.json()).toMatchObject({ result: "HELLO" });
    expect(await (await app.request("/health")).text()).toBe("ok");
  });

  it("keeps problems as they are", async () => {
    const response = await app.request("/ctx/nothing/", { headers: { "X-Mizan-Protocol": "1" } });
    expect(response.status).toBe(404);
    expect(response.headers.get("Content-Type")).toContain("application/problem+json");
  });

  it("is mounted under a path of its own", async () => {
    const below = new Hono();
    below.mount("/api", greetings());
    const response = await below.request("/api/ctx/hello/?name=Rumi", {
      headers: { "X-Mizan-Protocol": "1" },
    });
    expect(await response.json()).toMatchObject({ data: { greeting: "Hello Rumi" } });
  });
});
