import { ESLint } from "eslint";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";
import { describe, expect, it } from "vitest";
import type { GeneratedFile } from "../../../src/emit/generated-file.js";
import { compileHooks, type CompilerEvent } from "./compile-hooks.js";
import { bookshopFiles } from "./generate-client.js";

const adapter = (await bookshopFiles()).filter(({ path }) => path.startsWith("react/"));

/** Functions with the name of a hook, exported or not. */
const hooksOf = ({ text }: GeneratedFile): string[] =>
  [...text.matchAll(/^(?:export )?function (use[A-Z]\w*)/gm)].map(([, name]) => name!);

describe("the React Compiler", () => {
  it("compiles every hook of the adapter", async () => {
    const events: CompilerEvent[] = [];
    for (const file of adapter) await compileHooks(file, (event) => events.push(event));
    expect(events.filter(({ kind }) => kind !== "CompileSuccess")).toEqual([]);
    const compiled = events.map(({ fnName }) => fnName);
    const hooks = adapter.flatMap(hooksOf);
    expect(hooks.length).toBeGreaterThan(20);
    expect(compiled).toEqual(expect.arrayContaining(hooks));
    expect(compiled).toContain("MizanHydrate");
  });

  it("says so when it does not compile one", async () => {
    const events: CompilerEvent[] = [];
    const text =
      "export function useBroken(list) { list.push(useBroken); if (list) use(list); try { return 1; } finally { list.pop(); } }";
    await compileHooks({ path: "react/useBroken.ts", text }, (event) => events.push(event));
    expect(events.map(({ kind }) => kind)).not.toContain("CompileSuccess");
  });
});

describe("eslint-plugin-react-hooks, its recommended rules with those of the compiler", () => {
  const eslint = new ESLint({
    overrideConfigFile: true,
    overrideConfig: [
      {
        files: ["**/*.ts"],
        languageOptions: { parser: tseslint.parser },
        linterOptions: { reportUnusedDisableDirectives: "error" },
        plugins: { "react-hooks": reactHooks as never },
        rules: everyRuleAsError(reactHooks.configs.flat["recommended-latest"].rules),
      },
    ],
  });
  const lint = async ({ path, text }: GeneratedFile): Promise<string[]> => {
    const open = text.replace("/* eslint-disable */\n", "");
    const [result] = await eslint.lintText(open, { filePath: path });
    return (result?.messages ?? []).map(
      ({ ruleId, line, message }) => `${path}:${line} ${ruleId}: ${message}`,
    );
  };

  it("finds nothing in the adapter", async () => {
    const found = (await Promise.all(adapter.map(lint))).flat();
    expect(found).toEqual([]);
  });

  it("would find a hook under a condition, a ref read in render and a promise without its dependency", async () => {
    const text = `
      import { useMemo, useRef, useState } from "react";
      export function useWrong(id) {
        const ref = useRef(0);
        if (id) useState(ref.current);
        return useMemo(() => load(id), []);
      }`;
    const found = (await lint({ path: "react/useWrong.ts", text })).join("\n");
    expect(found).toContain("react-hooks/rules-of-hooks");
    expect(found).toContain("react-hooks/refs");
    expect(found).toContain("react-hooks/exhaustive-deps");
  });
});

function everyRuleAsError(rules: object): Record<string, "error"> {
  return Object.fromEntries(Object.keys(rules).map((rule) => [rule, "error"]));
}
