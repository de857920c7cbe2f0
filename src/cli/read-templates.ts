import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { didYouMean, suggest } from "../diagnostics/suggest.js";
import { packageTemplates } from "../emit/stage2/package-templates.js";
import { targets } from "../emit/stage2/target.js";
import { TemplateFault } from "../emit/stage2/template-fault.js";

/**
 * The user's own templates by name: `react/context.ts.hbs`. A partial (`react/_name.hbs`) may be new, any other takes the place of one
 * of the package's: a misspelt name would have no effect, so it is refused.
 *
 * @throws TemplateFault E061
 */
export function readTemplates(directory: string): Readonly<Record<string, string>> {
  const known = targets.flatMap((target) => [...packageTemplates(target).keys()]);
  const own: [string, string][] = [];
  for (const name of filesBelow(directory)) {
    if (!name.endsWith(".hbs")) continue;
    const isPartial = targets.some((target) => name.startsWith(`${target}/_`));
    if (!isPartial && !known.includes(name)) {
      throw new TemplateFault(
        "E061",
        name,
        `no adapter has a template ${JSON.stringify(name)}${didYouMean(suggest(name, known))}`,
        { help: `there are: ${known.join(", ")}` },
      );
    }
    own.push([name, readFileSync(join(directory, name), "utf8")]);
  }
  if (own.length === 0) {
    throw new TemplateFault("E061", ".", "the directory holds no templates", {
      help: `put files such as ${known[0] ?? ""} into it`,
    });
  }
  return Object.fromEntries(own);
}

function filesBelow(directory: string): readonly string[] {
  try {
    return readdirSync(directory, { recursive: true, encoding: "utf8" })
      .map((name) => name.replaceAll("\\", "/"))
      .sort();
  } catch {
    throw new TemplateFault("E061", ".", "the directory of templates does not exist");
  }
}
