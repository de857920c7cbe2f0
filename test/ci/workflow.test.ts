import { accessSync, constants, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { parseDocument } from "yaml";

const root = resolve(import.meta.dirname, "../..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: unknown;
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly "timeout-minutes": number;
        readonly strategy: { readonly matrix: { readonly node: readonly unknown[] } };
        readonly steps: readonly Step[];
      }
    >
  >;
}

const document = parseDocument(read(".github/workflows/ci.yml"), {
  strict: true,
  uniqueKeys: true,
});
const workflow = document.toJS() as Workflow;
const [job, ...others] = Object.values(workflow.jobs);

describe("the workflow of the repository", () => {
  it("is YAML without a fault, and asks for nothing but to read", () => {
    expect([...document.errors, ...document.warnings]).toEqual([]);
    expect(Object.keys(workflow.on)).toEqual(["push", "pull_request"]);
    expect(workflow.permissions).toEqual({ contents: "read" });
  });

  it("runs the one command that must hold, and nothing beside it", () => {
    expect(others).toEqual([]);
    expect(job?.steps.flatMap(({ run }) => run ?? [])).toEqual(["bash .ci/run"]);
    accessSync(join(root, ".ci/run"), constants.X_OK);
    // A run that hangs must end.
    expect(job?.["timeout-minutes"]).toBeLessThanOrEqual(120);
  });

  it("runs on the oldest Node and Python that are promised", () => {
    const { engines } = JSON.parse(read("package.json")) as { engines: { node: string } };
    const lowest = engines.node.replace(">=", "");
    // A string, or YAML would read 20.10 as 20.1.
    expect(job?.strategy.matrix.node[0]).toBe(lowest);
    const python = /^requires-python = ">=(.*)"$/m.exec(
      read("backends/python/pyproject.toml"),
    )?.[1];
    const setup = job?.steps.find(({ uses }) => uses?.startsWith("actions/setup-python@"));
    expect(setup?.with?.["python-version"]).toBe(python);
  });

  it("uses actions of a version, and expressions that close", () => {
    for (const { uses } of job?.steps ?? []) {
      if (uses !== undefined) expect(uses).toMatch(/^actions\/[a-z-]+@v\d+$/);
    }
    const text = read(".github/workflows/ci.yml");
    const opened = text.match(/\$\{\{/g) ?? [];
    expect(text.match(/\$\{\{ [\w.-]+ \}\}/g)).toHaveLength(opened.length);
  });
});

describe("the changelog", () => {
  it("begins with what is not released, in the form that it names", () => {
    const sections = [...read("CHANGELOG.md").matchAll(/^## (.*)$/gm)].map((match) => match[1]);
    expect(sections[0]).toBe("Unreleased");
    for (const section of sections.slice(1)) expect(section).toMatch(/^\d+\.\d+\.\d+/);
    const kinds = [...read("CHANGELOG.md").matchAll(/^### (.*)$/gm)].map((match) => match[1]);
    for (const kind of kinds) {
      expect(["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"]).toContain(kind);
    }
  });
});
