import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import type { Edit } from "#rescue/api/contract.ts";
import { format, t } from "#ui/i18n/index.ts";
import { type Filesystem, filesystems } from "#ui/partitions/edit-dialog.tsx";
import type { FreeSpace } from "#ui/partitions/partitions.ts";
import { Button } from "#ui/parts/button.tsx";
import { Dialog, titleOf } from "#ui/parts/dialog.tsx";
import { Radios } from "#ui/parts/radios.tsx";
import { Select } from "#ui/parts/select.tsx";
import { SignalField } from "#ui/parts/signal-field.tsx";
import { MIB, roundDownMib } from "#ui/parts/size.ts";
import { SizeField } from "#ui/parts/size-field.tsx";
import { useShell } from "#ui/shell/context.ts";

/** A new partition in a free space: how large, at which end, with what in it. */
export function CreateDialog({ space, onClose }: { space: FreeSpace; onClose: () => void }): JSX.Element {
  const { partitions } = useShell();
  const { tableType, partitions: all = [] } = partitions.after.value ?? {};
  const isMbr = tableType === "mbr";
  /** Around the first logical one an extended partition is made, with a record before it. */
  const mayBeLogical = isMbr && space.inside === "disk" && !all.some(({ role }) => role === "extended");
  const role = useSignal<"primary" | "logical">(space.inside === "extended" ? "logical" : "primary");
  const first = space.start + (mayBeLogical && role.value === "logical" ? MIB : 0);
  const most = space.end - first;
  const wished = useSignal(most);
  const size = Math.min(wished.value, most);
  const end = useSignal<"start" | "end">("start");
  const filesystem = useSignal<Filesystem | "none">("ext4");
  const label = useSignal("");
  const name = useSignal("");
  const want = () => {
    onClose();
    const start = end.value === "start" ? first : Math.max(first, roundDownMib(space.end - size));
    const edit: Edit = {
      ...{ op: "create", start, size },
      ...(isMbr && { role: role.value }),
      ...(filesystem.value !== "none" && { filesystem: filesystem.value }),
      ...(filesystem.value !== "none" && label.value.trim() !== "" && { label: label.value.trim() }),
      ...(!isMbr && name.value.trim() !== "" && { name: name.value.trim() }),
    };
    partitions.add(edit);
  };
  return (
    <Dialog
      title={titleOf(t("partitions.create"))}
      wide
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
      <div>
        <p>
          <strong>{t("disk.size")}</strong>{" "}
          <span class="muted">{t("layout.limits", { least: format.bytes(MIB), most: format.bytes(most) })}</span>
        </p>
        <SizeField
          name={t("partitions.new-size")}
          field={(unit) => t("partitions.new-size-field", { unit })}
          {...{ value: size, least: MIB, most, unit: partitions.unit }}
          ends={[t("layout.least"), t("layout.most")]}
          onSet={(bytes) => {
            wished.value = bytes;
          }}
        />
      </div>
      {mayBeLogical && (
        <Radios
          legend={t("partitions.role")}
          name="role"
          value={role.value}
          options={[
            { value: "primary", label: t("partitions.primary") },
            { value: "logical", label: t("partitions.logical") },
          ]}
          onChoose={(value) => {
            role.value = value;
          }}
        />
      )}
      {size < most && (
        <Radios
          legend={t("partitions.where")}
          name="where"
          value={end.value}
          options={[
            { value: "start", label: t("partitions.at-start") },
            { value: "end", label: t("partitions.at-end") },
          ]}
          onChoose={(value) => {
            end.value = value;
          }}
        />
      )}
      <Select
        label={t("disk.filesystem")}
        options={[...filesystems, { value: "none" as const, label: t("partitions.no-filesystem") }]}
        value={filesystem.value}
        onChoose={(value) => {
          filesystem.value = value;
        }}
      />
      {filesystem.value !== "none" && <SignalField label={t("partitions.label-field")} text={label} />}
      {!isMbr && <SignalField label={t("partitions.name-field")} text={name} />}
    </Dialog>
  );
}
