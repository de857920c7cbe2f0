import type { ReactNode } from "react";

export function Loading(): ReactNode {
  return (
    <p className="loading" data-testid="loading">
      Loading …
    </p>
  );
}

export type FailedProps = {
  readonly error: { readonly message: string };
  readonly onRetry: () => unknown;
};

/** A load that failed, and the way to try again. */
export function Failed({ error, onRetry }: FailedProps): ReactNode {
  return (
    <div className="error">
      <p role="alert" data-testid="error">
        {error.message}
      </p>
      <button data-testid="retry" onClick={() => void onRetry()}>
        Try again
      </button>
    </div>
  );
}

/** In place of a page that is somebody's own. */
export function ForUsers(): ReactNode {
  return (
    <section className="panel narrow">
      <h2>Nobody is signed in</h2>
      <p className="faint">This page is for those who are.</p>
      <a href="#/sign-in">Sign in</a>
    </section>
  );
}
