/** Where one goes on from the room. */
import type { IconName } from "../../components/icons";
import { m } from "../../paraglide/messages.js";
import type { Walking } from "./types";

export interface Way {
  href: string;
  icon: IconName;
  title: string;
  hint: string;
}

/** What stays open while walking is blocked. */
export function safeWays(): Way[] {
  return [
    {
      href: "/check?from=hand",
      icon: "warn",
      title: m.move_check_row(),
      hint: m.move_check_hint(),
    },
    { href: "/diary", icon: "diary", title: m.move_diary_row(), hint: m.move_diary_hint() },
    { href: "/learn", icon: "learn", title: m.move_learn_row(), hint: m.move_learn_hint() },
  ];
}

export function waysOn({ plan, backward, gate }: Walking): Way[] {
  const open = backward.state === "open";
  const { done_this_week: done, per_week: of } = backward;
  const hint = open ? m.move_backward_open({ done, of }) : m.move_backward_hint();
  const write: Way = {
    ...{ href: "/walk/new", icon: "plus" },
    ...{ title: m.move_write_row(), hint: m.move_write_hint() },
  };
  const back: Way = {
    ...{ href: "/move/back", icon: "clock" },
    ...{ title: m.move_back_row(), hint: m.move_back_hint() },
  };
  const backwards: Way = {
    ...{ href: "/walk/backward", icon: "swap", title: m.move_backward_row(), hint },
  };
  const settings: Way = plan
    ? { href: "/move/plan", icon: "sliders", title: m.move_plan_row(), hint: m.move_plan_hint() }
    : { href: "/move/gate", icon: "note", title: m.move_gate_row(), hint: m.move_gate_hint() };
  if (gate.state === "blocked") return [back, settings];
  return [write, back, backwards, settings];
}
