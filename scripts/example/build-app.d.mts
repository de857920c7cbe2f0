/**
 * Writes `src/mizan/` of an app with the generator as it is built.
 *
 * @throws Error with what the generator said
 */
export declare function generateClient(options: {
  readonly folder: string;
  /** As `--target` takes it. */
  readonly target: string;
  /** The text of the backend's document. */
  readonly document: string;
}): Promise<void>;

/**
 * Builds an app with Vite: `<out>/browser`, and `<out>/server` with `ssr`.
 *
 * @throws Error with what Vite said, or that the app has no entry for a server
 */
export declare function buildApp(options: {
  readonly folder: string;
  readonly out: string;
  readonly ssr?: boolean;
  /** `development` keeps the warnings of the frameworks; `production` unless said otherwise. */
  readonly mode?: "production" | "development";
}): Promise<void>;
