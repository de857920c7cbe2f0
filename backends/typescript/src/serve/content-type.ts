export interface ContentType {
  /** In lower case, without parameters; empty when there is none. */
  readonly media: string;
  readonly parameters: ReadonlyMap<string, string>;
}

export function contentTypeOf(headers: Headers): ContentType {
  const [media = "", ...rest] = (headers.get("Content-Type") ?? "").split(";");
  const parameters = rest.map((part): [string, string] => {
    const [name = "", ...value] = part.split("=");
    return [
      name.trim().toLowerCase(),
      value
        .join("=")
        .trim()
        .replace(/^"(.*)"$/, "$1"),
    ];
  });
  return { media: media.trim().toLowerCase(), parameters: new Map(parameters) };
}

/** JSON in UTF-8. */
export function isJson({ media, parameters }: ContentType): boolean {
  return media === "application/json" && /^utf-?8$/i.test(parameters.get("charset") ?? "utf-8");
}

/** Whether the caller takes JSON. */
export function acceptsJson(headers: Headers): boolean {
  const accept = headers.get("Accept");
  return (
    accept === null ||
    accept
      .split(",")
      .some((range) =>
        /^\s*(\*\/\*|application\/(\*|json|problem\+json))\s*(;(?!\s*q=0(\.0*)?\s*$)|$)/i.test(
          range,
        ),
      )
  );
}
