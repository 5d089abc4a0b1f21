import { describe, expect, it } from "vitest";
import de from "../../messages/de.json";
import en from "../../messages/en.json";

type Variants = { match: Record<string, string> }[];
type Message = string | Variants;

const catalogues: Record<string, Record<string, Message>> = { en, de };

function texts(message: Message): string[] {
  return typeof message === "string"
    ? [message]
    : message.flatMap((one) => Object.values(one.match));
}

function placeholders(message: Message): string[] {
  const found = texts(message).flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)]);
  return [...new Set(found.map(([, name]) => name ?? ""))].sort();
}

describe("the catalogues", () => {
  it("have the same messages", () => {
    expect(Object.keys(de).sort()).toEqual(Object.keys(en).sort());
  });

  it("have the same placeholders in every message", () => {
    const named = (all: Record<string, Message>) =>
      Object.fromEntries(Object.entries(all).map(([key, message]) => [key, placeholders(message)]));
    expect(named(de)).toEqual(named(en));
  });

  it.each(Object.keys(catalogues))("have a text for every message in %s", (locale) => {
    const empty = Object.entries(catalogues[locale] ?? {}).filter(([, message]) =>
      texts(message).some((text) => text.trim() === ""),
    );
    expect(empty).toEqual([]);
  });

  it.each(Object.keys(catalogues))("never shout in %s", (locale) => {
    const all = Object.values(catalogues[locale] ?? {}).flatMap(texts);
    expect(all.filter((text) => text.includes("!"))).toEqual([]);
  });

  it("say du in German, never Sie", () => {
    const formal = Object.values(de as Record<string, Message>)
      .flatMap(texts)
      .filter((text) => /\b(Ihnen|Ihr|Ihre[mnrs]?)\b/.test(text));
    expect(formal).toEqual([]);
  });

  it("ask for consent in exactly two sentences", () => {
    for (const { consent_body } of [en, de]) {
      expect(consent_body.match(/\.(\s|$)/g)).toHaveLength(2);
    }
  });
});
