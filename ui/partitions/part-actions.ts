import type { Edit, EditedPartition } from "#rescue/api/contract.ts";
import { t } from "#ui/i18n/index.ts";
import type { EditForm } from "#ui/partitions/edit-dialog.tsx";
import type { Partitions } from "#ui/partitions/partitions.ts";
import { sizesOf, startsOf } from "#ui/partitions/place.ts";
import type { MenuItem } from "#ui/parts/menu.tsx";

/** All that can be done with a partition, as it is now. */
export function partActions(editor: Partitions, one: EditedPartition, open: (form: EditForm) => void): MenuItem[] {
  const { number, role, filesystem, active, source, start, size } = one;
  const isMbr = editor.after.value?.tableType === "mbr";
  const [least, most] = one.least === undefined && source !== undefined ? [size, size] : sizesOf(one);
  const [first, last] = startsOf(one);
  const put = (label: string, to: { start: number; size: number }): MenuItem => ({
    ...{ label, onChoose: () => editor.put(one, to) },
  });
  const add = (label: string, edit: Edit, isDanger = false): MenuItem => ({
    ...{ label, onChoose: () => editor.add(edit), isDanger },
  });
  const ask = (label: string, form: EditForm): MenuItem => ({ label, onChoose: () => open(form) });
  const isReal = role !== "extended";
  return [
    ...(size < most ? [put(t("partitions.grow"), { start, size: most })] : []),
    ...(size > least ? [put(t("partitions.shrink"), { start, size: least })] : []),
    ...(isReal && start > first ? [put(t("partitions.move-left"), { start: first, size })] : []),
    ...(isReal && start < last ? [put(t("partitions.move-right"), { start: last, size })] : []),
    ...(isReal ? [ask(t("partitions.format"), "format")] : []),
    ...(isReal && filesystem ? [ask(t("partitions.label"), "label")] : []),
    ...(isMbr ? [] : [ask(t("partitions.name"), "name")]),
    ...(isReal ? [ask(t("partitions.set-type"), "type")] : []),
    ...(role === "primary"
      ? [add(t(active ? "partitions.not-started" : "partitions.started"), { op: "active", number, active: !active })]
      : []),
    add(t("partitions.delete"), { op: "delete", number }, source !== undefined && isReal),
  ];
}
