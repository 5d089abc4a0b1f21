/**
 * What the first open costs, measured on the built files as they travel (brotli, which lies beside
 * each file): the scripts that index.html loads (with everything they import before the first
 * screen) and the whole precache.
 * Prints the figures; exits 1 when one is over its budget.
 */
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";

const DIST = join(dirname(fileURLToPath(import.meta.url)), "..", "dist");
const BUDGET = { script: 40_000, precache: 500_000, font: 30_000 };

const read = (path) => readFileSync(join(DIST, path), "utf8");

function brotliSize(path) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
  return brotliCompressSync(readFileSync(join(DIST, path)), { params }).length;
}

/** Static imports of a built module; dynamic ones are not part of the first load. */
function staticImports(path) {
  const found = read(path).matchAll(/(?:^|[;}\s])(?:import|export)\s*[^"'()]*?["'](\.[^"']+)["']/g);
  return [...found].map(([, target]) => normalize(join(dirname(path), target)));
}

function firstLoadScripts() {
  const html = read("index.html");
  const tags = html.matchAll(/<(?:script|link)[^>]+(?:src|href)="\/([^"]+\.js)"[^>]*>/g);
  const queue = [...tags].map(([, path]) => path);
  const seen = new Set();
  for (const path of queue) {
    if (seen.has(path)) continue;
    seen.add(path);
    queue.push(...staticImports(path));
  }
  return [...seen];
}

function precached() {
  const listed = read("sw.js").matchAll(/["']?url["']?:\s*["'`]([^"'`]+)["'`]/g);
  return [...new Set([...listed].map(([, path]) => path))].filter((path) =>
    existsSync(join(DIST, path)),
  );
}

function report(name, bytes, budget) {
  const over = bytes > budget;
  const kB = (n) => `${(n / 1000).toFixed(1)} kB`;
  console.log(
    `${over ? "OVER" : "  ok"}  ${name.padEnd(28)} ${kB(bytes).padStart(9)} of ${kB(budget)}`,
  );
  return over;
}

const sum = (numbers) => numbers.reduce((total, n) => total + n, 0);
const scripts = firstLoadScripts();
const cached = precached();
const fonts = cached.filter((path) => path.endsWith(".woff2"));
const size = (path) => statSync(join(DIST, path)).size;

if (scripts.length === 0 || cached.length === 0) {
  console.error("budget: found no first-load scripts or no precache list in dist; was it built?");
  process.exit(1);
}

const over = [
  report("first-load script (brotli)", sum(scripts.map(brotliSize)), BUDGET.script),
  report(`precache, ${cached.length} files`, sum(cached.map(brotliSize)), BUDGET.precache),
  report("display face", sum(fonts.map(size)), BUDGET.font),
];
process.exit(over.some(Boolean) ? 1 : 0);
