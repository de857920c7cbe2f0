import { runExport } from "./run-export.js";
import { UsageError } from "./usage-error.js";

const usage = `mizan-server export <module>[#name] [-o schema.json] [--check]

Writes the OpenAPI document of a registry, with its x-mizan-functions.

  <module>       file that exports the registry; its name is "registry" or the default export, or stands after #
  -o, --output   file to write; else standard output
  --check        write nothing; exit 1 when the file is not what would be written
`;

try {
  const [command, ...rest] = process.argv.slice(2);
  if (command === undefined || command === "--help" || command === "-h" || command === "help") {
    process.stdout.write(usage);
    process.exitCode = command === undefined ? 2 : 0;
  } else if (command === "export") {
    process.exitCode = await runExport(rest);
  } else {
    throw new UsageError(`there is no command "${command}"; see mizan-server --help`);
  }
} catch (cause) {
  const message = cause instanceof Error ? cause.message : String(cause);
  process.stderr.write(`mizan-server: ${message}\n`);
  process.exitCode = cause instanceof UsageError ? 2 : 1;
}
