import { z } from "zod";
import type { Bookshop } from "./registry.ts";
import { ownAccount } from "./queries.ts";
import { shop, type Account, type State } from "./shop.ts";
import { Favourites, personName, ProfileForm, User } from "./types.ts";

function change(tx: State, account: Account, changes: Partial<Account>): Account {
  const changed = { ...account, ...changes };
  tx.users.set(account.id, changed);
  return changed;
}

const mergeUser = ["user.user_profile", "me.current_user"];

export function declareAccountMutations(bookshop: Bookshop): void {
  bookshop.mutation(
    "login",
    {
      input: { email: z.string(), password: z.string().meta({ format: "password" }) },
      output: User,
      auth: "none",
      session: "change",
      affects: ["*"],
      errors: { bad_credentials: { status: 403 } },
      summary: "Signs in.",
    },
    ({ email, password }, { fail, session }) => {
      const account = [...shop().users.values()].find((user) => user.email === email);
      if (account?.password !== password) return fail("bad_credentials");
      session.signIn(account);
      return account;
    },
  );
  bookshop.mutation(
    "logout",
    { session: "change", affects: ["*"], summary: "Signs out." },
    (_args, { session }) => {
      session.signOut();
    },
  );
  bookshop.mutation(
    "rename_user",
    {
      input: { user_id: z.int(), name: personName },
      output: User,
      merge: mergeUser,
      summary: "Renames the user.",
    },
    ({ user_id, name }, { user, tx }) => change(tx, ownAccount(user_id, user), { name }),
  );
  bookshop.mutation(
    "update_profile",
    {
      input: { user_id: z.int(), form: ProfileForm },
      output: User,
      form: { at: ["form"], fields: { email: { widget: "email", label: "E-mail" } } },
      merge: mergeUser,
      affects: ["orders"],
      summary: "Changes name and e-mail.",
    },
    ({ user_id, form }, { user, tx }) => change(tx, ownAccount(user_id, user), form),
  );
  bookshop.mutation(
    "upload_avatar",
    {
      input: { user_id: z.int(), image: z.file() },
      output: User,
      files: [{ path: ["image"], maxBytes: 5_242_880, accept: ["image/png", "image/jpeg"] }],
      merge: mergeUser,
      summary: "Replaces the user's picture.",
    },
    ({ user_id, image }, { user, tx }) => {
      const account = ownAccount(user_id, user);
      const avatar_url = `/avatars/${user_id}.${image.type === "image/png" ? "png" : "jpg"}`;
      tx.avatars.set(avatar_url, image);
      return change(tx, account, { avatar_url });
    },
  );
  bookshop.mutation(
    "set_favourite",
    {
      input: { user_id: z.int(), book_id: z.uuid(), favourite: z.boolean() },
      output: Favourites,
      merge: ["user.user_favourites"],
      summary: "Marks a book, or takes the mark away.",
    },
    ({ user_id, book_id, favourite }, { user, tx }) => {
      const { id } = ownAccount(user_id, user);
      const others = (tx.favourites.get(id) ?? []).filter((each) => each !== book_id);
      const book_ids = favourite ? [...others, book_id] : others;
      tx.favourites.set(id, book_ids);
      return { book_ids };
    },
  );
}
