/** What a doc comment says. Raw text of the document: only the printer makes it safe. */
export interface Docs {
  readonly summary?: string | undefined;
  readonly description?: string | undefined;
  /** `true`, or the message of a deprecation ("since 2.1.0, use orderDetail"). */
  readonly deprecated?: true | string | undefined;
  /** `@format date-time`, `@default 3`, `@minimum 1`, `@example "x"` ..., in this order. */
  readonly tags?: readonly DocTag[] | undefined;
}

export interface DocTag {
  readonly name: string;
  readonly text: string;
}
