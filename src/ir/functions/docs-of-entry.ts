import type { DocTag, Docs } from "../docs.js";
import type { Deprecation, Entry } from "../normalise/normal-form.js";
import type { Placed } from "../normalise/placed.js";

/** Longer examples say more about themselves than about the function. */
const longestExample = 400;
const mostExamples = 3;

/** What the document says about a function, in words. `nameOf` gives the identifier of a function by its wire name. */
export function docsOfEntry(
  entry: Pick<Entry, "summary" | "description" | "deprecated" | "examples">,
  nameOf: (wireName: string) => string | undefined,
): Docs | undefined {
  const tags = (entry.examples ?? []).flatMap((example): DocTag[] => {
    const text = JSON.stringify(example);
    return text.length > longestExample ? [] : [{ name: "example", text }];
  });
  return docs(
    entry.summary?.value,
    entry.description?.value,
    deprecationText(entry.deprecated, nameOf),
    tags.slice(0, mostExamples),
  );
}

/** Docs with what there is; undefined when there is nothing. */
export function docs(
  summary: string | undefined,
  description: string | undefined,
  deprecated: true | string | undefined,
  tags: readonly DocTag[] = [],
): Docs | undefined {
  const parts = {
    ...(isBlank(summary) ? {} : { summary }),
    ...(isBlank(description) || description === summary ? {} : { description }),
    ...(deprecated === undefined ? {} : { deprecated }),
    ...(tags.length === 0 ? {} : { tags }),
  };
  return Object.keys(parts).length === 0 ? undefined : parts;
}

/** `true`, or `Use the new shop (since 2.1.0, use orderDetail, gone after 2027-01-01)`. */
export function deprecationText(
  deprecated: Placed<Deprecation> | undefined,
  nameOf: (wireName: string) => string | undefined,
): true | string | undefined {
  const value = deprecated?.value;
  if (value === undefined || value === false) return undefined;
  if (value === true) return true;
  const { since, sunset, replacedBy, message } = value;
  const facts = [
    isBlank(since) ? "" : `since ${since}`,
    isBlank(replacedBy) ? "" : `use ${nameOf(replacedBy) ?? replacedBy}`,
    isBlank(sunset) ? "" : `gone after ${sunset}`,
  ]
    .filter((fact) => fact !== "")
    .join(", ");
  if (isBlank(message)) return facts === "" ? true : facts;
  return facts === "" ? message : `${message} (${facts})`;
}

function isBlank(text: string | undefined): text is undefined {
  return text === undefined || text.trim() === "";
}
