import { m } from "../../paraglide/messages.js";
import { cueAt, type Cue } from "./bouts";
import { voice } from "./sound.svelte";
import type { Mark } from "./timer";
import type { Recording } from "./types";

/** The last seconds before a change are counted. */
const COUNTED = 3;

/** Says what is due, each thing once, and answers what happens with it. */
export class Guide {
  #said = "";

  at({ bouts, marks }: Recording, now: number): Mark | null {
    const cue = cueAt(bouts, marks, now);
    if (cue.say === "soon" && cue.seconds <= 0) {
      this.#say("backward", () => voice.say("backward", m.walk_say_backward()));
      return { kind: "backward", at: now };
    }
    if (cue.say === "backward" && cue.seconds <= 0) {
      this.#say("forward", () => voice.say("forward", m.walk_say_forward()));
      // A page that slept is late: the bout was as long as it was meant to be.
      return { kind: "forward", at: now + Math.min(0, cue.exact) };
    }
    this.#announce(cue);
    return null;
  }

  #announce(cue: Cue): void {
    if (cue.say === "forward") return void (this.#said = "");
    if (cue.seconds <= COUNTED) return this.#say(`${cue.seconds}`, () => voice.say("count"));
    if (cue.say !== "soon") return;
    const words = () => m.walk_say_soon({ seconds: cue.seconds });
    this.#say("soon", () => voice.say("soon", words()));
  }

  #say(what: string, aloud: () => void): void {
    if (this.#said === what) return;
    this.#said = what;
    aloud();
  }
}
