/** A user as the bookshop answers it. */
export const user = (name: string, id = 7): object => ({
  id,
  name,
  email: `${id}@shop.example`,
  avatar_url: null,
  joined: "2026-01-02T03:04:05Z",
});

/** The bundle of one user. */
export const userData = (name: string, line1 = "1 Main St"): object => ({
  user_profile: user(name),
  user_addresses: [{ id: 3, line1, city: "Konya" }],
});

/** A merge of a profile, as an answer carries it. */
export const profileMerge = (
  name: string,
  user_id = 7,
): { context: string; slot: string; params: { user_id: number }; value: object } => ({
  context: "user",
  slot: "user_profile",
  params: { user_id },
  value: user(name, user_id),
});

export const profileInput = (
  name: string,
): { user_id: number; form: { name: string; email: string } } => ({
  user_id: 7,
  form: { name, email: "7@shop.example" },
});
