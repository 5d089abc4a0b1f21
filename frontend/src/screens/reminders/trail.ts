/** The list of reminders as a path through the day: sections, marks, how far the day has come. */
import type { Reminder } from "../../api/types";
import type { Mark } from "../../components/Trail.svelte";
import { byTime, nextOf, partOfDay, placeOf, slotsToday, type PartOfDay } from "./slots";

export interface Stop {
  reminder: Reminder;
  mark: Mark;
  /** This one rings next, today or later. */
  next: boolean;
  done: "none" | "half" | "all";
}

export interface Section {
  part: PartOfDay;
  lane: 0 | 1;
  /** The lane of the section before, where this one's bend begins. */
  from: 0 | 1;
  done: "none" | "all";
  stops: Stop[];
}

type Held = (reminder: Reminder) => boolean;

export function trail(
  reminders: readonly Reminder[],
  now: Date,
  isHeld: Held = () => false,
): Section[] {
  const ordered = byTime(reminders, now);
  const next = nextOf(ordered.filter((one) => !isHeld(one)));
  const marks = ordered.map((reminder) => markOf(reminder, next, now));
  const reached = reachedIndex(marks);
  const sections: Section[] = [];
  ordered.forEach((reminder, i) => {
    const part = partOfDay(placeOf(reminder, now));
    const section = sections.at(-1)?.part === part ? sections.at(-1) : undefined;
    const stop: Stop = {
      reminder,
      mark: marks[i] ?? "to-come",
      next: reminder.id === next?.id,
      done: i < reached ? "all" : i === reached ? "half" : "none",
    };
    if (section) section.stops.push(stop);
    else sections.push(newSection(part, sections.at(-1), i <= reached, stop));
  });
  return sections;
}

function newSection(
  part: PartOfDay,
  before: Section | undefined,
  done: boolean,
  stop: Stop,
): Section {
  const lane = part === "afternoon" ? 1 : 0;
  return { part, lane, from: before?.lane ?? lane, done: done ? "all" : "none", stops: [stop] };
}

function markOf(reminder: Reminder, next: Reminder | null, now: Date): Mark {
  if (!reminder.enabled) return "off";
  const slots = slotsToday([reminder], now);
  const left = slots.filter(({ at }) => at > now);
  if (reminder.id === next?.id && left.length > 0) return "here";
  return slots.length > 0 && left.length === 0 ? "past" : "to-come";
}

/** The ribbon runs to where the day is: the next reminder today, else the last that passed. */
function reachedIndex(marks: readonly Mark[]): number {
  const here = marks.indexOf("here");
  return here >= 0 ? here : marks.lastIndexOf("past");
}
