export interface Backend {
  readonly name: string;
  readonly url: string;
  /** Settles with its exit code when it has ended, for whatever reason; null when a signal ended it. */
  readonly ended: Promise<number | null>;
  /** What it printed, for messages. */
  output(): string;
  close(): Promise<void>;
}

/**
 * Starts the bookshop of a backend, with its endpoints for tests, and waits until it listens. Port 0, which is the default, is a free one.
 *
 * @throws Error with what the backend printed, or with what it needs
 */
export declare function startBackend(
  name: string,
  options?: { readonly port?: number },
): Promise<Backend>;
