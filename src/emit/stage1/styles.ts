import type { EmitOptions } from "../options.js";
import type { TypeStyle } from "../print/code.js";

/** How types are spelled on the way to the server, and on the way from it. */
export interface Styles {
  readonly in: TypeStyle;
  readonly out: TypeStyle;
  readonly both: TypeStyle;
}

/** The very same object for the same options, by which a module can be told to be made of the same. */
export function stylesFor({ readonly }: Pick<EmitOptions, "readonly">): Styles {
  return readonly ? readonlyStyles : plainStyles;
}

const readonlyStyles = stylesOf(true);
const plainStyles = stylesOf(false);

function stylesOf(readonly: boolean): Styles {
  return {
    in: { position: "in", readonly },
    out: { position: "out", readonly },
    both: { position: "both", readonly },
  };
}
