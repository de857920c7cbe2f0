import fc from "fast-check";
import { format } from "prettier";
import { describe, expect, it } from "vitest";
import type { EmitOptions } from "../options.js";
import { anyApi } from "../test/arbitrary-api.js";
import { bookshop } from "../test/bookshop.js";
import { emitAdapters } from "./emit-adapters.js";
import { targets } from "./target.js";
import { TemplateFault } from "./template-fault.js";

const options: EmitOptions = {
  importExtension: "js",
  readonly: false,
  enums: "union",
  source: "openapi.json",
  targets,
};

const fileOf = async (path: string, own: Partial<EmitOptions> = {}): Promise<string> => {
  const files = await emitAdapters(bookshop, { ...options, ...own });
  const found = files.find((file) => file.path === path);
  if (found === undefined)
    throw new Error(`${path} is not among ${files.map((f) => f.path).join()}`);
  return found.text;
};

describe("adapters", () => {
  it("are written for the targets that are asked for, and for no others", async () => {
    expect(await emitAdapters(bookshop, { ...options, targets: [] })).toEqual([]);
    const files = await emitAdapters(bookshop, options);
    for (const target of targets) {
      expect(files.map((file) => file.path)).toContain(`${target}/index.ts`);
    }
  });

  it("M16: import Stage 1 through ../index only", async () => {
    for (const { text, path } of await emitAdapters(bookshop, options)) {
      const specifiers = [...text.matchAll(/ from "(\.[^"]+)"/g)].map((match) => match[1] ?? "");
      const outside = specifiers.filter((specifier) => specifier.startsWith(".."));
      expect(
        outside.every((specifier) => specifier === "../index.js"),
        path,
      ).toBe(true);
    }
  });

  it("H16: name the types of each function as Stage 1 exports them", async () => {
    const text = await fileOf("react/useUserContext.ts");
    expect(text).toContain("UseSlotResult<UserProfileOutput, UserProfileError>");
    expect(text).not.toMatch(/\b(any|unknown)\b/);
  });

  it("spell imports as the project does", async () => {
    expect(await fileOf("react/useUserContext.ts", { importExtension: "none" })).toContain(
      'from "../index";',
    );
    expect(await fileOf("react/index.ts", { importExtension: "ts" })).toContain(
      'from "./useUserContext.ts";',
    );
  });

  it("are in prettier's form, whatever the names", async () => {
    await fc.assert(
      fc.asyncProperty(anyApi, async (api) => {
        for (const { path, text } of await emitAdapters(api, options)) {
          expect(await format(text, { parser: "typescript", printWidth: 100 }), path).toBe(text);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe("templates of the user's own", () => {
  it("take the place of the package's, partials included, and are formatted", async () => {
    const templates = {
      "react/mutation.ts.hbs": "{{header}}{{> licence}}\nexport const   x={{name}}\n",
      "react/_licence.hbs": "// ours",
    };
    const text = await fileOf("react/useUpdateProfile.ts", { templates });
    expect(text).toContain('// ours\nexport const x = "update_profile";\n');
    expect(await fileOf("react/useUserContext.ts", { templates })).toBe(
      await fileOf("react/useUserContext.ts"),
    );
  });

  it.each([
    ["{{header}}\n{{#each slots}\n", 2, /does not parse: what stands after \d+ characters/],
    ["{{#each slots}}\n\n{{/if}}\n", 1, /each doesn't match if/],
    ["\n{{> banner}}\n", 2, /there is no partial "banner"/],
    ["\n\n{{valeu}}\n", 3, /"valeu" is not defined here/],
    ["export const = {{hook}};\n", undefined, /makes no valid TypeScript: .*\(1:14\)/],
  ])("that do not work are told of with their line: %j", async (text, line, message) => {
    const fault: unknown = await emitAdapters(bookshop, {
      ...options,
      templates: { "react/context.ts.hbs": text },
    }).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(TemplateFault);
    expect(fault).toMatchObject({ code: "E062", template: "react/context.ts.hbs", line });
    expect((fault as Error).message).toMatch(message);
  });
});
