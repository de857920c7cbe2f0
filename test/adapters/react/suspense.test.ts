// @vitest-environment jsdom
import { describe } from "vitest";
import { compileHooks } from "./compile-hooks.js";
import { describeSuspense } from "./describe-suspense.js";
import { generateClient } from "./generate-client.js";

const client = await generateClient("suspense");
const compiled = await generateClient("suspense-compiled", (file) => compileHooks(file));

describe("the Suspense hooks", () => describeSuspense(client));
describe("the Suspense hooks through the React Compiler", () => describeSuspense(compiled));
