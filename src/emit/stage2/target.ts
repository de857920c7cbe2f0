/** Frameworks that there is an adapter for. */
export const targets = ["react", "vue", "svelte"] as const;
export type Target = (typeof targets)[number];

/** How the files of contexts and mutations end: `useUserContext.ts`. Runes work in `.svelte.ts` only. */
export const extensions: Readonly<Record<Target, string>> = {
  react: ".ts",
  vue: ".ts",
  svelte: ".svelte.ts",
};
