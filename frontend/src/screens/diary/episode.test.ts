import { describe, expect, it } from "vitest";
import { dayOf, lengthOf, withWrites, writes } from "./episode";
import type { Episode } from "./types";

const NOW = new Date(2026, 10, 23, 9);

const episode: Episode = {
  ...{ id: "e", onset_at: "2026-11-18T10:00:00Z", began_on: "2026-11-18", day: 6 },
  ...{ closed_at: null, closed_as: "", clinician: "", seen_on: null, chronic: false },
  next_prompt_at: "2026-11-24T18:30:00Z",
};

const waiting = (write: ReturnType<(typeof writes)["began"]>) => ({
  ...{ path: write.path, method: write.method, body: write.body },
  state: "waiting" as const,
});

describe("an episode with what waits on this phone", () => {
  it("is over once it is gone, and asks nothing more", () => {
    const [after] = withWrites([episode], [waiting(writes.close(episode, NOW))]);
    expect(after).toMatchObject({
      ...{ closed_at: NOW.toISOString(), closed_as: "gone", next_prompt_at: null },
    });
  });

  it("is open again after an undo that came later", () => {
    const said = [waiting(writes.close(episode, NOW)), waiting(writes.reopen(episode))];
    expect(withWrites([episode], said)[0]?.closed_at).toBeNull();
  });

  it("does not close another one", () => {
    const other = { ...episode, id: "other" };
    expect(withWrites([episode], [waiting(writes.close(other, NOW))])).toEqual([episode]);
  });

  it("has the first day that was corrected, and who was seen", () => {
    const said = [
      waiting(writes.began(episode, "2026-11-10")),
      waiting(writes.seen(episode, "doctor", "2026-11-20")),
    ];
    expect(withWrites([episode], said)[0]).toMatchObject({
      ...{ began_on: "2026-11-10", clinician: "doctor", seen_on: "2026-11-20" },
    });
  });

  it("is as the server has it where the server said no", () => {
    const refused = { ...waiting(writes.close(episode, NOW)), state: "refused" as const };
    expect(withWrites([episode], [refused])).toEqual([episode]);
  });
});

describe("its days", () => {
  it("are counted from the first, which is day 1", () => {
    expect(dayOf(episode, new Date(2026, 10, 18, 23, 59))).toBe(1);
    expect(dayOf(episode, new Date(2026, 10, 19))).toBe(2);
    expect(dayOf(episode, NOW)).toBe(6);
  });

  it("are counted to the last once it is over", () => {
    const over = { ...episode, closed_at: new Date(2026, 10, 20, 8).toISOString() };
    expect(lengthOf(over)).toBe(3);
  });
});
