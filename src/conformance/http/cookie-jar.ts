/** The cookies of one visitor on one server: names and values, as nothing else is asked of them. */
export class CookieJar {
  readonly #cookies = new Map<string, string>();

  /** @param header as in a `Cookie` header that the caller brings along */
  constructor(header = "") {
    for (const pair of header.split(";")) this.#store(pair);
  }

  get isEmpty(): boolean {
    return this.#cookies.size === 0;
  }

  get header(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  /** Takes what `Set-Cookie` fields say; one that has expired is dropped. */
  take(fields: readonly string[]): void {
    for (const field of fields) {
      const [pair = "", ...attributes] = field.split(";");
      const name = this.#store(pair);
      if (attributes.some(hasExpired)) this.#cookies.delete(name);
    }
  }

  #store(pair: string): string {
    const equals = pair.indexOf("=");
    if (equals < 1) return "";
    const name = pair.slice(0, equals).trim();
    this.#cookies.set(name, pair.slice(equals + 1).trim());
    return name;
  }
}

function hasExpired(attribute: string): boolean {
  const [name = "", value = ""] = attribute.split("=").map((part) => part.trim());
  if (/^max-age$/i.test(name)) return Number(value) <= 0;
  return /^expires$/i.test(name) && Date.parse(value) <= Date.now();
}
