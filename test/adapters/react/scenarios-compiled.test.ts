// @vitest-environment jsdom
import { describe } from "vitest";
import { compileHooks } from "./compile-hooks.js";
import { describeScenarios } from "./describe-scenarios.js";
import { generateClient } from "./generate-client.js";

const client = await generateClient("scenarios-compiled", (file) => compileHooks(file));

describe("the React adapter through the React Compiler", () => describeScenarios(client));
