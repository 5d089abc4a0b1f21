import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it, vi } from "vitest";

const session = vi.hoisted(() => ({ consented: true }));
vi.mock("../../frame/session.svelte", () => ({ session }));

/** The app opened anew on the same phone. */
async function app() {
  vi.resetModules();
  return import("./drafts");
}

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  session.consented = true;
});

describe("what is typed and not saved", () => {
  it("is there on coming back to the screen, and after the phone has closed the app", async () => {
    const first = await app();
    first.keepDraft("entry:new", { note: "half" });
    expect(await first.draftOf("entry:new")).toEqual({ note: "half" });
    await vi.waitFor(async () => {
      const again = await app();
      expect(await again.draftOf("entry:new")).toEqual({ note: "half" });
    });
  });

  it("is nobody else's", async () => {
    const { draftOf, keepDraft } = await app();
    keepDraft("entry:a", { note: "half" });
    expect(await draftOf("entry:b")).toBeUndefined();
  });

  it("is forgotten once it is saved", async () => {
    const { forgetDraft, keepDraft } = await app();
    keepDraft("entry:new", { note: "half" });
    await forgetDraft("entry:new");
    const again = await app();
    expect(await again.draftOf("entry:new")).toBeUndefined();
  });

  it("is not stored before the person has agreed to storing anything", async () => {
    session.consented = false;
    const first = await app();
    first.keepDraft("entry:new", { note: "half" });
    expect(await first.draftOf("entry:new")).toEqual({ note: "half" });
    const again = await app();
    expect(await again.draftOf("entry:new")).toBeUndefined();
  });
});
