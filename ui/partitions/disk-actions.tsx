import type { JSX } from "preact";
import { t } from "#ui/i18n/index.ts";
import { Menu, type MenuItem } from "#ui/parts/menu.tsx";
import { MIB } from "#ui/parts/size.ts";
import { useShell } from "#ui/shell/context.ts";

/** What can be done to a disk as a whole. Like all else here, it is only wanted until it is applied. */
export function DiskActions(): JSX.Element {
  const { partitions } = useShell();
  const { tableType = "none", partitions: all = [] } = partitions.after.value ?? {};
  const crooked = all.filter(({ start, role }) => role !== "extended" && start % MIB !== 0);
  const items: MenuItem[] = [
    ...(tableType === "mbr"
      ? [{ label: t("partitions.to-gpt"), onChoose: () => partitions.add({ op: "convert", table: "gpt" }) }]
      : []),
    ...(tableType === "gpt"
      ? [{ label: t("partitions.to-mbr"), onChoose: () => partitions.add({ op: "convert", table: "mbr" }) }]
      : []),
    ...(crooked.length > 0
      ? [
          {
            label: t("partitions.align"),
            onChoose: () =>
              partitions.add(
                ...crooked.map(({ number }) => ({ op: "move" as const, number, start: "aligned" as const })),
              ),
          },
        ]
      : []),
    ...(["gpt", "mbr"] as const).map((table) => ({
      label: t(table === "gpt" ? "partitions.new-gpt" : "partitions.new-mbr"),
      onChoose: () => partitions.add({ op: "table", table }),
      isDanger: all.length > 0,
    })),
  ];
  return (
    <Menu icon="disk" isAtEnd items={items}>
      {t("partitions.table")}
    </Menu>
  );
}
