import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { generateClient } from "../generate-client.js";

const root = resolve(import.meta.dirname, "../../../..");
const here = join(root, "test/adapters/svelte");

/** Runs svelte-check, warnings being failures. Returns what it printed. */
async function check(workspace: string): Promise<{ failed: boolean; text: string }> {
  const program = join(root, "node_modules/svelte-check/bin/svelte-check");
  const options = ["--tsconfig", "./tsconfig.json", "--output", "machine", "--fail-on-warnings"];
  const args = [program, "--workspace", workspace, ...options];
  const { failed, stdout, stderr } = await execa(process.execPath, args, {
    cwd: root,
    reject: false,
  });
  return { failed, text: stdout + stderr };
}

describe("svelte-check at its strictest (T3)", () => {
  it("finds nothing in components that use every function of the adapter", async () => {
    const { failed, text } = await check(here);
    expect(text).toMatch(/COMPLETED \d+ FILES 0 ERRORS 0 WARNINGS/);
    expect(failed).toBe(false);
  });

  it("is given every function of the adapter", () => {
    const index = readFileSync(join(root, "snapshots/protocol/bookshop/svelte/index.ts"), "utf8");
    const exported = index.match(/\b(use|get|set)[A-Z]\w+(?=[ ,])/g) ?? [];
    expect(exported).toContain("useUserContext");
    expect(exported.length).toBeGreaterThan(15);
    const component = readFileSync(join(here, "parts/Everything.svelte"), "utf8");
    const script = component.slice(component.indexOf("} from"));
    expect(exported.filter((name) => !new RegExp(`\\b${name}\\(`).test(script))).toEqual([]);
  });

  it("finds what is wrong in a component, of params, data, input and optimistic change", async () => {
    const folder = await generateClient("check-wrong");
    const wrong = [
      "useUserContext(() => ({ user: 7 }));",
      "useUserContext({ user_id: 7 });",
      "user.data.user_profile.name;",
      "update.mutate({ user_id: 7 });",
      "update.mutate(input, { optimistic: { catalog: {} } });",
      "setMizanContext({});",
    ];
    const script = [
      'import { setMizanContext, useUpdateProfile, useUserContext } from "./svelte/index.js";',
      "const user = useUserContext(() => ({ user_id: 7 }));",
      "const update = useUpdateProfile();",
      'const input = { user_id: 7, form: { name: "", email: "" } };',
      "update.mutate(input);",
      ...wrong,
    ];
    const component = `<script lang="ts">\n${script.join("\n")}\n</script>\n`;
    writeFileSync(join(folder, "Wrong.svelte"), component);
    mkdirSync(folder, { recursive: true });
    const extended = { extends: "../../../../test/adapters/svelte/tsconfig.json", include: ["."] };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(extended));
    const { text } = await check(folder);
    const places = [...text.matchAll(/ERROR "Wrong\.svelte" (\d+):/g)].map(([, line]) =>
      Number(line),
    );
    expect([...new Set(places)]).toEqual(wrong.map((_, index) => index + 7));
    rmSync(folder, { recursive: true });
  });
});
