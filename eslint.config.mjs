import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

export default tseslint.config(
  {
    ignores: [
      "**/dist/**",
      "snapshots/**",
      "fixtures/**",
      "**/node_modules/**",
      "**/.venv*/**",
      ".cache/**",
      "examples/*/src/mizan/**",
      // An app with a tsconfig.json and a generated client of its own; the specification checks its types.
      "test/browser/examples/bare/**",
      "test/browser/vite/apps/**",
    ],
  },
  {
    files: ["src/**/*.ts", "test/**/*.{ts,tsx}", "backends/typescript/**/*.ts", "*.ts"],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: {
        project: [
          "./tsconfig.json",
          "./src/kernel/tsconfig.test.json",
          "./test/adapters/svelte/tsconfig.json",
          "./test/browser/tsconfig.json",
          "./test/e2e/stories/tsconfig.json",
          "./test/adapters/vue/tsconfig.json",
          "./test/adapters/react/tsconfig.json",
          "./test/backends/stories/tsconfig.json",
          "./backends/typescript/tsconfig.json",
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/ban-ts-comment": "error",
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_" },
      ],
      "no-eval": "error",
      "no-console": "error",
    },
  },
  {
    files: ["**/*.test.ts", "test/**/*.{ts,tsx}"],
    rules: {
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
  {
    files: ["examples/react/**/*.{ts,tsx}"],
    extends: [tseslint.configs.recommended, reactHooks.configs.flat["recommended-latest"]],
  },
  {
    // Programs of their own: what they find, they print.
    files: ["test/e2e/stories/**/*.ts", "test/backends/stories/**/*.ts"],
    rules: { "no-console": "off" },
  },
);
