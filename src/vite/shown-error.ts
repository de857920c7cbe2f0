import { resolve } from "node:path";
import type { ErrorPayload } from "vite";
import type { Finding } from "../api.js";

/** The first error as Vite's overlay shows it, and how many there are beside it. Null when there are none. */
export function shownError(findings: readonly Finding[], cwd: string): ErrorPayload["err"] | null {
  const [first, ...others] = findings.filter(({ severity }) => severity === "error");
  if (first === undefined) return null;
  const { code, message, help, file, range, frame } = first;
  const more = others.length === 0 ? [] : [`and ${others.length} more, in the terminal`];
  return {
    plugin: "mizan-gen",
    message: [
      `${code}  ${message}`,
      ...(help === null ? [] : [`help: ${help}`]),
      `npx mizan-gen explain ${code}`,
      ...more,
    ].join("\n"),
    stack: "",
    ...(file === null || isUrl(file) ? {} : { id: resolve(cwd, file) }),
    ...(frame === null ? {} : { frame }),
    ...(file === null || range === null ? {} : { loc: placeOf(file, range, cwd) }),
  };
}

function placeOf(
  file: string,
  { start }: NonNullable<Finding["range"]>,
  cwd: string,
): NonNullable<ErrorPayload["err"]["loc"]> {
  return { file: isUrl(file) ? file : resolve(cwd, file), line: start.line, column: start.column };
}

function isUrl(file: string): boolean {
  return /^https?:/i.test(file);
}
