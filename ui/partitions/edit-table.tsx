import type { JSX } from "preact";
import type { EditedDisk } from "#rescue/api/contract.ts";
import { filesystemName, partitionName, segmentKey } from "#ui/disk/segments.ts";
import { format, t } from "#ui/i18n/index.ts";
import { fateOf, fateText } from "#ui/partitions/fate.ts";
import { type FreeSpace, freeKey } from "#ui/partitions/partitions.ts";
import { useShell } from "#ui/shell/context.ts";

type Row = { readonly start: number } & (
  | { readonly one: EditedDisk["partitions"][number] }
  | { readonly free: FreeSpace }
);

/** The same as the bar, as text, with the free spaces: one row is chosen with the arrow keys or a press. */
export function EditTable(): JSX.Element {
  const { partitions } = useShell();
  const now = partitions.answer.value.value?.now;
  const after = partitions.after.value;
  if (!now || !after) return <p class="muted">{t("disk.no-partitions")}</p>;
  const rows: Row[] = [
    ...after.partitions.map((one) => ({ start: one.start, one })),
    ...after.free.map((free) => ({ start: free.start, free })),
  ].toSorted((a, b) => a.start - b.start);
  if (rows.length === 0) return <p class="muted">{t("disk.no-partitions")}</p>;
  return (
    <table class="table table--choice">
      <caption class="visually-hidden">{t("partitions.list")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("disk.partition")}</th>
          <th scope="col">{t("disk.filesystem")}</th>
          <th scope="col" class="table__number">
            {t("disk.size")}
          </th>
          <th scope="col">{t("partitions.change")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) =>
          "one" in row ? (
            <Chosen
              key={segmentKey(row.one)}
              id={segmentKey(row.one)}
              name={`${row.one.number}: ${partitionName(row.one)}`}
            >
              <td>{filesystemName(row.one)}</td>
              <td class="table__number">{format.bytes(row.one.size)}</td>
              <td>
                <span class={`role role--${fateOf(row.one, now)}`}>
                  <span class="role__swatch" aria-hidden="true" />
                  {fateText(row.one, now)}
                </span>
              </td>
            </Chosen>
          ) : (
            <Chosen key={freeKey(after, row.free)} id={freeKey(after, row.free)} name={t("disk.free")}>
              <td>–</td>
              <td class="table__number">{format.bytes(row.free.end - row.free.start)}</td>
              <td>{row.free.inside === "extended" ? t("partitions.for-logical") : "–"}</td>
            </Chosen>
          ),
        )}
      </tbody>
    </table>
  );
}

function Chosen(props: { id: string; name: string; children: JSX.Element[] }): JSX.Element {
  const { partitions } = useShell();
  const isChosen = partitions.selected.value === props.id;
  return (
    <tr class={isChosen ? "table__row--selected" : undefined}>
      <th scope="row">
        <div class="check table__choice">
          <input
            type="radio"
            name="part"
            id={`part-${props.id}`}
            checked={isChosen}
            onChange={() => {
              partitions.selected.value = props.id;
            }}
          />
          <label for={`part-${props.id}`}>{props.name}</label>
        </div>
      </th>
      {props.children}
    </tr>
  );
}
