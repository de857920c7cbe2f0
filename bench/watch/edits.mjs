import { synthetic } from "../generate/synthetic.mjs";

/** What somebody changes between two saves: which file it shows in, and the document of the n-th save. Each differs from the one before. */
export function editsOf(count) {
  const fresh = () => synthetic(count);
  return {
    "the words of a function": {
      folder: "mutations",
      file: "rename_resource_1.ts",
      document: (n) => {
        const document = fresh();
        document["x-mizan-functions"].rename_resource_1.summary = `Does it, take ${n}.`;
        return document;
      },
    },
    "a member of a type": {
      folder: ".",
      file: "types.ts",
      document: (n) => {
        const document = fresh();
        document.components.schemas.Resource1.properties[`extra_${n}`] = { type: "string" };
        return document;
      },
    },
    "a new function": {
      folder: "mutations",
      file: (n) => `archive_${n}.ts`,
      document: (n) => {
        const document = fresh();
        const functions = document["x-mizan-functions"];
        functions[`archive_${n}`] = { ...functions.delete_resource_1, summary: "Archives it." };
        return document;
      },
    },
  };
}
