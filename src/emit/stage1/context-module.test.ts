import { describe, expect, it } from "vitest";
import { emitClient } from "../emit-client.js";
import { api, context, query, string, view } from "../test/build.js";

const options = {
  importExtension: "js",
  readonly: false,
  enums: "union",
  source: "a.json",
} as const;

function textOf(path: string, value: ReturnType<typeof api>): string {
  return emitClient(value, options).find((file) => file.path === path)?.text ?? "";
}

describe("contexts", () => {
  it("H16: every function has its error type by name, declared errors or not", () => {
    const whole = api({
      contexts: [context("user", { queries: [query("user_name", string)] })],
      views: [view("invoice")],
    });
    expect(textOf("contexts/user.ts", whole)).toContain(
      "export type UserNameError = MizanError<StandardErrorCode>;",
    );
    expect(textOf("views/invoice.ts", whole)).toContain(
      "export type InvoiceError = MizanError<StandardErrorCode>;",
    );
  });

  it("names the slots that may fail to the kernel, as the types say it", () => {
    const queries = [query("user_name", string), query("weather", string, { optional: true })];
    const text = textOf("contexts/user.ts", api({ contexts: [context("user", { queries })] }));
    expect(text).toContain("weather?: WeatherOutput;");
    expect(text).toContain('optional: ["weather"],');
  });
});

describe("params", () => {
  it("are named by type where their text is plain; else by the function that the bundle then holds", () => {
    const all = { in: "query", required: true, type: string } as const;
    const params = [
      { ...all, name: "page", codec: "number" },
      { ...all, name: "tags", codec: "string[]" },
      { ...all, name: "filter", codec: "json" },
      { ...all, name: "since", codec: "date-time" },
      { ...all, name: "days", codec: "date-time[]" },
      { ...all, name: "id", codec: "uuid" },
      { ...all, name: "ids", codec: "uuid[]" },
    ] as const;
    const queries = [query("user_name", string)];
    const text = textOf(
      "contexts/user.ts",
      api({ contexts: [context("user", { queries, params })] }),
    );
    expect(text).toContain(
      'import { dateTimeParam, fetchContext, jsonParam, uuidParam } from "../kernel/index.js";',
    );
    const [, names] = /^ {2}params: (\{[^}]*\}),$/m.exec(text) ?? [];
    expect(names?.replace(/\s+/g, " ")).toBe(
      '{ page: "number", tags: "string[]", filter: jsonParam, since: dateTimeParam, days: dateTimeParam, id: uuidParam, ids: uuidParam, }',
    );
  });
});
