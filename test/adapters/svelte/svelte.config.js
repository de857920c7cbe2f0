/** For svelte-check and editors; the tests compile by `projects.ts`. */
export default { compilerOptions: { experimental: { async: true } } };
