import { beforeEach, describe, expect, it, vi } from "vitest";
import { bundles, serveContent } from "../test/content";
import type { Level } from "../shared/triage";

async function app() {
  const { content } = await import("./content.svelte");
  const { language } = await import("../frame/language.svelte");
  return { content, language };
}

async function fresh() {
  return (await app()).content;
}

beforeEach(() => {
  vi.resetModules();
  vi.unstubAllGlobals();
});

describe("the content of the app", () => {
  it("is fetched once, in the language of the app", async () => {
    const fetched = serveContent();
    const content = await fresh();
    await content.load();
    await content.load();
    expect(content.symptoms).toEqual(bundles.en.symptoms);
    expect(fetched).toHaveBeenCalledTimes(1);
  });

  it("follows the language of the app, and keeps the old words until the new ones are here", async () => {
    serveContent();
    const { content, language } = await app();
    await content.load();
    language.use("de");
    expect(content.symptoms.wording).toBe(bundles.en.symptoms.wording);
    await content.load();
    expect(content.symptoms).toEqual(bundles.de.symptoms);
    language.use("en");
  });

  it("is not overtaken by an answer in the language before", async () => {
    serveContent();
    const { content, language } = await app();
    const english = content.load();
    language.use("de");
    await Promise.all([english, content.load()]);
    expect(content.symptoms).toEqual(bundles.de.symptoms);
    language.use("en");
  });

  it("refuses to speak before it is loaded", async () => {
    const content = await fresh();
    expect(content.ready).toBe(false);
    expect(() => content.symptoms).toThrow("load");
  });

  it("rejects without a network, and can be tried again", async () => {
    const content = await fresh();
    vi.stubGlobal("fetch", vi.fn().mockRejectedValue(new TypeError("no network")));
    await expect(content.load()).rejects.toThrow("no network");
    serveContent();
    await content.load();
    expect(content.ready).toBe(true);
  });

  it("takes no error page for content", async () => {
    const content = await fresh();
    vi.stubGlobal("fetch", vi.fn().mockResolvedValue(new Response("gone", { status: 404 })));
    await expect(content.load()).rejects.toThrow("404");
    expect(content.ready).toBe(false);
  });
});

describe("whom to call", () => {
  it.each([
    ["DE", ["112"]],
    ["GB", ["999", "112"]],
    ["US", ["911"]],
    ["AU", ["000", "112"]],
  ])("in %s", async (country, numbers) => {
    serveContent();
    const content = await fresh();
    await content.load();
    expect(content.numbersFor(country)).toEqual(numbers);
  });

  it.each(["", "AQ", "XX"])("offers both where the country %o says nothing", async (country) => {
    serveContent();
    const content = await fresh();
    await content.load();
    expect(content.numbersFor(country)).toEqual(["112", "911"]);
  });

  it("lists countries, and nothing for nowhere", async () => {
    serveContent();
    const content = await fresh();
    await content.load();
    expect(content.countries).toContain("NZ");
    expect(content.countries).not.toContain("");
  });
});

describe("what to do", () => {
  it.each<[Level, string[], string]>([
    ["self_care", [], bundles.en.symptoms.levels.self_care.title],
    ["self_care", ["three_days"], bundles.en.symptoms.easing.title],
    ["soon", ["three_days", "not_easing"], bundles.en.symptoms.levels.soon.title],
  ])("at %s with %o", async (level, facts, title) => {
    serveContent();
    const content = await fresh();
    await content.load();
    expect(content.adviceFor(level, facts).title).toBe(title);
  });
});
