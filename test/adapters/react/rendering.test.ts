// @vitest-environment jsdom
import { describe } from "vitest";
import { compileHooks } from "./compile-hooks.js";
import { describeRendering } from "./describe-rendering.js";
import { generateClient } from "./generate-client.js";

const client = await generateClient("rendering");
const compiled = await generateClient("rendering-compiled", (file) => compileHooks(file));

describe("rendering", () => describeRendering(client));
describe("rendering through the React Compiler", () => describeRendering(compiled));
