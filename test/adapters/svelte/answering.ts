/** A backend with one user of that name, who has one address. User 404 is not known. */
export function answering(name: string): {
  readonly fetch: (url: string) => Promise<Response>;
  /** Path and query of each request. */
  readonly paths: string[];
} {
  const paths: string[] = [];
  const answer = async (url: string): Promise<Response> => {
    const { pathname, search, searchParams } = new URL(url);
    paths.push(pathname + search);
    const id = Number(searchParams.get("user_id"));
    // Others come between a request and its answer.
    await new Promise((resolve) => setImmediate(resolve));
    if (id === 404) {
      return new Response(JSON.stringify({ status: 404, code: "not_found" }), {
        status: 404,
        headers: { "Content-Type": "application/problem+json" },
      });
    }
    const user_profile = {
      id,
      name,
      email: `${id}@shop.example`,
      avatar_url: null,
      joined: "2026-01-02T03:04:05Z",
    };
    const user_addresses = [{ id: 3, line1: "1 Main St", city: "Konya" }];
    return Response.json({ mizan: 1, context: "user", data: { user_profile, user_addresses } });
  };
  return { fetch: answer, paths };
}
