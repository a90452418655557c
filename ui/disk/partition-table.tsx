import type { JSX } from "preact";
import {
  type DrawnLayout,
  type DrawnPartition,
  filesystemName,
  partitionName,
  partitionNumber,
  type Role,
  type Selection,
  segmentKey,
} from "#ui/disk/segments.ts";
import { format, t, tData } from "#ui/i18n/index.ts";

/** The same as the bar above it, as text: number, name, file system, size, used, and what becomes of it. */
export function PartitionTable(props: {
  readonly layout: DrawnLayout;
  readonly fate: Role;
  readonly caption: string;
  readonly selection: Selection;
}): JSX.Element {
  const { partitions } = props.layout;
  if (partitions.length === 0) return <p class="muted">{t("disk.no-partitions")}</p>;
  const used = partitions.some((p) => p.usedBytes !== undefined);
  const action = props.fate !== "now";
  return (
    <table class="table">
      <caption class="visually-hidden">{props.caption}</caption>
      <thead>
        <tr>
          <th scope="col" aria-label={t("disk.partition")}>
            #
          </th>
          <th scope="col">{t("disk.name")}</th>
          <th scope="col">{t("disk.filesystem")}</th>
          <th scope="col" class="table__number">
            {t("disk.size")}
          </th>
          {used && (
            <th scope="col" class="table__number">
              {t("disk.used")}
            </th>
          )}
          {action && <th scope="col">{t("disk.action")}</th>}
        </tr>
      </thead>
      <tbody>
        {partitions.map((p) => (
          <Row
            key={`${p.number}-${p.start}`}
            partition={p}
            fate={props.fate}
            used={used}
            selected={props.selection.value === segmentKey(p)}
          />
        ))}
      </tbody>
    </table>
  );
}

function Row(props: { partition: DrawnPartition; fate: Role; used: boolean; selected: boolean }): JSX.Element {
  const { partition: p, fate, used, selected } = props;
  return (
    <tr class={selected ? "table__row--selected" : undefined}>
      <th scope="row">{partitionNumber(p)}</th>
      <td>{partitionName(p)}</td>
      <td>
        {filesystemName(p)}
        {p.mode && p.mode !== "used-blocks" && <span class="table__sub">{tData("mode", p.mode)}</span>}
      </td>
      <td class="table__number">{format.bytes(p.size)}</td>
      {used && <td class="table__number">{p.usedBytes === undefined ? "–" : format.bytes(p.usedBytes)}</td>}
      {fate !== "now" && (
        <td>
          <span class={`role role--${fate}`}>
            <span class="role__swatch" aria-hidden="true" />
            {t(`role.${fate}`)}
          </span>
        </td>
      )}
    </tr>
  );
}
