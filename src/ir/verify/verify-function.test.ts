import { describe, expect, it } from "vitest";
import { build, findingsOf } from "../test/findings.js";
import { mutation, query, ref, small } from "../test/small-document.js";

const at = "#/x-mizan-functions";
const text = { type: "string" };
const read = query(ref("User"));
const rename = mutation({ affects: ["user"] });

describe("functions: W150, W160, W301", () => {
  it("skips subscriptions, and says so", async () => {
    const events = { kind: "subscription", params: [], event: text, auth: { mode: "none" } };
    const { api, findings } = await build(small({ read, events }));
    expect(findings).toEqual([`W150 ${at}/events/kind`]);
    expect(api?.contexts[0]?.queries).toHaveLength(1);
    expect([api?.mutations, api?.views]).toEqual([[], []]);
  });

  it("says who does not say who may call", async () => {
    const { auth: _, ...silent } = rename;
    expect(await findingsOf(small({ read, rename: silent }))).toEqual([`W301 ${at}/rename (key)`]);
  });

  it("says what is called otherwise than it asks for", async () => {
    const types = { schemas: { RenameOutput: { type: "string" } } };
    const document = small({ read: query(ref("RenameOutput")), rename }, types);
    const { api, findings } = await build(document);
    expect(findings).toEqual([`W160 ${at}/rename (key)`]);
    expect(api?.mutations[0]?.names.output).toBe("RenameOutput2");
  });
});
