import { describe, expect, it } from "vitest";
import { listOf, mutation, query, ref, small } from "../ir/test/small-document.js";
import { describeChange } from "./describe-change.js";
import { diffDocuments } from "./test/diff-documents.js";

const person = (required: readonly string[], name: object = { type: "string" }): object => ({
  type: "object",
  properties: { id: { type: "integer" }, name },
  required,
});

describe("a change on one line", () => {
  it("tells functions that came and went, and members by their path", async () => {
    const before = small(
      { user: query(ref("User")), rename_user: mutation(), old_fn: mutation() },
      { schemas: { Rename: person(["id", "name"]) as never } },
    );
    const after = small(
      { user: query(ref("User")), rename_user: mutation(), list_users: query(listOf(ref("User"))) },
      { schemas: { Rename: person(["id"]) as never } },
    );
    const lines = (await diffDocuments(before, after)).map(describeChange);
    expect(lines).toEqual([
      "- old_fn",
      "+ list_users",
      "~ rename_user: input.name is now optional",
    ]);
  });

  it("tells a change of a type that several functions share once, with some of them", async () => {
    const functions = {
      one: query(ref("User")),
      two: query(listOf(ref("User"))),
      three: mutation({ input: null }),
    };
    const before = small(functions, { schemas: { User: person(["id", "name"]) as never } });
    const after = small(functions, { schemas: { User: person(["id"]) as never } });
    const lines = (await diffDocuments(before, after)).map(describeChange);
    expect(lines).toEqual(["~ User: name may now be absent (in answers of one, two and three)"]);
  });
});
