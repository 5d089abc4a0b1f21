/**
 * What is heard while the phone is in a pocket: tones made here, a spoken word where the browser
 * speaks, and a tap on the leg where the phone can. Tones carry the meaning; the rest is an extra.
 */
import { language } from "../../frame/language.svelte";

/** Rising: now backward. Falling: now forward. One: get ready. */
const TONES = {
  soon: [660],
  count: [660],
  backward: [523, 659, 784],
  forward: [784, 659, 523],
} as const;
export type Tone = keyof typeof TONES;

const NOTE_S = 0.16;
const LOUD = 0.35;
const BUZZ: Record<Tone, number[]> = {
  soon: [80],
  count: [40],
  backward: [200, 100, 200],
  forward: [500],
};

class Voice {
  on = $state(true);
  #audio: AudioContext | null = null;

  /** From a tap: browsers let a page make sounds only after one. */
  wake(): void {
    try {
      this.#audio ??= new AudioContext();
      // iOS interrupts it when the phone is locked.
      if (this.#audio.state !== "running") void this.#audio.resume().catch(() => undefined);
    } catch {
      this.#audio = null;
    }
  }

  say(tone: Tone, words = ""): void {
    vibrate(BUZZ[tone]);
    if (!this.on) return;
    this.wake();
    this.#play(TONES[tone]);
    if (words) speak(words);
  }

  switch(): void {
    this.on = !this.on;
    if (!this.on && "speechSynthesis" in globalThis) speechSynthesis.cancel();
    else this.say("soon");
  }

  #play(notes: readonly number[]): void {
    const audio = this.#audio;
    if (!audio) return;
    notes.forEach((pitch, i) => {
      const from = audio.currentTime + i * NOTE_S;
      const [note, volume] = [audio.createOscillator(), audio.createGain()];
      note.frequency.value = pitch;
      volume.gain.setValueAtTime(0, from);
      volume.gain.linearRampToValueAtTime(LOUD, from + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.001, from + NOTE_S);
      note.connect(volume).connect(audio.destination);
      note.start(from);
      note.stop(from + NOTE_S);
    });
  }
}

function vibrate(pattern: number[]): void {
  if ("vibrate" in navigator) navigator.vibrate(pattern);
}

function speak(words: string): void {
  if (!("speechSynthesis" in globalThis)) return;
  const said = new SpeechSynthesisUtterance(words);
  said.lang = language.current;
  speechSynthesis.speak(said);
}

export const voice = new Voice();
