import { transformAsync } from "@babel/core";
import type { GeneratedFile } from "../../../src/emit/generated-file.js";

/** What the React Compiler says of a function: that it is compiled, or why not. */
export interface CompilerEvent {
  readonly kind: string;
  readonly fnName?: string | null;
  readonly reason?: string;
}

/** A file of the adapter, after the React Compiler; others as they are. */
export async function compileHooks(
  { path, text }: GeneratedFile,
  onEvent: (event: CompilerEvent) => void = () => undefined,
): Promise<string> {
  if (!path.startsWith("react/")) return text;
  const result = await transformAsync(text, {
    filename: path,
    configFile: false,
    babelrc: false,
    parserOpts: { plugins: path.endsWith(".jsx") ? ["jsx"] : ["typescript"] },
    plugins: [
      [
        "babel-plugin-react-compiler",
        {
          target: "19",
          panicThreshold: "none",
          logger: { logEvent: (_file: string | null, event: CompilerEvent) => onEvent(event) },
        },
      ],
    ],
  });
  if (typeof result?.code !== "string") throw new Error(`${path} does not compile`);
  return result.code;
}
