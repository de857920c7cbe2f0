import { expect } from "vitest";
import type { Reply } from "./browser.js";

/** A problem document of protocol 3.6: its status, its code, stored by nobody, with nothing of the server's inside. */
export function expectProblem(reply: Reply, status: number, code: string): void {
  expect({ status: reply.status, body: reply.body }).toMatchObject({
    status,
    body: { status, code, type: `urn:mizan:problem:${code}`, title: expect.any(String) as string },
  });
  expect(reply.headers.get("Content-Type")).toBe("application/problem+json");
  expect(reply.headers.get("Cache-Control")).toBe("no-store");
  expect(reply.headers.get("X-Mizan-Protocol")).toBe("1");
  expect(reply.headers.get("X-Mizan-Schema")).toMatch(/^sha256-/);
  expect(reply.text).not.toMatch(/\bat .*\.[jt]s:\d|node_modules|Error:/);
}
