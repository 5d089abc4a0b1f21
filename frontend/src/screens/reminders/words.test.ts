import { beforeEach, expect, it, vi } from "vitest";
import { kindName, windowInWords } from "./words";

beforeEach(() => {
  vi.spyOn(navigator, "languages", "get").mockReturnValue(["en-GB"]);
});

it("says a window in one sentence, and nothing about set times", () => {
  const window = { days: [0], from: "09:00", to: "17:00", every_minutes: 45 };
  expect(windowInWords(window)).toBe("09:00 to 17:00, every 45 min");
  const lunch: [string, string][] = [["12:00", "13:00"]];
  expect(windowInWords({ ...window, except: lunch })).toBe(
    "09:00 to 17:00, every 45 min, not 12:00 to 13:00",
  );
  expect(windowInWords({ days: [0], times: ["09:00"] })).toBe("");
});

it("calls a kind that it does not know simply a reminder", () => {
  expect(kindName("move")).toBe("Change position");
  expect(kindName("something_new")).toBe("Reminder");
});
