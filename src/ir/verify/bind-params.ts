import { quote } from "../../diagnostics/quote.js";
import type { Binding } from "../api.js";
import type { ContextGroup } from "../contexts/group-contexts.js";
import type {
  AffectEntry,
  BindingEntry,
  MergeEntry,
  MutationEntry,
  Segments,
  ViewEntry,
} from "../normalise/normal-form.js";
import { followPath, type Found } from "../shape/member.js";
import { fits, fitsValue } from "../shape/fits.js";
import { sameSchema } from "../shape/same-schema.js";
import type { SchemaAt } from "../shape/schema-at.js";
import { genericNames } from "./generic-names.js";
import type { Verification } from "./verification.js";
import { listNames } from "./list-names.js";

type Source = MutationEntry | ViewEntry;

/**
 * The bindings of a target's params: the declared ones, checked (E211); where a document that is not strict declares none, those
 * that the rules of protocol 2.4 find. Generic names stay unbound (W310).
 */
export function bindParams(
  verification: Verification,
  entry: Source,
  target: MergeEntry | AffectEntry,
  context: ContextGroup,
): Binding[] {
  if (target.params === undefined) {
    return verification.normal.meta.strict
      ? []
      : inOrder(scopeByName(verification, entry, target, context), context);
  }
  const bound = new Map<string, Binding>();
  for (const binding of target.params) {
    if (!checkBinding(verification, entry, binding, context)) continue;
    bound.set(binding.param.value, plainBinding(binding));
  }
  return inOrder([...bound.values()], context);
}

/** In the order of the context's params: that of the bindings has no meaning. */
function inOrder(bindings: Binding[], { params }: ContextGroup): Binding[] {
  const order = ({ param }: Binding): number => params.get(param)?.order ?? 0;
  return bindings.sort((a, b) => order(a) - order(b));
}

function plainBinding({ param, source }: BindingEntry): Binding {
  switch (source.from) {
    case "const":
      return { param: param.value, source: { from: "const", value: source.value.value } };
    case "server":
      return { param: param.value, source: { from: "server" } };
    case "input":
    case "result":
      return { param: param.value, source: { from: source.from, path: source.path.value } };
  }
}

function scopeByName(
  verification: Verification,
  entry: Source,
  target: MergeEntry | AffectEntry,
  context: ContextGroup,
): Binding[] {
  const { document } = verification;
  const bindings: Binding[] = [];
  for (const [name, at] of verification.inputOf(entry)) {
    const param = context.params.get(name)?.param;
    if (param === undefined || !sameSchema(document, param.schema, at)) continue;
    if (!genericNames.has(name)) {
      bindings.push({ param: name, source: { from: "input", path: [name] } });
      continue;
    }
    verification.report(
      "W310",
      target,
      `the param ${quote(name)} of the context ${quote(context.name.value)} is not bound to the input's ${quote(name)}: the name is generic`,
      {
        help: `bind it when it is the same thing: "params": { ${quote(name)}: { "from": "input", "path": [${quote(name)}] } }`,
        related: [
          { pointer: at.pointer, message: "of the input" },
          { pointer: param.pointer, message: "of the context" },
        ],
      },
    );
  }
  return bindings;
}

function checkBinding(
  verification: Verification,
  entry: Source,
  binding: BindingEntry,
  context: ContextGroup,
): boolean {
  const { document } = verification;
  const { param, source } = binding;
  const target = context.params.get(param.value)?.param;
  if (target === undefined) {
    const names = [...context.params.keys()];
    verification.report(
      "E211",
      param,
      `the context ${quote(context.name.value)} has no param ${quote(param.value)}${verification.nearest(param.value, names)}`,
      {
        help: names.length === 0 ? "it has no params" : `its params: ${listNames(names)}`,
      },
    );
    return false;
  }
  const name = quote(param.value);
  const related = [{ pointer: target.schema.pointer, message: `the param ${name}` }];
  if (source.from === "server") return true;
  if (source.from === "const") {
    if (fitsValue(document, target.schema, source.value.value)) return true;
    const message = `the constant is no value of the param ${name}`;
    verification.report("E211", source.value, message, { related });
    return false;
  }
  const found =
    source.from === "input"
      ? inputAt(verification, entry, source.path.value)
      : resultAt(verification, entry, source.path.value);
  if (found.kind === "open") return true;
  if (found.kind === "missing") {
    verification.report(
      "E211",
      source.path,
      `the ${source.from} of ${quote(entry.name.value)} has nothing at ${quote(source.path.value.join("."))}`,
      { related },
    );
    return false;
  }
  if (fits(document, found.at, target.schema)) return true;
  verification.report(
    "E211",
    source.path,
    `the ${source.from}'s ${quote(source.path.value.join("."))} has another type than the param ${name}`,
    { related: [{ pointer: found.at.pointer, message: "what is bound" }, ...related] },
  );
  return false;
}

/** What stands at a path in the input: for a view its params, then its body. */
function inputAt(verification: Verification, entry: Source, path: Segments): Found {
  const { document } = verification;
  const [first, ...rest] = path;
  if (entry.kind === "view") {
    const param = entry.params.find(({ name }) => name.value === first);
    if (param !== undefined) return followPath(document, param.schema, rest);
  }
  const input: SchemaAt | null | undefined = entry.input;
  if (input === null || input === undefined) return { kind: "missing" };
  return followPath(document, input, path);
}

function resultAt(verification: Verification, entry: Source, path: Segments): Found {
  if (entry.kind === "view" || entry.output === null) return { kind: "missing" };
  return followPath(verification.document, entry.output, path);
}
