/** Frameworks that there is an adapter for. */
export const targets = ["react"] as const;
export type Target = (typeof targets)[number];

/** How the files of an adapter are called: `useUserContext.ts`. Runes work in `.svelte.ts` only. */
export const extensions: Readonly<Record<Target, string>> = { react: ".ts" };
