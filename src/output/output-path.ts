const windowsDevice = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)/i;
const unsafeCharacter = /[\u0000-\u001f<>:"\\|?*]/;

/**
 * Whether a path may name a file of the output: relative, forward slashes, nothing that leaves the directory or that some file system
 * reads otherwise. Both what is written and what a manifest asks to delete must pass.
 */
export function isOutputPath(path: string): boolean {
  return path !== "" && path.split("/").every(isSafeSegment);
}

function isSafeSegment(segment: string): boolean {
  return (
    segment !== "" &&
    segment !== "." &&
    segment !== ".." &&
    !unsafeCharacter.test(segment) &&
    !/[. ]$/.test(segment) &&
    !windowsDevice.test(segment)
  );
}

/** The folder of an output path, `""` for the output directory itself. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}
