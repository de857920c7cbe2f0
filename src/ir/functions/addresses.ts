import type { NormalForm } from "../normalise/normal-form.js";

/**
 * Addresses as the client has them: relative to the base (`call/rename_user`), or with a leading slash where the document puts a
 * function outside of its base, which is relative to the origin.
 */
export class Addresses {
  /** Origin-relative, starts and ends with a slash. */
  readonly base: string;
  readonly #normal: NormalForm;

  constructor(normal: NormalForm) {
    this.#normal = normal;
    const declared = normal.meta.base?.value;
    // An extension without a base says "/"; without an extension, `paths` are relative to the server.
    const base = declared ?? (normal.meta.pointer === undefined ? this.#serverPath : "");
    this.base = base.endsWith("/") ? base : `${base}/`;
  }

  get #serverPath(): string {
    return this.#normal.operations.serverPath;
  }

  /** An address on the origin, relative to the base. */
  relative(path: string): string {
    if (!path.startsWith(this.base)) return path;
    const rest = path.slice(this.base.length);
    // What is left must not be read as an address of its own.
    return /^(?:\/|[a-z][a-z0-9+.-]*:)/i.test(rest) ? path : rest;
  }

  /** Where a function answers: as declared, as `paths` say, or at the usual place. */
  ofCall(name: string, declared: string | undefined, operationId: string | undefined): string {
    if (declared !== undefined) return this.relative(declared);
    const { operations } = this.#normal;
    const operation = operations.ofCall(name, operationId);
    return operation === undefined
      ? `call/${name}`
      : this.relative(operations.originPath(operation.path));
  }

  ofContext(name: string, declared: string | undefined, ofQuery: string | undefined): string {
    if (declared !== undefined) return this.relative(declared);
    const { operations } = this.#normal;
    const operation = operations.ofContext(name);
    if (operation !== undefined) return this.relative(operations.originPath(operation.path));
    return ofQuery === undefined ? `ctx/${name}/` : this.relative(ofQuery);
  }

  /**
   * The session's address: as declared, as `paths` say, or at the usual place; null when the document says that there is none. A
   * strict document that names none has none.
   */
  ofSession(): string | null {
    const { meta, operations } = this.#normal;
    if (meta.session !== undefined) {
      return meta.session.value === null ? null : this.relative(meta.session.value);
    }
    const operation = operations.ofSession();
    if (operation !== undefined) return this.relative(operations.originPath(operation.path));
    return meta.strict ? null : "session/";
  }
}
