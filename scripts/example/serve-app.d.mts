/**
 * Serves what `buildApp` has put into `out`, and passes the paths of the backend on to it; 502 while it does not answer.
 *
 * @throws Error when the port is taken
 */
export declare function serveApp(options: {
  readonly out: string;
  readonly backendUrl: string;
  /** 0, which is the default, is a free one. */
  readonly port?: number;
  readonly ssr?: boolean;
}): Promise<{ readonly url: string; close(): Promise<void> }>;
