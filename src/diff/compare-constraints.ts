import type { Docs } from "../ir/docs.js";
import type { Direction } from "../ir/type-node.js";
import type { TypeDifference } from "./type-difference.js";
import { breaking, compatible, review, type Verdict } from "./verdict.js";

type Difference = Omit<TypeDifference, "path">;

const lowerBounds = ["minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"];
const upperBounds = ["maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"];
const others = ["multipleOf", "pattern", "uniqueItems"];
const formats = ["format", "contentEncoding", "contentMediaType"];

/** Formats of which every value of the first is one of the second. */
const widerFormats: Readonly<Record<string, string>> = { int32: "int64", float: "double" };

/** Bounds and formats, which TypeScript does not know: what is sent is checked by the server. */
export function compareConstraints(
  before: Docs | undefined,
  after: Docs | undefined,
  direction: Direction,
): Difference[] {
  const old = tagsOf(before);
  const young = tagsOf(after);
  if (old.size === 0 && young.size === 0) return [];
  const changes: Difference[] = [];
  for (const name of [...lowerBounds, ...upperBounds, ...others, ...formats]) {
    const was = old.get(name);
    const is = young.get(name);
    if (was === is) continue;
    const trend = trendOf(name, was, is);
    changes.push({
      kind: formats.includes(name) ? "format-changed" : `constraint-${trend}`,
      summary: sentence(name, was, is),
      before: was ?? null,
      after: is ?? null,
      ...verdictOf(trend, direction),
    });
  }
  return changes;
}

/** The default of something that may be left out before and after. Nobody sees one of an answer. */
export function compareDefaults(before: Docs | undefined, after: Docs | undefined): Difference[] {
  const was = tagsOf(before).get("default");
  const is = tagsOf(after).get("default");
  if (was === is) return [];
  const shown = { kind: "default-changed", before: was ?? null, after: is ?? null } as const;
  if (was !== undefined && is !== undefined) {
    return [
      {
        ...shown,
        summary: `is now ${is} when left out, was ${was}`,
        ...breaking("clients generated earlier that leave it out now mean something else", [
          "clients",
        ]),
      },
    ];
  }
  return [
    {
      ...shown,
      summary:
        is === undefined ? `has no default any more, was ${was ?? ""}` : `has a default now: ${is}`,
      ...review(
        "the contract says something else of what it means to leave it out: look whether it does mean something else",
        ["clients"],
      ),
    },
  ];
}

type Trend = "tightened" | "loosened" | "changed";

function trendOf(name: string, was: string | undefined, is: string | undefined): Trend {
  if (was === undefined) return "tightened";
  if (is === undefined) return "loosened";
  if (name === "format") {
    if (widerFormats[was] === is) return "loosened";
    return widerFormats[is] === was ? "tightened" : "changed";
  }
  const [from, to] = [Number(was), Number(is)];
  if (lowerBounds.includes(name)) return to > from ? "tightened" : "loosened";
  if (upperBounds.includes(name)) return to < from ? "tightened" : "loosened";
  if (name === "multipleOf") {
    if (to % from === 0) return "tightened";
    return from % to === 0 ? "loosened" : "changed";
  }
  return "changed";
}

function verdictOf(trend: Trend, direction: Direction): Verdict {
  if (direction === "in") {
    switch (trend) {
      case "tightened":
        return breaking("clients generated earlier can send what is now refused", ["clients"]);
      case "loosened":
        return compatible("what clients send today is still accepted");
      case "changed":
        return breaking("clients generated earlier can send what is now refused", ["clients"]);
    }
  }
  return trend === "tightened"
    ? compatible("whatever arrives was expected before")
    : review("clients generated earlier can receive values that the old contract ruled out", [
        "clients",
      ]);
}

function sentence(name: string, was: string | undefined, is: string | undefined): string {
  const flag = was === "" || is === "";
  if (flag) return is === undefined ? `is no longer ${name}` : `is now ${name}`;
  if (was === undefined) return `has ${name} ${is ?? ""} now`;
  if (is === undefined) return `has no ${name} any more, was ${was}`;
  return `has ${name} ${is} now, was ${was}`;
}

function tagsOf(docs: Docs | undefined): ReadonlyMap<string, string> {
  return new Map(docs?.tags?.map(({ name, text }) => [name, text]));
}
