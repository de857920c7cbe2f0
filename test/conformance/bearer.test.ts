import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { runSuite } from "./run-suite.js";

const only = ["3.7-bearer"];

describe("3.7-bearer, against a server that knows bearer tokens", () => {
  let close = (): void => {};
  afterEach(() => close());

  /** Knows one token, and answers 422 to whatever its holder sends. */
  async function start(checksSite: boolean): Promise<string> {
    const server = createServer((request, response) => {
      const known = request.headers.authorization === "Bearer right";
      const forged = checksSite && request.headers["sec-fetch-site"] === "cross-site";
      const status = request.url === "/session/" ? 200 : !known ? 401 : forged ? 403 : 422;
      request.resume().on("end", () => response.writeHead(status).end("{}"));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    close = () => void server.close();
    return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
  }

  const options = { signIn: undefined, headers: { Authorization: "Bearer right" }, only };

  it("passes when no token of CSRF is asked for", async () => {
    const [report] = (await runSuite(await start(false), options)).cases;
    expect(report).toMatchObject({ status: "passed", failures: [] });
  });

  it("fails when a request of another site is refused all the same", async () => {
    const [report] = (await runSuite(await start(true), options)).cases;
    expect(report).toMatchObject({
      status: "failed",
      failures: [{ received: expect.stringContaining("403") as string }],
    });
  });

  it("is not run without a token, and says how to give one", async () => {
    const [report] = (await runSuite(await start(false), { ...options, headers: {} })).cases;
    expect(report?.status).toBe("not-run");
    expect(report?.gaps[0]?.reason).toContain("Authorization: Bearer");
  });
});

describe("a run without values", () => {
  it("counts what could not be asked apart, and says what it takes", async () => {
    const server = createServer((_, response) => response.writeHead(404).end());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
    try {
      const report = await runSuite(url, {
        values: {},
        signIn: undefined,
        only: ["3.8-replay", "3.4-result"],
      });
      expect(report.cases.map(({ status }) => status)).toEqual(["not-run", "not-run"]);
      const reasons = report.cases.flatMap(({ gaps }) => gaps.map(({ reason }) => reason));
      expect(reasons.some((reason) => reason.includes("--sign-in"))).toBe(true);
      expect(reasons.some((reason) => reason.includes("--values"))).toBe(true);
    } finally {
      server.close();
    }
  });
});
