import { describe, expect, it } from "vitest";
import { Diagnostics } from "../../diagnostics/diagnostics.js";
import type { Document, JsonObject } from "../../document/document.js";
import { openDocument } from "../test/open-document.js";
import { RememberingSteps } from "./remembering-steps.js";
import { StepMemory } from "./step-memory.js";
import type { Source } from "./steps.js";

const schemas = (members: JsonObject): JsonObject => ({
  openapi: "3.1.0",
  info: { title: "T", version: "1" },
  paths: {},
  components: { schemas: members },
});

/** Builds one after the other, each of which notes what it does. */
class Builds {
  readonly memory = new StepMemory();
  done: string[] = [];
  findings: string[] = [];

  build(document: Document, work: (steps: RememberingSteps, done: (name: string) => void) => void) {
    this.done = [];
    const diagnostics = new Diagnostics();
    const steps = new RememberingSteps(document, diagnostics, this.memory);
    work(steps, (name) => this.done.push(name));
    this.memory.end();
    this.memory.tidy();
    this.findings = diagnostics.all.map(({ code, pointer }) => `${code} ${pointer ?? ""}`);
  }
}

const some = await openDocument(schemas({ A: { type: "string" } }));
const other = await openDocument(schemas({ A: { type: "integer" } }));

describe("a step", () => {
  it("is done once for the same inputs, and again for others", () => {
    const builds = new Builds();
    const input = { n: 1 };
    const build = (given: unknown): unknown => {
      let value: unknown;
      builds.build(some, (steps, done) => {
        value = steps.run("entry", "a", [given], () => {
          done("a");
          return { of: given };
        });
      });
      return value;
    };
    const first = build(input);
    expect(builds.done).toEqual(["a"]);
    expect(build(input)).toBe(first);
    expect(builds.done).toEqual([]);
    expect(build({ n: 2 })).toEqual({ of: { n: 2 } });
    expect(builds.done).toEqual(["a"]);
  });

  it("gives the very value of before when it is done again with the same result", () => {
    const builds = new Builds();
    const values: unknown[] = [];
    for (const given of [{ n: 1 }, { n: 1 }, { n: 2 }]) {
      builds.build(some, (steps, done) => {
        const value = steps.run("entry", "first", [given], () => {
          done("first");
          return { even: given.n % 2 === 0 };
        });
        values.push(
          steps.run("entry checks", "second", [value], () => {
            done("second");
            return value;
          }),
        );
      });
      if (values.length === 2) expect(builds.done).toEqual(["first"]);
    }
    expect(values[1]).toBe(values[0]);
    expect(values[2]).toEqual({ even: true });
  });

  it("is done again when the document answers otherwise", () => {
    const builds = new Builds();
    const build = (document: Document): void => {
      builds.build(document, (steps, done) => {
        steps.run("entry", "a", [], () => {
          done("a");
          steps.document.resolve("#/components/schemas/A", "#/x-mizan-functions/f");
        });
        steps.run("entry", "b", [], () => {
          done("b");
          steps.document.valueAt("#/openapi");
        });
      });
    };
    build(some);
    expect(builds.done).toEqual(["a", "b"]);
    build(some);
    expect(builds.done).toEqual([]);
    build(other);
    expect(builds.done).toEqual(["a"]);
    // Back to what was answered first, which nothing remembers.
    build(some);
    expect(builds.done).toEqual(["a"]);
  });

  it("is done again when a reference with an escape means another place", async () => {
    const builds = new Builds();
    const raw = await openDocument(schemas({ "A%20B": { type: "string" } }));
    const both = await openDocument(
      schemas({ "A%20B": { type: "string" }, "A B": { type: "integer" } }),
    );
    const targets: string[] = [];
    for (const document of [raw, raw, both]) {
      builds.build(document, (steps) => {
        const resolution = steps.run("entry", "a", [], () =>
          steps.document.resolve("#/components/schemas/A%20B", "#"),
        );
        if (resolution.found) targets.push(resolution.pointer);
      });
    }
    const [escaped, plain] = ["#/components/schemas/A%20B", "#/components/schemas/A B"];
    expect(targets).toEqual([escaped, escaped, plain]);
  });

  it("that is closed is done again for other inputs only", () => {
    const builds = new Builds();
    const build = (document: Document, input: unknown): void => {
      builds.build(document, (steps, done) => {
        steps.closed("all types", [input], () => {
          done("closed");
          steps.run("unit", "inner", [input], () => {
            done("inner");
            steps.document.valueAt("#/components/schemas/A");
            steps.diagnostics.report("W301", "#/inner", "said");
          });
        });
      });
      expect(builds.findings).toEqual(["W301 #/inner"]);
    };
    build(some, 1);
    build(other, 1);
    expect(builds.done).toEqual([]);
    build(other, 2);
    expect(builds.done).toEqual(["closed", "inner"]);
  });

  it("is never remembered when a reference of it leads nowhere", () => {
    const builds = new Builds();
    for (let count = 0; count < 2; count++) {
      builds.build(some, (steps, done) => {
        steps.run("entry", "outer", [], () => {
          done("outer");
          steps.run("slot", "inner", [], () => {
            done("inner");
            steps.document.resolve("#/components/schemas/Missing", "#");
          });
        });
      });
      expect(builds.done).toEqual(["outer", "inner"]);
    }
  });

  it("is done again when a step that it led to would be", () => {
    const builds = new Builds();
    const build = (document: Document): void => {
      builds.build(document, (steps, done) => {
        const shared = (): unknown =>
          steps.share("slot", "shared", [], () => {
            done("shared");
            return steps.document.valueAt("#/components/schemas/A");
          });
        for (const key of ["a", "b"]) {
          steps.run("entry", key, [], () => {
            done(key);
            return shared();
          });
        }
      });
    };
    build(some);
    expect(builds.done).toEqual(["a", "shared", "b"]);
    build(some);
    expect(builds.done).toEqual([]);
    build(other);
    expect(builds.done).toEqual(["a", "shared", "b"]);
  });

  it("reports what it has reported, each time or once in a build", () => {
    const builds = new Builds();
    const build = (): void => {
      builds.build(some, (steps, done) => {
        for (const key of ["a", "b"]) {
          steps.run("entry", key, [], () => {
            done(key);
            steps.diagnostics.report("W301", `#/${key}`, "one");
            steps.diagnostics.reportOnce("W308", "#/shared", "another");
          });
        }
      });
    };
    build();
    const reported = ["W301 #/a", "W308 #/shared", "W301 #/b"];
    expect(builds.findings).toEqual(reported);
    build();
    expect(builds.done).toEqual([]);
    expect(builds.findings).toEqual(reported);
  });

  it("asks sources, whose answers may be other ones in the next build, or within one", () => {
    const builds = new Builds();
    const taken = new Set<string>();
    const build = (answers: Record<string, number>): void => {
      taken.clear();
      builds.build(some, (steps, done) => {
        const ask: Source<number | undefined> = steps.source("n", (name) => answers[name]);
        const isTaken = steps.changingSource("taken", (name) => taken.has(name));
        for (const key of ["a", "b"]) {
          steps.run("entry", key, [], () => {
            done(key);
            ask(key);
            isTaken("name");
          });
          taken.add("name");
        }
      });
    };
    build({ a: 1, b: 2 });
    expect(builds.done).toEqual(["a", "b"]);
    build({ a: 1, b: 2 });
    expect(builds.done).toEqual([]);
    build({ a: 1, b: 3 });
    expect(builds.done).toEqual(["b"]);
  });

  it("is forgotten when something that all depend on is another", () => {
    const builds = new Builds();
    const build = (options: string): void => {
      builds.build(some, (steps, done) => {
        steps.assume("options", options);
        steps.run("entry", "a", [], () => done("a"));
      });
    };
    build("one");
    build("one");
    expect(builds.done).toEqual([]);
    build("two");
    expect(builds.done).toEqual(["a"]);
    build("two");
    expect(builds.done).toEqual([]);
  });

  it("is forgotten with a build that was broken off", () => {
    const builds = new Builds();
    const build = (fails: boolean): void => {
      builds.build(some, (steps, done) => {
        steps.run("entry", "a", [], () => done("a"));
        if (fails) throw new Error("broken off");
      });
    };
    build(false);
    expect(() => build(true)).toThrow("broken off");
    build(false);
    expect(builds.done).toEqual(["a"]);
  });
});

