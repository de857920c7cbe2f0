import { describe, expect, it } from "vitest";
import { parseManifest, printManifest, type Manifest } from "./manifest.js";

const hash = (digit: string): string => digit.repeat(64);

const manifest: Manifest = {
  generator: "1.2.3",
  input: hash("a"),
  references: [],
  options: hash("b"),
  warnings: 0,
  files: new Map([
    ["types.ts", hash("1")],
    ["contexts/user.ts", hash("2")],
    ["index.ts", hash("3")],
  ]),
};

describe("the manifest", () => {
  it("is one line a file, sorted by path whatever the order of writing", () => {
    expect(printManifest(manifest)).toBe(`{
  "format": 1,
  "generator": "1.2.3",
  "input": "${hash("a")}",
  "options": "${hash("b")}",
  "files": {
    "contexts/user.ts": "${hash("2")}",
    "index.ts": "${hash("3")}",
    "types.ts": "${hash("1")}"
  }
}
`);
  });

  it("reads what it printed, references and warnings included", () => {
    const full = { ...manifest, references: ["shared/user.yaml"], warnings: 3 };
    expect(parseManifest(printManifest(full))).toEqual({ state: "ok", manifest: full });
  });

  it.each(["../../etc/passwd", "/etc/passwd", "a/../../b.ts", "C:/x.ts", "a\\b.ts", "con.ts", ""])(
    "ignores the path %j, which is no licence to delete anything",
    (path) => {
      const text = printManifest({ ...manifest, files: new Map([[path, hash("1")]]) });
      const reading = parseManifest(text);
      expect(reading.state === "ok" && reading.manifest.files.size).toBe(0);
    },
  );

  it("takes the files of both sides out of a merge conflict", () => {
    const [head, ...rest] = printManifest(manifest).split("\n");
    const text = [
      head,
      "<<<<<<< ours",
      `    "types.ts": "${hash("8")}",`,
      `    "../up.ts": "${hash("8")}",`,
      "=======",
      ...rest,
      ">>>>>>> theirs",
    ].join("\n");
    const reading = parseManifest(text);
    expect(reading.state).toBe("damaged");
    expect(reading.state === "damaged" && [...reading.files]).toEqual([
      ["types.ts", [hash("8"), hash("1")]],
      ["contexts/user.ts", [hash("2")]],
      ["index.ts", [hash("3")]],
    ]);
  });

  it.each([
    "",
    "[]",
    "null",
    "12",
    "{",
    '{"format":1}',
    '{"format":1,"generator":1,"input":"","options":"","files":[]}',
  ])("calls %j damaged and does not throw", (text) => {
    expect(parseManifest(text)).toEqual({ state: "damaged", files: new Map() });
  });

  it("recognises the manifest of a later version", () => {
    expect(parseManifest('{"format":2,"files":{}}')).toEqual({ state: "newer" });
  });

  it("keeps files whose names are those of Object.prototype", () => {
    const files = new Map([["constructor", hash("1")]]);
    expect(parseManifest(printManifest({ ...manifest, files }))).toMatchObject({
      manifest: { files },
    });
  });
});
