import type { Signal } from "@preact/signals";
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Edit, EditedPartition } from "#rescue/api/contract.ts";
import { type Loaded, load, NOTHING } from "#ui/api/loaded.ts";
import { partitionName, typeName } from "#ui/disk/segments.ts";
import { type PlainKey, t } from "#ui/i18n/index.ts";
import { Button } from "#ui/parts/button.tsx";
import { Dialog, titleOf } from "#ui/parts/dialog.tsx";
import { Select } from "#ui/parts/select.tsx";
import { SignalField } from "#ui/parts/signal-field.tsx";
import { useShell } from "#ui/shell/context.ts";

/** What is asked for before it is wanted. */
export type EditForm = "format" | "label" | "name" | "type";

export type Filesystem = Extract<Edit, { op: "format" }>["filesystem"];
export const filesystems: readonly { readonly value: Filesystem; readonly label: string }[] = [
  ...(["ext4", "xfs", "btrfs", "f2fs"] as const).map((value) => ({ value, label: value })),
  { value: "ntfs", label: "NTFS" },
  { value: "vfat", label: "FAT32" },
  { value: "exfat", label: "exFAT" },
  { value: "swap", label: "Linux swap" },
];

const titles: Readonly<Record<EditForm, PlainKey>> = {
  ...{ format: "partitions.format", label: "partitions.label", name: "partitions.name", type: "partitions.set-type" },
};

/** Another file system, label, name or type of one partition. */
export function EditDialog(props: {
  readonly form: EditForm;
  readonly one: EditedPartition;
  readonly onClose: () => void;
}): JSX.Element {
  const { form, one, onClose } = props;
  const { partitions } = useShell();
  const filesystem = useSignal<Filesystem>("ext4");
  const text = useSignal(form === "name" ? (one.name ?? "") : form === "label" ? (one.filesystem?.label ?? "") : "");
  const type = useSignal(one.type);
  const { number } = one;
  const label = text.value.trim();
  const edit: Edit = {
    format: { op: "format" as const, number, filesystem: filesystem.value, ...(label !== "" && { label }) },
    label: { op: "label" as const, number, label },
    name: { op: "name" as const, number, name: label },
    type: { op: "type" as const, number, type: type.value },
  }[form];
  const want = () => {
    onClose();
    partitions.add(edit);
  };
  return (
    <Dialog
      title={`${titleOf(t(titles[form]))} – ${number}: ${partitionName(one)}`}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t("operation.cancel")}</Button>
          <Button kind="primary" onPress={want}>
            {t("partitions.add")}
          </Button>
        </>
      }
    >
      {form === "format" && (
        <>
          <Select
            label={t("disk.filesystem")}
            options={filesystems}
            value={filesystem.value}
            onChoose={(value) => {
              filesystem.value = value;
            }}
          />
          {one.source !== undefined && <p>{t("partitions.format-loses")}</p>}
        </>
      )}
      {form === "type" ? (
        <Types type={type} />
      ) : (
        <SignalField label={t(form === "name" ? "disk.name" : "partitions.label-field")} text={text} />
      )}
    </Dialog>
  );
}

type Types = { readonly gpt: readonly { type: string; name: string }[]; readonly mbr: Types["gpt"] };

function Types({ type }: { type: Signal<string> }): JSX.Element {
  const { api, partitions } = useShell();
  const types = useSignal<Loaded<Types>>(NOTHING);
  useEffect(() => void load(types, () => api.call("partitionTypes")), []);
  const known = types.value.value?.[partitions.after.value?.tableType === "mbr" ? "mbr" : "gpt"] ?? [];
  const all = known.some((one) => one.type === type.value) ? known : [{ type: type.value, name: type.value }, ...known];
  return (
    <Select
      label={t("partitions.type")}
      options={all.map((one) => ({ value: one.type, label: typeName(one.name) }))}
      value={type.value}
      onChoose={(value) => {
        type.value = value;
      }}
    />
  );
}
