import type { EmitOptions } from "../options.js";
import type { TypeStyle } from "../print/code.js";

/** How types are spelled on the way to the server, and on the way from it. */
export interface Styles {
  readonly in: TypeStyle;
  readonly out: TypeStyle;
  readonly both: TypeStyle;
}

export function stylesFor({ readonly }: Pick<EmitOptions, "readonly">): Styles {
  return {
    in: { position: "in", readonly },
    out: { position: "out", readonly },
    both: { position: "both", readonly },
  };
}
