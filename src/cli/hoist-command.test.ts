import { describe, expect, it } from "vitest";
import { hoistCommand } from "./hoist-command.js";

const commands = ["generate", "check"];
const valued = (flag: string): boolean => ["--cwd", "-o"].includes(flag);

describe("a command", () => {
  it.each([
    ["check schema.json", "check schema.json"],
    ["--cwd web check", "check --cwd web"],
    ["--cwd=web check", "check --cwd=web"],
    ["-q -o out check schema.json", "check -q -o out schema.json"],
    // The name of a document or of a directory is not one.
    ["schema.json check", "schema.json check"],
    ["-o check schema.json", "-o check schema.json"],
    ["-- check", "-- check"],
    ["- check", "- check"],
    ["", ""],
  ])("may stand behind flags: %j is %j", (args, expected) => {
    const split = (text: string): string[] => text.split(" ").filter((word) => word !== "");
    expect(hoistCommand(split(args), commands, valued)).toEqual(split(expected));
  });
});
