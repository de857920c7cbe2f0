import { useState, type ReactNode, type SubmitEvent } from "react";
import type { User } from "./mizan";
import {
  useCurrentUser,
  useRenameUser,
  useUserAddresses,
  useUserFavourites,
  useUserProfile,
} from "./mizan/react";
import { Failed, ForUsers, Loading } from "./state";

type OfUser = { readonly userId: number };

export function Account(): ReactNode {
  const { status, data: user, error, refetch } = useCurrentUser();
  if (user) return <Profile userId={user.id} />;
  if (status === "success") return <ForUsers />;
  return status === "error" ? <Failed error={error} onRetry={refetch} /> : <Loading />;
}

/** Three parts of one context: each follows its own function, and all share one request. */
function Profile({ userId }: OfUser): ReactNode {
  const { status, data: user, error, refetch } = useUserProfile({ user_id: userId });
  if (status === "error" && user === undefined) return <Failed error={error} onRetry={refetch} />;
  if (!user) return <Loading />;
  return (
    <>
      <div className="heading">
        <h1 data-testid="profile-name">{user.name}</h1>
        <p className="faint">
          {user.email} · since {user.joined.slice(0, 10)}
        </p>
      </div>
      <div className="columns">
        <Rename user={user} />
        <Addresses userId={userId} />
        <FavouriteCount userId={userId} />
      </div>
    </>
  );
}

function Rename({ user }: { readonly user: User }): ReactNode {
  const { mutateAsync, isPending, error } = useRenameUser();
  const [typed, setTyped] = useState<string>();

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    // The answer is merged into `user_profile` and `current_user`: nothing has to be read again.
    mutateAsync({ user_id: user.id, name: typed ?? user.name }).then(
      () => setTyped(undefined),
      // A refusal is in `error` already, and the text stays to be mended.
      () => undefined,
    );
  }

  return (
    <section className="panel">
      <h2>Name</h2>
      <form onSubmit={submit}>
        <input
          data-testid="name"
          aria-label="Name"
          value={typed ?? user.name}
          onChange={({ target }) => setTyped(target.value)}
        />
        <button className="primary" data-testid="rename" disabled={isPending}>
          Rename
        </button>
      </form>
      {error && (
        <p className="alarm" role="alert" data-testid="rename-error">
          {error.fields[0]?.message ?? error.message}
        </p>
      )}
    </section>
  );
}

function Addresses({ userId }: OfUser): ReactNode {
  const { data: addresses } = useUserAddresses({ user_id: userId });
  return (
    <section className="panel">
      <h2>Addresses</h2>
      <ul className="lines" data-testid="addresses">
        {addresses?.map(({ id, line1, city, country }) => (
          <li key={id}>
            {line1}, {city} <span className="end faint">{country}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function FavouriteCount({ userId }: OfUser): ReactNode {
  const { data } = useUserFavourites({ user_id: userId });
  return (
    <section className="panel">
      <h2>Favourites</h2>
      <p className="big" data-testid="favourite-count">
        {data?.book_ids.length}
      </p>
    </section>
  );
}
