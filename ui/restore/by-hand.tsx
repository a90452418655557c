import { type Signal, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import type { LayoutLimit } from "#rescue/api/contract.ts";
import { partitionName } from "#ui/disk/segments.ts";
import { format, t } from "#ui/i18n/index.ts";
import { Section } from "#ui/parts/page.tsx";
import { roundDownMib, roundUpMib, type SizeUnit } from "#ui/parts/size.ts";
import { SizeField } from "#ui/parts/size-field.tsx";
import { Told } from "#ui/parts/told.tsx";
import { useRestore } from "#ui/shell/context.ts";

/** The size of each partition: by a slider, by a number, and by buttons; each says the same. */
export function ByHand(): JSX.Element | null {
  const restore = useRestore();
  const { what, some, byHand } = restore.wishes;
  const limits = restore.layout.value.value?.limits;
  const unit = useSignal<SizeUnit | undefined>(undefined);
  if (!limits) return <p class="muted">{t("layout.asking")}</p>;
  const chosen = limits.filter(
    ({ number }) => number in byHand.value && (what.value !== "some" || some.value.includes(number)),
  );
  return (
    <Section title={t("layout.manual")}>
      {chosen.map((limit) => (
        <SizeRow key={limit.number} limit={limit} unit={unit} />
      ))}
    </Section>
  );
}

function SizeRow(props: { readonly limit: LayoutLimit; readonly unit: Signal<SizeUnit | undefined> }): JSX.Element {
  const { limit } = props;
  const restore = useRestore();
  const { byHand } = restore.wishes;
  const { number } = limit;
  const disk = restore.target.value?.disk.size ?? limit.most;
  const [least, most] = [roundUpMib(limit.least), roundDownMib(Math.min(limit.most, disk))];
  const size = byHand.value[number] ?? limit.size;
  const info = restore.source.value?.partitions.find((one) => one.number === number);
  const name = info ? `${number}: ${partitionName(info)}` : String(number);
  const isFixed = least >= most;
  const why = limit.notSmaller ?? limit.notLarger;
  const range = t("layout.limits", { least: format.bytes(least), most: format.bytes(most) });
  return (
    <div class="size-row">
      <p>
        <strong>{name}</strong> <span class="muted">{isFixed ? format.bytes(size) : range}</span>
      </p>
      {isFixed ? (
        <p class="muted">{why && <Told of={why} />}</p>
      ) : (
        <SizeField
          name={t("layout.size-of", { name })}
          field={(unit) => t("layout.size-field", { name, unit })}
          {...{ value: size, least, most, unit: props.unit }}
          ends={[t("layout.least"), t("layout.most")]}
          onSet={(bytes) => {
            byHand.value = { ...byHand.value, [number]: bytes };
          }}
        />
      )}
    </div>
  );
}
