import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FileNames, toFileName } from "./file-names.js";

describe("toFileName", () => {
  it.each([
    ["rename_user", "rename_user"],
    ["rename-user", "rename-user"],
    ["renameUser", "rename_user"],
    ["RenameUser", "rename_user"],
    ["getHTTPServer", "get_http_server"],
    ["blog.list", "blog_list"],
    ["_hidden", "hidden"],
    ["con", "con_"],
    ["NUL", "nul_"],
    ["com1", "com1_"],
    ["foo.d", "foo_d"],
  ])("%j becomes %j", (text, name) => {
    expect(toFileName(text)).toBe(name);
  });

  it.each([
    "../../etc/passwd",
    "a/b",
    "C:\\x",
    "größe",
    "注文",
    "",
    "💥",
    ".",
    "a b",
    "x".repeat(200),
  ])("%j becomes a safe name that is its own", (text) => {
    expect(toFileName(text)).toMatch(/^[a-z0-9][a-z0-9_-]{0,63}$/);
    expect(toFileName(text)).not.toBe(toFileName(`${text}!`));
    expect(toFileName(text)).toBe(toFileName(text));
  });
});

describe("FileNames", () => {
  it("keeps names apart that differ by case only", () => {
    const names = new FileNames();
    expect(["rename_user", "renameUser", "RENAME_USER"].map((name) => names.claim(name))).toEqual([
      "rename_user",
      "rename_user_2",
      "rename_user_3",
    ]);
  });

  it("leaves the names that the folder needs itself", () => {
    expect(new FileNames(["index", "client"]).claim("index")).toBe("index_2");
  });

  it("gives safe and distinct names whatever comes", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.string({ unit: "binary" }))), (texts) => {
        const names = new FileNames();
        const given = texts.map((text) => names.claim(text));
        expect(new Set(given).size).toBe(given.length);
        for (const name of given) {
          expect(name).toMatch(/^[a-z0-9][a-z0-9_-]*$/);
          expect(name).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)$/);
          expect(name.length).toBeLessThan(80);
        }
      }),
    );
  });
});
