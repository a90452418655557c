// @vitest-environment happy-dom

import { signal } from "@preact/signals";
import { cleanup, fireEvent, render, screen, within } from "@testing-library/preact";
import axe from "axe-core";
import { afterEach, expect, it } from "vitest";
import { DiskBar } from "#ui/disk/disk-bar.tsx";
import { DiskView } from "#ui/disk/disk-view.tsx";
import { PartitionTable } from "#ui/disk/partition-table.tsx";

afterEach(cleanup);

const GiB = 1024 ** 3;
const common = { type: "0x83", active: false, role: "primary" } as const;
const layout = {
  size: 100 * GiB,
  partitions: [
    { ...common, number: 1, start: 1024 ** 2, size: 512 * 1024 ** 2, typeName: "EFI system" },
    {
      ...common,
      number: 2,
      start: 513 * 1024 ** 2,
      size: 60 * GiB,
      typeName: "Linux",
      usedBytes: 15 * GiB,
      mode: "used-blocks",
      filesystem: { type: "ext4", label: "root", blockSize: 4096, size: 60 * GiB, warnings: [] },
    },
  ],
};

it("tells everything about each partition in the table", async () => {
  const { container } = render(
    <PartitionTable layout={layout} fate="new" caption="After" selection={signal(undefined)} />,
  );
  const rows = screen.getAllByRole("row").map((row) =>
    within(row)
      .queryAllByRole("cell")
      .map((c) => c.textContent),
  );
  expect(rows.slice(1)).toEqual([
    ["EFI system", "not recognised", "512\u00a0MiB", "–", "written"],
    ["root", "ext4", "60\u00a0GiB", "15\u00a0GiB", "written"],
  ]);
  expect(screen.getByRole("table", { name: "After" })).toBeDefined();
  expect((await axe.run(container)).violations).toEqual([]);
});

it("draws shares and the used part to scale, and says when a part is not", () => {
  const { container } = render(
    <DiskBar layout={layout} fate="erase" caption="Now" scale={200 * GiB} selection={signal(undefined)} />,
  );
  const bar = container.querySelector<HTMLElement>(".disk__bar");
  expect(bar?.style.width).toBe("50%");
  const segments = [...container.querySelectorAll<HTMLElement>(".segment")];
  expect(segments.map((s) => s.className.replace("segment segment--", ""))).toEqual(["erase", "erase", "free"]);
  expect(container.querySelector<HTMLElement>(".segment__used")?.style.width).toBe("25%");
  expect(segments[0]?.textContent).toContain("≠");
  expect(segments[1]?.textContent).not.toContain("≠");
  expect(screen.getByText(/drawn wider/)).toBeDefined();
});

it("marks in the table what is pressed in the bar", () => {
  const { container } = render(<DiskView layout={layout} caption="Now" />);
  const [, second] = container.querySelectorAll(".segment");
  if (!second) throw new Error("the second partition is not drawn");
  fireEvent.click(second);
  expect(container.querySelector(".table__row--selected")?.textContent).toMatch(/^2root/);
  expect(second.className).toContain("segment--selected");
  fireEvent.click(second);
  expect(container.querySelector(".table__row--selected")).toBeNull();
});

it("says in words that a disk has no partitions", () => {
  render(
    <PartitionTable layout={{ size: GiB, partitions: [] }} fate="now" caption="Now" selection={signal(undefined)} />,
  );
  expect(screen.getByText("No partitions")).toBeDefined();
});
