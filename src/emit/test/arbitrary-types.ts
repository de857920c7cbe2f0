import fc from "fast-check";
import type { JsonValue } from "../../ir/json.js";
import type { DocTag, Docs } from "../../ir/docs.js";
import type { Member, TypeNode } from "../../ir/type-node.js";

/** Texts that try to leave a comment, or to mean something to a tool that reads it. */
export const hostileTexts = [
  "*/ export const pwned = 1; /*",
  "x \\u002a/ export const pwned = 1; /\\u002a y",
  "@deprecated in prose",
  "see @internal",
  "{@link http://example.invalid}",
  "@ts-ignore",
  "/* @__PURE__ */ #__NO_SIDE_EFFECTS__",
  "a\u2028b\u2029c\u202e\u0000\u0007\ufeffd",
  "line\r\nline\rline\n\n\n  indented\n",
  "```\n*/\n```",
  "<script>`${1}`</script>",
  "\ud800 lone",
  "😀 日本語テキスト 漢字",
  "*",
  "/",
  "",
  " ",
  "prettier-ignore",
] as const;

/** Names that try to leave a string or an identifier. */
export const hostileNames = [
  "__proto__",
  "constructor",
  "toString",
  "class",
  "new",
  "get",
  "readonly",
  "static",
  "a-b",
  "1",
  "1st",
  "1e3",
  "",
  " ",
  'a"b',
  "a'b",
  `a'b"c"`,
  "a\\b",
  "a\nb",
  "a\u2028b",
  "\ud800",
  "größe",
  "n\u0303",
  "ª",
  "\u2e2f",
  "日本",
  "😀",
  "𠮷",
  "a\u200db",
  "\u202ea",
  "${x}",
  "`",
  "*/",
  "[key: string]",
] as const;

const letters = "abcdefghijklmnopqrstuvwxyz_ABC".split("");
const word = (min: number, max: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...letters), minLength: min, maxLength: max });

/** Lengths that make every kind of line fit, just fit and not fit. */
const length = fc.oneof(word(1, 8), word(1, 8), word(10, 40), word(40, 99));

export const typeName: fc.Arbitrary<string> = length.map((text) => `T${text}`);

export const memberName: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: length },
  { weight: 1, arbitrary: fc.constantFrom(...hostileNames) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 12 }) },
);

const prose: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...hostileTexts),
  fc.array(length, { maxLength: 30 }).map((words) => words.join(" ")),
  fc.string({ unit: "binary", maxLength: 40 }),
);

const tag: fc.Arbitrary<DocTag> = fc.record({
  name: fc.constantFrom("format", "default", "example", "minimum"),
  text: prose,
});

export const docs: fc.Arbitrary<Docs> = fc.record(
  {
    summary: prose,
    description: prose,
    deprecated: fc.oneof(fc.constant(true as const), prose),
    tags: fc.array(tag, { maxLength: 3 }),
  },
  { requiredKeys: [] },
);

const scalar: fc.Arbitrary<JsonValue> = fc.oneof(
  memberName,
  fc.constantFrom(0, -0, 1, -1, 1.5, 1e21, -1e-7, 5e-324, 1.7976931348623157e308),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
);

export const json: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    scalar,
    fc.array(fc.integer({ min: -10_000, max: 10_000 }), { maxLength: 40 }),
    fc.array(tie("value"), { maxLength: 4 }),
    fc
      .array(fc.tuple(memberName, tie("value")), { maxLength: 4 })
      .map((entries) => ownObject(entries)),
  ),
})).value;

/** `Object.fromEntries` makes an own member of `__proto__` too. */
function ownObject<T>(entries: readonly (readonly [string, T])[]): { [key: string]: T } {
  return Object.fromEntries(entries);
}

type Nodes = { node: TypeNode; atom: TypeNode; member: Member };

/** Random types of every kind, unions and intersections flat as the IR promises. */
export const typeNode: fc.Arbitrary<TypeNode> = fc.letrec<Nodes>((tie) => ({
  atom: fc.oneof(
    fc
      .constantFrom(
        ...([
          "unknown",
          "never",
          "null",
          "boolean",
          "number",
          "string",
          "undefined",
          "blob",
        ] as const),
      )
      .map((kind) => ({ kind })),
    typeName.map((name) => ({ kind: "reference" as const, name })),
    typeName.map((name) => ({ kind: "reference" as const, name })),
    json.map((value) => ({ kind: "literal" as const, value })),
    memberName.map((value) => ({ kind: "literal" as const, value })),
  ),
  member: fc.record(
    { name: memberName, type: tie("node"), optional: fc.boolean(), docs },
    { requiredKeys: ["name", "type", "optional"] },
  ),
  node: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    tie("atom"),
    tie("node").map((element) => ({ kind: "array" as const, element })),
    fc
      .record({
        required: fc.array(tie("node"), { maxLength: 3 }),
        optional: fc.array(tie("node"), { maxLength: 2 }),
        rest: fc.option(tie("node"), { nil: undefined }),
      })
      .map(({ required, optional, rest }) => ({
        kind: "tuple" as const,
        elements: [
          ...required.map((type) => ({ type, optional: false })),
          ...optional.map((type) => ({ type, optional: true })),
        ],
        rest,
      })),
    fc
      .record({
        members: fc.uniqueArray(tie("member"), {
          maxLength: 5,
          selector: (one: Member) => one.name,
        }),
        index: fc.option(tie("node"), { nil: undefined, freq: 3 }),
      })
      .map(({ members, index }) => ({ kind: "object" as const, members, index })),
    fc.record({
      kind: fc.constant("record" as const),
      keys: fc.oneof(
        typeName.map((name): TypeNode => ({ kind: "reference", name })),
        fc.uniqueArray(memberName, { minLength: 2, maxLength: 6 }).map((names): TypeNode => ({
          kind: "union",
          members: names.map((value) => ({ kind: "literal", value })),
        })),
      ),
      value: tie("node"),
      partial: fc.boolean(),
    }),
    fc
      .array(tie("node"), { minLength: 2, maxLength: 6 })
      .map((nodes: TypeNode[]) => flat("union", nodes))
      .filter((node) => node !== null),
    fc
      .array(tie("node"), { minLength: 2, maxLength: 4 })
      .map((nodes: TypeNode[]) => flat("intersection", nodes))
      .filter((node) => node !== null),
  ),
})).node;

function flat(kind: "union" | "intersection", nodes: readonly TypeNode[]): TypeNode | null {
  const members = nodes.flatMap((node) => (node.kind === kind ? node.members : [node]));
  return members.length < 2 ? null : { kind, members };
}
