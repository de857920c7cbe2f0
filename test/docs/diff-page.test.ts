import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { execa } from "execa";
import { afterEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { changeKinds } from "../../src/diff/change-kinds.js";
import { shop } from "../cli/documents.js";
import { root, snippetsOf } from "./snippets.js";

const page = "docs/diff.md";

describe(page, () => {
  it("names every kind of change, and no other", () => {
    const tables = readFileSync(join(root, page), "utf8")
      .split("\n## ")
      .filter((section) => section.startsWith("Rules"))
      .join("");
    const cells = [...tables.matchAll(/^\| ([^|]*) \|/gm)].map((match) => match[1] ?? "");
    const known: string[] = Object.values(changeKinds).flat();
    const told = cells
      .flatMap((cell) => [...cell.matchAll(/`([a-z-]+)`/g)].map((match) => match[1] ?? ""))
      .filter((word) => word.includes("-") || known.includes(word));
    expect([...new Set(told)].sort()).toEqual([...new Set(known)].sort());
  });

  it("shows JSON of the form that the command prints", async () => {
    const [example] = snippetsOf(page).filter(({ language }) => language === "json");
    const shown = JSON.parse(example?.text ?? "") as Report;
    const folder = mkdtempSync(join(tmpdir(), "mizan-diff-"));
    writeFileSync(join(folder, "a.json"), JSON.stringify(shop()));
    writeFileSync(
      join(folder, "b.json"),
      JSON.stringify(shop({ members: { color: { type: "string" } } })),
    );
    const cli = join(root, "bin/mizan-gen.js");
    const args = [cli, "diff", "a.json", "b.json", "--format", "json"];
    const { stdout } = await execa(process.execPath, args, { cwd: folder });
    rmSync(folder, { recursive: true });
    const real = JSON.parse(stdout) as Report;
    const keysOf = (report: Report): unknown => [
      Object.keys(report),
      Object.keys(report.before),
      Object.keys(report.summary),
      ...report.changes
        .slice(0, 1)
        .map((change) => [
          Object.keys(change).sort(),
          Object.keys(change.subject),
          Object.keys(change.functions[0] ?? {}),
          Object.keys(change.pointers),
        ]),
    ];
    expect(keysOf(shown)).toEqual(keysOf(real));
  });
});

interface Report {
  readonly before: object;
  readonly summary: object;
  readonly changes: readonly {
    readonly subject: object;
    readonly functions: readonly object[];
    readonly pointers: object;
  }[];
}

interface Workflow {
  readonly jobs: {
    readonly diff: { readonly steps: readonly { readonly name?: string; readonly run?: string }[] };
  };
}

describe("the workflow of docs/diff.md", () => {
  const [example] = snippetsOf(page).filter(({ language }) => language === "yaml");
  const { steps } = (parse(example?.text ?? "") as Workflow).jobs.diff;
  let folder = "";

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** A pull request that takes a function away, as actions/checkout leaves it: HEAD is the merge. */
  async function checkout(): Promise<void> {
    folder = mkdtempSync(join(tmpdir(), "mizan-workflow-"));
    const git = (...args: readonly string[]): Promise<unknown> =>
      execa("git", ["-c", "user.name=A", "-c", "user.email=a@example.org", ...args], {
        cwd: folder,
      });
    const { "x-mizan-functions": functions, ...rest } = shop() as Record<string, object>;
    const { rename_thing_0: _, ...kept } = functions as Record<string, object>;
    writeFileSync(join(folder, "schema.json"), JSON.stringify(shop()));
    await git("init", "-q", "-b", "main");
    await git("add", "-A");
    await git("commit", "-q", "-m", "main");
    await git("checkout", "-q", "-b", "topic");
    writeFileSync(
      join(folder, "schema.json"),
      JSON.stringify({ ...rest, "x-mizan-functions": kept }),
    );
    await git("commit", "-q", "-a", "-m", "topic");
    await git("checkout", "-q", "main");
    await git("merge", "-q", "--no-ff", "-m", "merge", "topic");
  }

  /** Runs a step as GitHub does, with a `gh` that answers `list` and writes down what it is asked. */
  async function runStep(name: string, list = ""): Promise<{ exitCode: number; stdout: string }> {
    const bin = join(folder, "bin");
    mkdirSync(bin, { recursive: true });
    const asked = JSON.stringify(join(folder, "asked"));
    const scripts = {
      gh: `echo "$@" >> ${asked}\ncase "$*" in *--method*) ;; *) echo "${list}" ;; esac`,
      npx: `shift\nexec ${JSON.stringify(process.execPath)} ${JSON.stringify(join(root, "bin/mizan-gen.js"))} "$@"`,
    };
    for (const [command, text] of Object.entries(scripts)) {
      writeFileSync(join(bin, command), `#!/bin/sh\n${text}\n`);
      chmodSync(join(bin, command), 0o755);
    }
    const script = steps.find((step) => step.name === name)?.run ?? "exit 99";
    const { exitCode = 98, stdout } = await execa("bash", ["-eo", "pipefail", "-c", script], {
      cwd: folder,
      reject: false,
      env: {
        PATH: `${bin}${delimiter}${process.env["PATH"] ?? ""}`,
        COMMENTS: "repos/o/r/issues/7/comments",
        GITHUB_ACTIONS: undefined,
        GITHUB_STEP_SUMMARY: undefined,
      },
    });
    return { exitCode, stdout };
  }

  it("writes a comment, writes over it the next time, and fails for what breaks", async () => {
    await checkout();
    expect((await runStep("Compare")).exitCode).toBe(0);
    expect(readFileSync(join(folder, "contract.md"), "utf8")).toMatch(
      /^<!-- mizan-gen diff -->\n### API contract: 1 breaking\n/,
    );
    expect((await runStep("Comment")).exitCode).toBe(0);
    expect((await runStep("Comment", "https://api.example/comments/3")).exitCode).toBe(0);
    const asked = readFileSync(join(folder, "asked"), "utf8").split("\n");
    expect(asked[0]).toContain('startswith("<!-- mizan-gen diff -->")');
    expect(asked.filter((line) => line.includes("--method"))).toEqual([
      "api --method POST repos/o/r/issues/7/comments --field body=@contract.md",
      "api --method PATCH https://api.example/comments/3 --field body=@contract.md",
    ]);
    const last = await runStep("Refuse what breaks running clients");
    expect(last.exitCode).toBe(1);
    expect(last.stdout).toContain("::error title=");
  });
});
