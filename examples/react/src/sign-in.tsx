import { useState, type ReactNode, type SubmitEvent } from "react";
import { useLogin } from "./mizan/react";

export function SignIn(): ReactNode {
  const { mutateAsync, isPending, error } = useLogin();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    mutateAsync({ email, password }).then(
      () => (location.hash = "#/"),
      // A refusal is in `error` already.
      () => undefined,
    );
  }

  return (
    <section className="panel narrow">
      <h1>Sign in</h1>
      <form className="tall" onSubmit={submit}>
        <label>
          E-mail
          <input
            data-testid="email"
            type="email"
            autoComplete="username"
            required
            value={email}
            onChange={({ target }) => setEmail(target.value)}
          />
        </label>
        <label>
          Password
          <input
            data-testid="password"
            type="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={({ target }) => setPassword(target.value)}
          />
        </label>
        <button className="primary" data-testid="sign-in" disabled={isPending}>
          Sign in
        </button>
        {error && (
          <p className="alarm" role="alert" data-testid="sign-in-error">
            {error.code === "bad_credentials"
              ? "The e-mail or the password is not right."
              : error.message}
          </p>
        )}
      </form>
      <p className="faint">rumi@shop.example, password masnavi</p>
    </section>
  );
}
