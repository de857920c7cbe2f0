/** Only a file of the repository can be annotated: no URL, no standard input, nothing above it. */
export function fileInRepository(
  file: string | undefined,
  directory: string | undefined,
): string | undefined {
  if (file === undefined || file === "<stdin>" || /^https?:\/\//.test(file)) return undefined;
  const path = directory === undefined || directory === "" ? file : `${directory}/${file}`;
  const steps: string[] = [];
  for (const step of path.split("/")) {
    if (step === "..") {
      if (steps.pop() === undefined) return undefined;
    } else if (step !== "." && step !== "") steps.push(step);
  }
  return steps.join("/");
}
