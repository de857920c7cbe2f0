import Handlebars from "handlebars";
import { printWidth, render } from "../print/layout.js";
import { stringText } from "../print/literal.js";
import { printNames } from "../print/statement.js";
import { packageTemplates } from "./package-templates.js";
import type { Target } from "./target.js";
import { TemplateFault } from "./template-fault.js";

export interface TemplateOptions {
  /** What stands after the path of a relative import: `""`, `.js` or `.ts`. */
  readonly extension: string;
  /** The user's own templates, by name; all that are not of this target are left alone. */
  readonly own: Readonly<Record<string, string>>;
}

/** The templates of one adapter: those of the package, with the user's own in their place. */
export class TemplateSet {
  /** Templates that are filled once, and are files by themselves: `provider.ts`. */
  readonly singles: readonly string[];
  readonly #target: Target;
  readonly #own: ReadonlySet<string>;
  readonly #compiled = new Map<string, Handlebars.TemplateDelegate>();

  /** @throws TemplateFault when one does not parse or asks for a partial that does not exist */
  constructor(target: Target, { extension, own }: TemplateOptions) {
    this.#target = target;
    const texts = new Map(packageTemplates(target));
    const owned = new Set<string>();
    for (const [name, text] of Object.entries(own)) {
      if (!name.startsWith(`${target}/`)) continue;
      texts.set(name, text.replaceAll("\r\n", "\n"));
      owned.add(name);
    }
    this.#own = owned;
    const handlebars = Handlebars.create();
    registerHelpers(handlebars, extension);
    const partials = new Set([...texts.keys()].map(partialName).filter((name) => name !== null));
    for (const [name, text] of texts) {
      const ast = parse(handlebars, name, text);
      refuseMissingPartials(name, ast, partials);
      const partial = partialName(name);
      if (partial === null) {
        this.#compiled.set(name, handlebars.compile(ast, { noEscape: true, strict: true }));
      } else handlebars.registerPartial(partial, text);
    }
    this.singles = [...this.#compiled.keys()]
      .map((name) => name.slice(target.length + 1))
      .filter((name) => !/^(context|mutation|index)\./.test(name));
  }

  /** Whether a template is the user's. A partial of theirs may stand in any of them. */
  isOwn(name: string): boolean {
    return [...this.#own].some(
      (own) => own === `${this.#target}/${name}` || partialName(own) !== null,
    );
  }

  /** @throws TemplateFault when the template asks for what is not there */
  fill(name: string, data: object): string {
    const full = `${this.#target}/${name}`;
    const template = this.#compiled.get(full);
    if (template === undefined) throw new Error(`there is no template ${full}`);
    try {
      return template(data);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const [, what, line] = /^(.*?)(?: not defined in .*)? - (\d+):\d+$/s.exec(message) ?? [];
      throw new TemplateFault(
        "E062",
        full,
        what === undefined ? message : `${what} is not defined here`,
        line === undefined ? {} : { line: Number(line) },
      );
    }
  }
}

/** `_banner.hbs` is the partial `banner`; null for what is no partial. */
function partialName(name: string): string | null {
  return /\/_([^/]+)\.hbs$/.exec(name)?.[1] ?? null;
}

function parse(
  handlebars: typeof Handlebars,
  name: string,
  text: string,
): ReturnType<typeof Handlebars.parse> {
  try {
    return handlebars.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // "Parse error on line 2:\n{{#each slot}\n------------^\nExpecting ...", or "each doesn't match if - 2:4".
    const [, grammar, before = ""] = /^Parse error on line (\d+):\n.*\n(-*)\^/.exec(message) ?? [];
    const [, what = message, structure] = /^(.*) - (\d+):\d+$/.exec(message) ?? [];
    throw new TemplateFault(
      "E062",
      name,
      `does not parse: ${grammar === undefined ? what : `what stands after ${before.length} characters is not expected there`}`,
      { line: Number(grammar ?? structure) || undefined },
    );
  }
}

function refuseMissingPartials(name: string, ast: object, partials: ReadonlySet<string>): void {
  class Search extends Handlebars.Visitor {
    override PartialStatement(partial: hbs.AST.PartialStatement): void {
      const wanted = "original" in partial.name ? String(partial.name.original) : "";
      if (wanted === "" || partials.has(wanted)) return;
      const known = [...partials].join(", ");
      throw new TemplateFault("E062", name, `there is no partial ${JSON.stringify(wanted)}`, {
        line: partial.loc.start.line,
        help: `${known === "" ? "there are none" : `there are: ${known}`}; put it into the directory as _${wanted}.hbs`,
      });
    }
  }
  new Search().accept(ast as hbs.AST.Program);
}

function registerHelpers(handlebars: typeof Handlebars, extension: string): void {
  // {{from "../index"}}: a relative import as the project spells it.
  handlebars.registerHelper("from", (path: string) => stringText(path + extension));
  // {{imports "../index" a b}}: names sorted, once each; nothing where there are none.
  const lists = {
    imports: "import ",
    importTypes: "import type ",
    exports: "export ",
    exportTypes: "export type ",
  };
  for (const [helper, keyword] of Object.entries(lists)) {
    handlebars.registerHelper(helper, (path: string, ...rest: unknown[]) => {
      const names = new Set(rest.slice(0, -1).flat().map(String));
      if (names.size === 0) return "";
      const specifier = path.startsWith(".") ? path + extension : path;
      return render([keyword, printNames([...names].sort()), " from ", stringText(specifier), ";"]);
    });
  }
  // {{pluck slots "hook"}}: one member of each.
  handlebars.registerHelper("pluck", (items: readonly Record<string, unknown>[], member: string) =>
    items.map((item) => item[member]),
  );
  // {{fit "head(" "parameter: Type" "): Result {"}}: on one line where it fits, else broken as prettier does it.
  handlebars.registerHelper("fit", (head: string, ...rest: unknown[]) => {
    rest.pop();
    const [parameter = "", tail = ""] = rest as string[];
    const line = head + parameter + tail;
    return line.length <= printWidth || parameter === ""
      ? line
      : `${head}\n  ${parameter},\n${tail}`;
  });
  // {{imports "./hooks" (when slots "useSlot")}}: names that only a list with members needs.
  handlebars.registerHelper("when", (items: readonly unknown[], ...names: unknown[]) =>
    items.length === 0 ? [] : names.slice(0, -1),
  );
  // {{default canOmitParams}}: the params of a context that needs none.
  handlebars.registerHelper("default", (canOmit: boolean) => (canOmit ? " = {}" : ""));
  handlebars.registerHelper("join", (...parts: unknown[]) => parts.slice(0, -1).join(""));
}
