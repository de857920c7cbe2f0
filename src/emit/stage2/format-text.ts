import { fitsInto, printWidth } from "../print/layout.js";
import { TemplateFault } from "./template-fault.js";

/**
 * The text in prettier's form. Templates of the package are written in it, and only lines that names have made too long need
 * prettier itself, which costs more than all the rest; templates of the user's always go through it.
 *
 * @throws TemplateFault when the template made something that is no TypeScript
 */
export async function formatText(text: string, template: string, own: boolean): Promise<string> {
  if (!own && text.split("\n").every(isShort)) return text;
  const [{ format }, babel, estree] = await Promise.all([
    import("prettier/standalone"),
    import("prettier/plugins/babel"),
    import("prettier/plugins/estree"),
  ]);
  try {
    return await format(text, {
      parser: "babel-ts",
      plugins: [babel, estree.default],
      printWidth,
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const [first = ""] = message.split("\n");
    throw new TemplateFault("E062", template, `makes no valid TypeScript: ${first}`);
  }
}

/** Comments are never broken: prose may be as long as it is. */
const isShort = (line: string): boolean =>
  fitsInto(line, printWidth) || /^\s*(\/\/|\*|\/\*\*)/.test(line);
