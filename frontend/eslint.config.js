import js from "@eslint/js";
import svelte from "eslint-plugin-svelte";
import globals from "globals";
import ts from "typescript-eslint";
import svelteConfig from "./svelte.config.js";

/**
 * The direction of imports: screens -> offline, push -> api; sw -> shared, offline/db.
 * Each entry says which of our folders the files may NOT import, and why.
 */
function mayNotImport(files, folders, message) {
  const group = folders.map((folder) => `**/${folder}/**`);
  return {
    files,
    rules: { "no-restricted-imports": ["error", { patterns: [{ group, message }] }] },
  };
}

const direction = [
  mayNotImport(
    ["src/components/**"],
    ["screens", "offline", "push", "api"],
    "Components are drawn from what they are given; screens fetch.",
  ),
  mayNotImport(
    ["src/offline/**", "src/push/**"],
    ["screens", "frame", "components"],
    "offline and push serve the screens and know nothing of them.",
  ),
  mayNotImport(
    ["src/api/**"],
    ["screens", "frame", "components", "offline", "push"],
    "The API client is the bottom of the page's code.",
  ),
  mayNotImport(["src/frame/**"], ["screens"], "The frame holds screens and knows none of them."),
  mayNotImport(
    ["src/shared/**"],
    ["screens", "frame", "components", "offline", "push", "api", "sw", "paraglide"],
    "shared runs in page and worker alike: it imports nothing of either.",
  ),
  {
    files: ["src/sw/**"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              regex: "^\\.\\./(?!shared/|offline/db)",
              message: "The worker imports only shared and offline/db.",
            },
          ],
        },
      ],
    },
  },
];

export default ts.config(
  { ignores: ["dist/", "src/paraglide/", "src/api/schema.d.ts"] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  { languageOptions: { globals: { ...globals.browser } } },
  { files: ["scripts/**", "*.js", "*.ts", "icons/**"], languageOptions: { globals: globals.node } },
  { files: ["src/sw/**"], languageOptions: { globals: globals.serviceworker } },
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
  },
  {
    rules: {
      // TypeScript knows every name better than this rule does.
      "no-undef": "off",
      eqeqeq: "error",
      "no-console": "error",
      "svelte/no-at-html-tags": "error",
      // Our router listens for clicks on ordinary links; there is no resolve() to call.
      // Dates and sets are replaced here, never changed in place.
      "svelte/prefer-svelte-reactivity": "off",
      "svelte/no-navigation-without-resolve": "off",
    },
  },
  { files: ["scripts/**", "icons/**"], rules: { "no-console": "off" } },
  ...direction,
);
