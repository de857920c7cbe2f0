import { malformed } from "../problem/problems.js";

/** Bytes that have come and are not yet taken. */
export class ByteQueue {
  #bytes = new Uint8Array(0);
  readonly #source: AsyncIterator<Uint8Array>;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** Whether these bytes come next; waits for as many. False at an early end. */
  async startsWith(expected: Uint8Array): Promise<boolean> {
    while (this.#bytes.length < expected.length) if (!(await this.#pull())) return false;
    return expected.every((byte, index) => this.#bytes[index] === byte);
  }

  take(length: number): Uint8Array {
    const taken = this.#bytes.slice(0, length);
    this.#bytes = this.#bytes.slice(length);
    return taken;
  }

  /**
   * All bytes before the delimiter, as they come; the delimiter is taken as well.
   *
   * @throws MizanProblem 400 when the body ends before it
   */
  async *until(delimiter: Uint8Array): AsyncGenerator<Uint8Array> {
    for (;;) {
      const index = find(this.#bytes, delimiter);
      if (index >= 0) {
        if (index > 0) yield this.take(index);
        this.take(delimiter.length);
        return;
      }
      // The last bytes may be the beginning of the delimiter.
      const certain = this.#bytes.length - delimiter.length + 1;
      if (certain > 0) yield this.take(certain);
      if (!(await this.#pull())) throw malformed("a multipart body that is cut off");
    }
  }

  /** Reads on to the end and forgets it. */
  async drain(): Promise<void> {
    do this.#bytes = new Uint8Array(0);
    while (await this.#pull());
  }

  async #pull(): Promise<boolean> {
    const { done, value } = (await this.#source.next()) as IteratorResult<Uint8Array, undefined>;
    if (done === true) return false;
    const joined = new Uint8Array(this.#bytes.length + value.length);
    joined.set(this.#bytes);
    joined.set(value, this.#bytes.length);
    this.#bytes = joined;
    return true;
  }
}

/** Where a sequence begins, or -1. */
function find(bytes: Uint8Array, sequence: Uint8Array): number {
  const [first = 0] = sequence;
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (at + sequence.length > bytes.length) return -1;
    if (sequence.every((byte, index) => bytes[at + index] === byte)) return at;
  }
  return -1;
}
