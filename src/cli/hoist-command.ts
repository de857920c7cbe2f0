/**
 * Moves the name of a command to the front, so that flags may stand before it as well as after it: `mizan-gen --cwd web check`.
 *
 * @param valued whether a flag takes a value of its own: `--cwd`, `-c`
 */
export function hoistCommand(
  args: readonly string[],
  commands: readonly string[],
  valued: (flag: string) => boolean,
): string[] {
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? "";
    if (arg === "--") break;
    if (arg.startsWith("-") && arg !== "-") {
      if (!arg.includes("=") && valued(arg)) index++;
      continue;
    }
    if (!commands.includes(arg)) break;
    return [arg, ...args.slice(0, index), ...args.slice(index + 1)];
  }
  return [...args];
}
