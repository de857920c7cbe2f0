// @vitest-environment jsdom
import { describe } from "vitest";
import { describeScenarios } from "./describe-scenarios.js";
import { generateClient } from "./generate-client.js";

const client = await generateClient("scenarios");

describe("the React adapter", () => describeScenarios(client));
