import { paraglideVitePlugin } from "@inlang/paraglide-js";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { readFileSync } from "node:fs";
import { VitePWA } from "vite-plugin-pwa";
import { defineConfig } from "vitest/config";

const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };

export default defineConfig(({ mode }) => ({
  // Tests use the texts that `npm run messages` made: compiled anew, they would vanish for a moment
  // under whatever else reads them.
  plugins: mode === "test" ? [svelte()] : [texts(), svelte(), serviceWorker()],
  // Vitest runs in Node, where Svelte would otherwise resolve to its server build.
  resolve: mode === "test" ? { conditions: ["browser"] } : {},
  define: { __APP_VERSION__: JSON.stringify(version) },
  build: {
    target: "baseline-widely-available",
    // The first browsers that know light-dark(): an older target makes the minifier
    // rewrite every colour into a pair of fallback variables.
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    // Trusted Types and `img-src 'self'` are simplest to keep when every asset is a file.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { "/api": "http://127.0.0.1:8000" } },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.ts"],
    setupFiles: ["src/test/setup.ts"],
    restoreMocks: true,
    testTimeout: 20_000, // ESLint's first run is slow on a busy machine
  },
}));

function texts() {
  return paraglideVitePlugin({
    project: "./project.inlang",
    outdir: "./src/paraglide",
    strategy: ["localStorage", "preferredLanguage", "baseLocale"],
    localStorageKey: "backstep.locale",
  });
}

function serviceWorker() {
  return VitePWA({
    strategies: "injectManifest",
    srcDir: "src/sw",
    filename: "sw.js",
    injectRegister: false,
    manifest: false,
    injectManifest: {
      globPatterns: ["index.html", "assets/*.{js,css,woff2,svg,json}", "*.{webmanifest,svg}"],
    },
    integration: {
      // The plugin gives source and output one name; ours are src/sw/index.ts and /sw.js.
      configureCustomSWViteBuild({ build }) {
        if (build?.rollupOptions) build.rollupOptions.input = "src/sw/index.ts";
      },
    },
  });
}
