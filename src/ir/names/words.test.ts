import fc from "fast-check";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { reservedNames, toTypeName, toValueName } from "./reserved.js";
import { splitWords, toCamelCase, toPascalCase } from "./words.js";

describe("splitWords", () => {
  it.each([
    ["rename_user", ["rename", "user"]],
    ["renameUser", ["renameUser"]],
    ["__init__", ["init"]],
    ["a/b~c", ["a", "b", "c"]],
    ["ORDER_STATUS", ["Order", "Status"]],
    ["HTTP_2", ["Http", "2"]],
    ["", []],
  ])("splits %j", (text, words) => {
    expect(splitWords(text)).toEqual(words);
  });
});

describe("toPascalCase", () => {
  it.each([
    ["rename_user", "RenameUser"],
    ["renameUser", "RenameUser"],
    ["Page_User_", "PageUser"],
    ["Page_Union_User__NoneType__", "PageUnionUserNoneType"],
    ["Result_Page_User__Literal__a____b___", "ResultPageUserLiteralAB"],
    ["Page___main__.Page_int__", "PageMainPageInt"],
    ["Pick_Geo.Exclude_keyofGeo.lat__", "PickGeoExcludeKeyofGeoLat"],
    ["blog__api__models__Item", "BlogApiModelsItem"],
    ["Page<User>", "PageUser"],
    ["Order-Input", "OrderInput"],
    ["HTTPServer", "HTTPServer"],
    ["URL", "URL"],
    ["ORDER_STATUS", "OrderStatus"],
    ["v1_2", "V1_2"],
    ["1st", "_1st"],
    ["_private", "Private"],
    ["größe", "Größe"],
    ["ßeta", "ßeta"],
    ["użytkownik_konta", "UżytkownikKonta"],
    ["заказ_клиента", "ЗаказКлиента"],
    ["注文", "注文"],
    ["მომხმარებელი", "მომხმარებელი"],
    ["nin\u0303o", "Niño"],
    ["💥", "Type"],
    ["", "Type"],
    ["$ref", "Ref"],
    ["`${x}`", "X"],
    ["*/ alert(1) /*", "Alert1"],
    ["a\u202eb", "AB"],
    ["__proto__", "Proto"],
  ])("names %j %j", (text, name) => {
    expect(toPascalCase(text)).toBe(name);
  });
});

describe("toCamelCase", () => {
  it.each([
    ["rename_user", "renameUser"],
    ["RenameUser", "renameUser"],
    ["HTTPServer", "httpServer"],
    ["URL", "url"],
    ["ID", "id"],
    ["GET_USER", "getUser"],
    ["1st", "_1st"],
    ["2_fa", "_2Fa"],
    ["💥", "type"],
  ])("names %j %j", (text, name) => {
    expect(toCamelCase(text)).toBe(name);
  });
});

describe("names that generated code binds", () => {
  it.each(["Error", "Promise", "Record", "Partial", "Array", "Date", "Response", "Blob", "File"])(
    "never make a type hide the global %s",
    (name) => {
      expect(toTypeName(name)).toBe(`${name}Type`);
    },
  );

  it.each(["Node", "Event", "Document", "Element", "Location"])(
    "may be called %s, which generated code does not mean",
    (name) => {
      expect(toTypeName(name)).toBe(name);
    },
  );

  it.each(["delete", "default", "class", "await", "fetch", "configure"])(
    "never make a value hide or break %s",
    (name) => {
      expect(toValueName(name)).toBe(`${name}_`);
    },
  );

  it("parse as declarations, whatever the text they come from", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({ unit: "grapheme" }),
      fc.constantFrom(...reservedNames),
      fc.string(),
    );
    fc.assert(
      fc.property(text, (name) => {
        for (const [kind, identifier] of [
          ["type", toTypeName(name)],
          ["const", toValueName(name)],
        ] as const) {
          const source = `export ${kind} ${identifier} = 1;`;
          const { diagnostics } = ts.transpileModule(source, {
            reportDiagnostics: true,
            compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
          });
          expect(diagnostics, JSON.stringify(source)).toEqual([]);
          expect(reservedNames.has(identifier)).toBe(false);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("use only characters that TypeScript takes for parts of an identifier", () => {
    const bad: string[] = [];
    for (let code = 0; code <= 0x10ffff; code++) {
      if (code >= 0xd800 && code < 0xe000) continue;
      for (const character of toPascalCase(`a${String.fromCodePoint(code)}`)) {
        const point = character.codePointAt(0) ?? 0;
        if (!ts.isIdentifierPart(point, ts.ScriptTarget.ES2022)) bad.push(point.toString(16));
      }
    }
    expect(bad).toEqual([]);
  });
});
