import type { Component } from "svelte";
import type { IconName } from "../components/icons";
import { m } from "../paraglide/messages.js";
import { matchPath, type Params } from "../router";
import Today from "./today/Today.svelte";

export type Room = "today" | "move" | "diary" | "learn" | "you";

/** Every screen gets its address's parts and its query. */
export interface ScreenProps {
  params: Params;
  query: URLSearchParams;
}

/** Most screens need none of their props; only the app, which gives all of them, must know. */
type ScreenComponent = Component<never>;

export interface Screen {
  path: string;
  room: Room | null;
  /** One question and nothing else: the bar of rooms stays away. */
  alone?: boolean;
  title: () => string;
  load: () => Promise<{ default: ScreenComponent }>;
}

export interface Found {
  screen: Screen;
  params: Params;
}

/** Today comes with the first load; every other room when it is opened, or from the precache. */
const screens: Screen[] = [
  {
    path: "/",
    room: "today",
    title: m.room_today,
    load: () => Promise.resolve({ default: Today }),
  },
  { path: "/move", room: "move", title: m.room_move, load: () => import("./move/Move.svelte") },
  {
    path: "/move/gate",
    room: null,
    alone: true,
    title: m.gate_label,
    load: () => import("./gate/Gate.svelte"),
  },
  {
    path: "/move/plan",
    room: "move",
    title: m.wplan_title,
    load: () => import("./plan/Plan.svelte"),
  },
  {
    path: "/move/back",
    room: "move",
    title: m.look_title,
    load: () => import("./lookback/LookBack.svelte"),
  },
  {
    path: "/walk/now",
    room: null,
    alone: true,
    title: m.kind_walk,
    load: () => import("./walk/Now.svelte"),
  },
  {
    path: "/walk/later/:id",
    room: null,
    alone: true,
    title: m.kind_walk,
    load: () => import("./later/Later.svelte"),
  },
  { path: "/walk/new", room: "move", title: m.kind_walk, load: () => import("./walk/New.svelte") },
  {
    path: "/walk/backward",
    room: "move",
    title: m.back_title,
    load: () => import("./backward/Backward.svelte"),
  },
  { path: "/walk/:id", room: "move", title: m.kind_walk, load: () => import("./walk/One.svelte") },
  {
    path: "/diary",
    room: "diary",
    title: m.room_diary,
    load: () => import("./diary/Diary.svelte"),
  },
  {
    path: "/learn",
    room: "learn",
    title: m.room_learn,
    load: () => import("./learn/Learn.svelte"),
  },
  { path: "/you", room: "you", title: m.room_you, load: () => import("./you/You.svelte") },
  {
    path: "/you/reminders",
    room: "you",
    title: m.reminders_title,
    load: () => import("./reminders/Reminders.svelte"),
  },
  {
    path: "/you/reminders/new",
    room: "you",
    title: m.reminder_new_title,
    load: () => import("./reminders/ReminderForm.svelte"),
  },
  {
    path: "/you/reminders/history",
    room: "you",
    title: m.history_title,
    load: () => import("./reminders/History.svelte"),
  },
  {
    path: "/you/reminders/settings",
    room: "you",
    title: m.settings_title,
    load: () => import("./reminders/Settings.svelte"),
  },
  {
    path: "/you/reminders/devices",
    room: "you",
    title: m.devices_title,
    load: () => import("./reminders/Devices.svelte"),
  },
  {
    path: "/you/reminders/calendar",
    room: "you",
    title: m.calendar_title,
    load: () => import("./reminders/Calendar.svelte"),
  },
  {
    path: "/you/reminders/:id",
    room: "you",
    title: m.reminder_edit_title,
    load: () => import("./reminders/ReminderForm.svelte"),
  },
  {
    path: "/check",
    room: null,
    alone: true,
    title: m.check_title,
    load: () => import("./check/Check.svelte"),
  },
  {
    path: "/check/result/:id",
    room: null,
    alone: true,
    title: m.check_result_title,
    load: () => import("./check/Result.svelte"),
  },
  {
    path: "/check/clearance",
    room: "today",
    title: m.clearance_title,
    load: () => import("./check/Clearance.svelte"),
  },
  {
    path: "/check/why",
    room: "diary",
    title: m.why_title,
    load: () => import("./check/Why.svelte"),
  },
  {
    path: "/check/history",
    room: "diary",
    title: m.checks_title,
    load: () => import("./check/History.svelte"),
  },
  {
    path: "/evening/:id",
    room: null,
    alone: true,
    title: m.evening_title,
    load: () => import("./evening/Evening.svelte"),
  },
  {
    path: "/diary/trends",
    room: "diary",
    title: m.trends_title,
    load: () => import("./trends/Trends.svelte"),
  },
  {
    path: "/flare",
    room: "today",
    title: m.flare_title,
    load: () => import("./flare/Flare.svelte"),
  },
  {
    path: "/diary/new",
    room: "diary",
    title: m.entry_new_title,
    load: () => import("./diary/NewEntry.svelte"),
  },
  {
    path: "/diary/measures",
    room: "diary",
    title: m.measures_title,
    load: () => import("./measures/Measures.svelte"),
  },
  {
    path: "/diary/measures/peg",
    room: "diary",
    title: m.peg_title,
    load: () => import("./measures/Peg.svelte"),
  },
  {
    path: "/diary/measures/psfs",
    room: "diary",
    title: m.psfs_title,
    load: () => import("./measures/Psfs.svelte"),
  },
  {
    path: "/diary/:id",
    room: "diary",
    title: m.room_diary,
    load: () => import("./diary/EditEntry.svelte"),
  },
  {
    path: "/answer/:id",
    room: null,
    alone: true,
    title: m.answer_title,
    load: () => import("./answer/Answer.svelte"),
  },
];

const notFound: Screen = {
  path: "",
  room: null,
  title: m.not_found_title,
  load: () => import("./notfound/NotFound.svelte"),
};

export function findScreen(path: string): Found {
  for (const screen of screens) {
    const params = matchPath(screen.path, path);
    if (params) return { screen, params };
  }
  return { screen: notFound, params: {} };
}

export interface RoomLink {
  id: Room;
  href: string;
  icon: IconName;
  name: string;
}

export function rooms(): RoomLink[] {
  return [
    { id: "today", href: "/", icon: "curl", name: m.room_today() },
    { id: "move", href: "/move", icon: "move", name: m.room_move() },
    { id: "diary", href: "/diary", icon: "diary", name: m.room_diary() },
    { id: "learn", href: "/learn", icon: "learn", name: m.room_learn() },
    { id: "you", href: "/you", icon: "you", name: m.room_you() },
  ];
}
