// @vitest-environment jsdom
import { describe } from "vitest";
import { compileHooks } from "./compile-hooks.js";
import { describeMizanHydrate } from "./describe-hydrate.js";
import { describeServer } from "./describe-server.js";
import { generateClient } from "./generate-client.js";

const plain = {
  server: await generateClient("server"),
  browser: await generateClient("server-browser"),
};
const compiled = {
  server: await generateClient("server-compiled", (file) => compileHooks(file)),
  browser: await generateClient("server-browser-compiled", (file) => compileHooks(file)),
};

describe("on a server", () => describeServer(plain));
describe("on a server, through the React Compiler", () => describeServer(compiled));
describe("MizanHydrate", () => describeMizanHydrate(plain.browser));
describe("MizanHydrate through the React Compiler", () => describeMizanHydrate(compiled.browser));
