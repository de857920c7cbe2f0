/**
 * What some file system reads otherwise: a control character or one of `<>:"\\|?*`; a segment that is empty or ends with a dot or a
 * space (so `.` and `..` as well); a device of Windows, with any extension.
 */
const unsafe =
  /[\u0000-\u001f<>:"\\|?*]|(?:^|\/)(?:$|\/)|[. ](?:$|\/)|(?:^|\/)(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:$|[./])/i;

/**
 * Whether a path may name a file of the output: relative, forward slashes, nothing that leaves the directory or that some file system
 * reads otherwise. Both what is written and what a manifest asks to delete must pass.
 */
export function isOutputPath(path: string): boolean {
  return !unsafe.test(path);
}

/** The folder of an output path, `""` for the output directory itself. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}
