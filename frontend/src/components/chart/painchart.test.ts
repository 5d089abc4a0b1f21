import { render, screen } from "@testing-library/svelte";
import { expect, it, vi } from "vitest";
import ChartTable from "./ChartTable.svelte";
import type { ChartData } from "./data";
import PainChart from "./PainChart.svelte";

const data: ChartData = {
  span: "month",
  from: "2026-10-27",
  to: "2026-11-23",
  days: [{ date: "2026-11-22", low: 2, high: 5, typical: 3, count: 3 }],
  episodes: [{ from: "2026-11-03", to: null, closed_as: "" }],
  flares: [],
  walks: [],
};

it("the chart is one picture with a name and a description", () => {
  // jsdom has no layout, so that nothing is drawn: the words do not wait for it.
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
  render(PainChart, { data });
  const picture = screen.getByRole("img", { name: "Pain over 4 weeks, from 0 to 10" });
  const description = picture.getAttribute("aria-describedby") ?? "";
  expect(document.getElementById(description)?.textContent).toMatch(/highest 5 of 10/);
});

it("the table behind it has a row a day and no column for walks that were none", () => {
  render(ChartTable, { data });
  expect(screen.getByText("All numbers as a table")).toBeTruthy();
  expect(document.querySelectorAll("tbody tr")).toHaveLength(28);
  expect([...document.querySelectorAll("thead th")].map((th) => th.textContent)).toEqual([
    "Day",
    "Typical",
    "Range",
  ]);
});
