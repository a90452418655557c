import type { ComponentChildren, JSX } from "preact";
import type { Disk } from "#rescue/api/contract.ts";
import { diskModel, holds } from "#ui/disk/disk-words.ts";
import { format, t, tData } from "#ui/i18n/index.ts";
import { Choice } from "#ui/parts/choice.tsx";

/** One of several disks: by what people tell them apart. */
export function DiskChoice(props: {
  readonly group: string;
  readonly disk: Disk;
  readonly checked: boolean;
  readonly onChoose: () => void;
  /** Why it cannot be chosen. */
  readonly refusal?: { readonly text: string; readonly code: string } | undefined;
  readonly children?: ComponentChildren;
}): JSX.Element {
  const { disk, refusal } = props;
  const bus = tData("bus", disk.bus);
  return (
    <Choice
      group={props.group}
      icon={disk.removable || disk.bus === "usb" ? "stick" : "disk"}
      title={
        <>
          {diskModel(disk)} <span class="choice__size">{format.diskSize(disk.size)}</span>
        </>
      }
      checked={props.checked}
      onChoose={props.onChoose}
      refusal={refusal && { title: t("target.refused"), ...refusal }}
    >
      <p class="choice__facts">
        {disk.serial && (
          <span>
            {t("target.serial")} <Serial serial={disk.serial} />
          </span>
        )}
        <span>{disk.removable ? t("target.removable", { bus }) : bus}</span>
        <span class="muted">{disk.path}</span>
      </p>
      <p>{holds(disk)}</p>
      {props.children}
    </Choice>
  );
}

/** The end of the serial number is what differs between two disks of one model, and what is printed largest. */
const Serial = ({ serial }: { serial: string }): JSX.Element => (
  <span class="serial">
    {serial.slice(0, -4)}
    <strong>{serial.slice(-4)}</strong>
  </span>
);