describe("steps of many items", () => {
  const buildAll = (
    builds: Builds,
    items: readonly { key: string; value: unknown }[],
    then: string[] = [],
  ): readonly string[] => {
    let values: readonly string[] = [];
    builds.build(some, (steps, done) => {
      values = steps.each(
        "entry",
        items,
        ({ key }) => key,
        ({ value }, add) => add(value),
        ({ key }) => {
          done(key);
          steps.diagnostics.report("W301", `#/${key}`, "said");
          return `of ${key}`;
        },
        (value) => then.push(value),
      );
    });
    return values;
  };
  const value = {};
  const items = Array.from({ length: 300 }, (_, index) => ({ key: `item ${index}`, value }));
  const keys = items.map(({ key }) => key);

  it("are done for those that are new, wherever they stand", () => {
    const builds = new Builds();
    buildAll(builds, items);
    expect(builds.done).toEqual(keys);
    for (const at of [0, 1, 150, 300]) {
      const added = { key: `new ${at}`, value };
      const all = [...items.slice(0, at), added, ...items.slice(at)];
      const then: string[] = [];
      expect(buildAll(builds, all, then)).toEqual(all.map(({ key }) => `of ${key}`));
      expect(builds.done).toEqual([added.key]);
      // In order, and for those that are remembered as well.
      expect(then).toEqual(all.map(({ key }) => `of ${key}`));
      expect(builds.findings).toEqual(all.map(({ key }) => `W301 #/${key}`));
    }
  });

  it("are done for those that have other inputs, and in any order", () => {
    const builds = new Builds();
    buildAll(builds, items);
    const changed = items.map((item, index) => (index === 7 ? { ...item, value: {} } : item));
    buildAll(builds, changed);
    expect(builds.done).toEqual(["item 7"]);
    const reversed = changed.toReversed();
    expect(buildAll(builds, reversed)).toEqual(reversed.map(({ key }) => `of ${key}`));
    expect(builds.done).toEqual([]);
  });

  it("are not remembered for ever", () => {
    const builds = new Builds();
    for (let count = 0; count < 100; count++) {
      buildAll(builds, [...items, { key: `item of build ${count}`, value: {} }]);
    }
    const remembered = [...builds.memory.records.values()].reduce((sum, { size }) => sum + size, 0);
    expect(remembered).toBeLessThan(items.length * 1.5);
    buildAll(builds, items);
    expect(builds.done).toEqual([]);
  });
});
