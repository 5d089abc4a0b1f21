// @vitest-environment node
import { ESLint } from "eslint";
import { expect, it } from "vitest";

const eslint = new ESLint();

async function complaints(file: string, imported: string): Promise<string[]> {
  const code = `import { thing } from "${imported}";\n\nexport const other = thing;\n`;
  const [result] = await eslint.lintText(code, { filePath: `src/${file}` });
  return (result?.messages ?? []).map(({ ruleId }) => ruleId ?? "");
}

it.each([
  ["sw/push.ts", "../shared/payload"],
  ["sw/push.ts", "../offline/db"],
  ["sw/push.ts", "./notification"],
  ["screens/today/score.svelte.ts", "../../offline/outbox"],
  ["offline/outbox.ts", "../api/client"],
  ["push/subscription.ts", "../api/client"],
])("lets %s import %s", async (file, imported) => {
  expect(await complaints(file, imported)).toEqual([]);
});

it.each([
  ["sw/push.ts", "../api/client"],
  ["sw/push.ts", "../offline/outbox"],
  ["sw/push.ts", "../screens/routes"],
  ["shared/payload.ts", "../api/client"],
  ["api/client.ts", "../offline/cache"],
  ["offline/outbox.ts", "../screens/routes"],
  ["push/subscription.ts", "../frame/session.svelte"],
  ["components/Pebble.ts", "../offline/outbox"],
  ["frame/session.svelte.ts", "../screens/routes"],
])("stops %s from importing %s", async (file, imported) => {
  expect(await complaints(file, imported)).toEqual(["no-restricted-imports"]);
});
