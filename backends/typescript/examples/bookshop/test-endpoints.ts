import { resetShop } from "./shop.ts";

interface Rule {
  readonly path: string;
  readonly ms: number;
  readonly status: number;
  times: number;
}

/**
 * Endpoints for tests only, outside the contract: `/test/reset`, `/test/delay`, `/test/fail`. Wrapped around the app, so that what they ask
 * for happens to any of its answers.
 */
export function withTestEndpoints(
  app: (request: Request) => Promise<Response>,
): (request: Request) => Promise<Response> {
  let delays: Rule[] = [];
  let failures: Rule[] = [];
  return async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith("/test/") && request.method === "POST") {
      const asked = pathname === "/test/reset" ? {} : await readRule(request);
      if (asked === null) return new Response("expected a JSON object\n", { status: 400 });
      const { path = "/", ms = 0, status = 503, times = 1 } = asked;
      const rule = { path, ms, status, times };
      switch (pathname) {
        case "/test/reset":
          resetShop();
          delays = [];
          failures = [];
          break;
        case "/test/delay":
          delays = [...delays.filter((each) => each.path !== path), rule];
          break;
        case "/test/fail":
          failures = [...failures, rule];
          break;
        default:
          return new Response(null, { status: 404 });
      }
      return new Response(null, { status: 204 });
    }
    const delay = delays.find(({ path }) => pathname.startsWith(path));
    // Unreferenced: an answer held back does not hold the end of the program back.
    if (delay !== undefined) await new Promise((done) => setTimeout(done, delay.ms).unref());
    const failure = failures.find(({ path, times }) => times > 0 && pathname.startsWith(path));
    if (failure === undefined) return app(request);
    failure.times--;
    const body = { status: failure.status, code: "unavailable", title: "Failing on purpose" };
    return new Response(JSON.stringify(body), {
      status: failure.status,
      headers: { "Content-Type": "application/problem+json", "Cache-Control": "no-store" },
    });
  };
}

async function readRule(request: Request): Promise<Partial<Rule> | null> {
  const value: unknown = await request.json().catch(() => null);
  return typeof value === "object" && value !== null ? value : null;
}
