import { createHandler, memorySessions } from "mizan-server";
import { registry } from "./bookshop.ts";
import { shop } from "./shop.ts";

/** The secret of an example; a real one comes from the environment and is known to nobody. */
const secret = "bookshop-example-secret";

export function createApp(fallback: (request: Request) => Response | Promise<Response>) {
  return createHandler(registry, {
    secret,
    sessions: memorySessions({
      secret,
      idOf: (user) => user.id,
      load: (id: number) => shop().users.get(id) ?? null,
      // The example is served over plain HTTP.
      secure: false,
    }),
    documentPath: "/openapi.json",
    fallback,
    onError: (error, { at, instance }) => {
      process.stderr.write(`${instance} ${at}: ${String(error)}\n`);
    },
  });
}
