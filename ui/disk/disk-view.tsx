import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { DiskBar } from "#ui/disk/disk-bar.tsx";
import { PartitionTable } from "#ui/disk/partition-table.tsx";
import type { DrawnLayout } from "#ui/disk/segments.ts";

/** A disk or an image as it is: the bar, and below it the same as a table. */
export function DiskView({ layout, caption }: { layout: DrawnLayout; caption: string }): JSX.Element {
  const selection = useSignal<string | undefined>(undefined);
  return (
    <>
      <DiskBar layout={layout} fate="now" selection={selection} />
      <PartitionTable layout={layout} fate="now" caption={caption} selection={selection} />
    </>
  );
}
