import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../../document/document.js";
import { findingsOf } from "../test/findings.js";
import { mutation, query, ref, small } from "../test/small-document.js";

const at = "#/x-mizan-functions";
const integer = { type: "integer" };
const read = query(ref("User"));
type Row = readonly [string, JsonObject, readonly string[]];

describe("files and forms: E230 and E231", () => {
  const upload = (more: JsonObject) =>
    small({
      read,
      upload: mutation({
        input: { type: "object", properties: { image: { type: "string", format: "binary" } } },
        output: null,
        encoding: "multipart",
        ...more,
      }),
    });
  const form = (value: JsonValue, more: JsonObject = {}) =>
    small({ read, rename: mutation({ affects: ["user"], form: value, ...more }) });
  const nested = {
    input: { type: "object", properties: { user_id: integer, form: ref("Part") } },
  };
  const rows: readonly Row[] = [
    ["a file that is there", upload({ files: [{ path: ["image"] }] }), []],
    [
      "a file that is not",
      upload({ files: [{ path: ["images"] }] }),
      [`E230 ${at}/upload/files/0/path`],
    ],
    [
      "files in JSON",
      upload({ files: [{ path: ["image"] }], encoding: "json" }),
      [`E230 ${at}/upload/files`],
    ],
    [
      "files without an encoding",
      upload({ files: [{ path: ["image"] }], encoding: null }),
      [`E230 ${at}/upload/files`],
    ],
    [
      "a file of an input that is not there",
      upload({ files: [{ path: ["image"] }], input: null }),
      [`E230 ${at}/upload/files/0/path`],
    ],
    [
      "a form over the input",
      form({ schema: ref("Rename"), fields: { name: { label: "Name" } } }),
      [],
    ],
    ["a form in the input", form({ schema: ref("Part"), at: ["form"] }, nested), []],
    [
      "a place that is not in the input",
      form({ schema: ref("Part"), at: ["from"] }, nested),
      [`E231 ${at}/rename/form/at`],
    ],
    [
      "a field that is not in the form",
      form({ schema: ref("Rename"), fields: { nmae: {} } }),
      [`E231 ${at}/rename/form/fields/nmae (key)`],
    ],
    ["initial values from a query", form({ schema: ref("Rename"), initial: "read" }), []],
    [
      "initial values from nowhere",
      form({ schema: ref("Rename"), initial: "raed" }),
      [`E231 ${at}/rename/form/initial`],
    ],
    ["a form without an input", form(true, { input: null }), [`E231 ${at}/rename/form`]],
    [
      "validation at another origin",
      form({ schema: ref("Rename"), validate: "//evil.example/" }),
      [`E103 ${at}/rename/form/validate`],
    ],
  ];
  it.each(rows)("%s", async (_, document, expected) => {
    expect(await findingsOf(document)).toEqual(expected);
  });
});
