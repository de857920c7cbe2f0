import type { GeneratedFile } from "../../src/emit/generated-file.js";

const isKernel = ({ path }: GeneratedFile): boolean => path.startsWith("kernel/");

/**
 * A client as it is kept beside others: the kernel, which is the same for all, stands once in `kernel` beside the trees, and each tree
 * forwards to it. So every tree compiles where it stands.
 *
 * @param name path of the tree below the folder of all trees
 * @param specifier extension of the import, as the tree spells it
 */
export function shareKernel(
  files: readonly GeneratedFile[],
  name: string,
  extension: string,
): GeneratedFile[] {
  const up = "../".repeat(name.split("/").length + 1);
  const forward = `export * from "${up}kernel/index${extension}";\n`;
  return [...files.filter((file) => !isKernel(file)), { path: "kernel/index.ts", text: forward }];
}

/** The kernel's own files of a client. */
export function kernelOf(files: readonly GeneratedFile[]): GeneratedFile[] {
  return files.filter(isKernel);
}
