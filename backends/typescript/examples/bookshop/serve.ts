import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { parseArgs } from "node:util";
import { toNodeListener } from "mizan-server/node";
import { createApp } from "./app.ts";
import { shop } from "./shop.ts";
import { staticFiles } from "./static-files.ts";
import { withTestEndpoints } from "./test-endpoints.ts";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "0" },
    test: { type: "boolean", default: false },
    static: { type: "string" },
  },
});

const port = Number(values.port);
if (!/^\d+$/.test(values.port) || port > 65_535) {
  process.stderr.write(
    `--port ${values.port}: give a number from 0 to 65535; 0 takes a free one\n`,
  );
  process.exit(2);
}

const files =
  values.static === undefined
    ? () => new Response("Not found\n", { status: 404 })
    : staticFiles(values.static);

const app = createApp((request) => {
  const avatar = shop().avatars.get(new URL(request.url).pathname);
  if (avatar === undefined) return files(request);
  return new Response(avatar, {
    headers: { "Content-Type": avatar.type, "X-Content-Type-Options": "nosniff" },
  });
});

const server = createServer(toNodeListener(values.test ? withTestEndpoints(app) : app));
server.on("error", (error) => {
  process.stderr.write(`cannot listen on port ${port}: ${error.message}\n`);
  process.exit(1);
});
server.listen(port, "127.0.0.1", () => {
  const address = server.address() as AddressInfo;
  process.stdout.write(`listening on http://127.0.0.1:${address.port}/\n`);
});
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    server.close();
    server.closeAllConnections();
  });
}
