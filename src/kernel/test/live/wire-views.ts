import { expect, it } from "vitest";
import { json, type Exchange } from "./http-server.js";
import { envelope, type Wire } from "./wire-cases.js";

export function describeViews(wire: Wire): void {
  it("have an address", async () => {
    const { origin } = wire.server;
    expect(await wire.run("viewUrls")).toEqual([
      `${origin}/api/orders/5/invoice.pdf?page=2`,
      `${origin}/orders/a%2Fb%3Fc/pay/`,
    ]);
  });

  it("give any answer, and what they change is read anew", async () => {
    wire.answer(({ path, response }) => {
      if (path.includes("ctx")) json(response, envelope);
      else {
        const change = { "X-Mizan-Invalidate": 'user;p="user_id=7"' };
        response.writeHead(200, { "Content-Type": "text/html", ...change });
        response.end("<p>paid</p>");
      }
    });
    expect(await wire.run("viewPosted")).toEqual({ text: "<p>paid</p>", isStale: true });
    const { body, headers } = wire.server.exchanges.at(-1) as Exchange;
    expect(body.toString()).toBe("amount=3&tags=a&tags=b");
    expect(headers["content-type"]).toMatch("application/x-www-form-urlencoded");
    expect(headers["x-csrftoken"]).toBe("t");
  });

  it("throw for a status that is not 2xx", async () => {
    wire.answer(({ response }) => json(response, { code: "gone", status: 410 }, {}, 410));
    const expected = { code: "gone", source: "invoice_pdf" };
    expect(await wire.run("viewFails")).toMatchObject(expected);
  });

  it("end with the caller's signal, also in the middle of the body", async () => {
    wire.answer(({ response }) => {
      response.writeHead(200);
      response.write("part");
    });
    expect((await wire.run("viewEnded")).name).toBe("AbortError");
  });
}
