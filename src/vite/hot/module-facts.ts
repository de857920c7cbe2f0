import { createHash } from "node:crypto";

/** What a module takes from another one. */
export interface Use {
  /** As it is written. */
  readonly source: string;
  /** Names that it imports for itself; `"all"` for a namespace and for `import()`. */
  readonly imports: ReadonlySet<string> | "all";
  /** Names that it passes on, as it calls them. */
  readonly forwards: ReadonlyMap<string, string>;
  /** `export * from`. */
  readonly forwardsAll: boolean;
}

/** What there is to know of a module to tell whom a change of it concerns. */
export interface ModuleFacts {
  /** The same for modules that do the same: comments and types do not count. */
  readonly digest: string;
  /** As `digest`, but the contract's fingerprint does not count either. */
  readonly digestWithoutFingerprint: string;
  readonly uses: readonly Use[];
  /** Exported names of its own. */
  readonly exports: ReadonlySet<string>;
  /** Does nothing but pass on. */
  readonly isBarrel: boolean;
}

/** A node of ESTree, of whichever parser. */
interface Node {
  readonly type: string;
  readonly [member: string]: unknown;
}

/** @param program what `this.parse` gives in a hook of a plugin */
export function moduleFacts(program: object): ModuleFacts {
  const { body } = program as unknown as { readonly body: readonly Node[] };
  return {
    digest: digestOf(body, false),
    digestWithoutFingerprint: digestOf(body, true),
    uses: [...body.flatMap(useOf), ...dynamicImports(body)],
    exports: new Set(body.flatMap(ownExports)),
    isBarrel: body.every(isForwarding),
  };
}

function isForwarding({ type, source }: Node): boolean {
  return type === "ExportAllDeclaration" || (type === "ExportNamedDeclaration" && source != null);
}

function useOf(node: Node): Use[] {
  const source = literal(node["source"]);
  if (source === undefined) return [];
  const specifiers = (node["specifiers"] ?? []) as readonly Node[];
  const use = { source, imports: new Set<string>(), forwards: new Map(), forwardsAll: false };
  switch (node.type) {
    case "ImportDeclaration":
      return specifiers.some(({ type }) => type === "ImportNamespaceSpecifier")
        ? [{ ...use, imports: "all" }]
        : [{ ...use, imports: new Set(specifiers.map(importedName)) }];
    case "ExportNamedDeclaration":
      return [
        {
          ...use,
          forwards: new Map(
            specifiers.map((one) => [nameOf(one["local"]), nameOf(one["exported"])]),
          ),
        },
      ];
    case "ExportAllDeclaration":
      // `export * as name from`: whoever takes the name takes everything.
      return node["exported"] == null
        ? [{ ...use, forwardsAll: true }]
        : [{ ...use, imports: "all" }];
    default:
      return [];
  }
}

function importedName(specifier: Node): string {
  return specifier.type === "ImportDefaultSpecifier" ? "default" : nameOf(specifier["imported"]);
}

function ownExports(node: Node): string[] {
  if (node.type === "ExportDefaultDeclaration") return ["default"];
  if (node.type !== "ExportNamedDeclaration" || node["source"] != null) return [];
  const specifiers = (node["specifiers"] ?? []) as readonly Node[];
  return [
    ...specifiers.map((one) => nameOf(one["exported"])),
    ...declaredNames(node["declaration"] as Node | null),
  ];
}

function declaredNames(declaration: Node | null | undefined): string[] {
  if (declaration == null) return [];
  const list = declaration["declarations"] as readonly Node[] | undefined;
  return (list ?? [declaration]).map((one) => nameOf(one["id"]));
}

/** An identifier, or a string where a name is one. */
function nameOf(value: unknown): string {
  const { name, value: text } = value as { readonly name?: string; readonly value?: string };
  return name ?? text ?? "";
}

function literal(value: unknown): string | undefined {
  const text = (value as { readonly value?: unknown } | null | undefined)?.value;
  return typeof text === "string" ? text : undefined;
}

function dynamicImports(value: unknown): Use[] {
  if (typeof value !== "object" || value === null) return [];
  const found = Object.values(value).flatMap(dynamicImports);
  const node = value as Partial<Node>;
  const source = node.type === "ImportExpression" ? literal(node["source"]) : undefined;
  if (source === undefined) return found;
  return [...found, { source, imports: "all", forwards: new Map(), forwardsAll: false }];
}

/** Where something stands, and how it is written. */
const places: ReadonlySet<string> = new Set(["start", "end", "range", "loc", "raw", "parent"]);

function digestOf(body: readonly Node[], withoutFingerprint: boolean): string {
  const text = JSON.stringify(body, (key, value: unknown) => {
    if (places.has(key)) return undefined;
    if (typeof value === "bigint") return String(value);
    return withoutFingerprint && isFingerprint(value) ? null : value;
  });
  return createHash("sha256").update(text).digest("hex");
}

function isFingerprint(value: unknown): boolean {
  const { type, key } = (value ?? {}) as Partial<Node>;
  return type === "Property" && nameOf(key ?? {}) === "fingerprint";
}
