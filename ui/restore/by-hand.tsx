import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useId } from "preact/hooks";
import type { LayoutLimit } from "#rescue/api/contract.ts";
import { partitionName } from "#ui/disk/segments.ts";
import { format, t } from "#ui/i18n/index.ts";
import { Button } from "#ui/parts/button.tsx";
import { Section } from "#ui/parts/page.tsx";
import { bytesOfGib, gibOfBytes, MIB } from "#ui/restore/wish.ts";
import { useRestore } from "#ui/shell/context.ts";

const GIB = 1024 ** 3;

/** The size of each partition: by a slider, by a number, and by buttons; each says the same. */
export function ByHand(): JSX.Element | null {
  const restore = useRestore();
  const { what, some, byHand } = restore.wishes;
  const limits = restore.layout.value.value?.limits;
  if (!limits) return <p class="muted">{t("layout.asking")}</p>;
  const chosen = limits.filter(
    ({ number }) => number in byHand.value && (what.value !== "some" || some.value.includes(number)),
  );
  return (
    <Section title={t("layout.manual")}>
      {chosen.map((limit) => (
        <SizeRow key={limit.number} limit={limit} />
      ))}
    </Section>
  );
}

function SizeRow({ limit }: { limit: LayoutLimit }): JSX.Element {
  const restore = useRestore();
  const id = useId();
  const { byHand } = restore.wishes;
  const { number } = limit;
  const disk = restore.target.value?.disk.size ?? limit.most;
  const [least, most] = [Math.ceil(limit.least / MIB) * MIB, Math.floor(Math.min(limit.most, disk) / MIB) * MIB];
  const size = byHand.value[number] ?? limit.size;
  /** What was typed and is no size yet: it stays to be mended. */
  const typed = useSignal<string | undefined>(undefined);
  const info = restore.source.value?.partitions.find((one) => one.number === number);
  const name = info ? `${number}: ${partitionName(info)}` : String(number);
  const set = (bytes: number) => {
    typed.value = undefined;
    byHand.value = { ...byHand.value, [number]: Math.min(most, Math.max(least, bytes)) };
  };
  const type = (text: string) => {
    const bytes = bytesOfGib(text);
    typed.value = text;
    if (bytes !== undefined && bytes >= least && bytes <= most) byHand.value = { ...byHand.value, [number]: bytes };
  };
  const bytes = typed.value === undefined ? size : bytesOfGib(typed.value);
  const range = { least: format.bytes(least), most: format.bytes(most) };
  const wrong =
    bytes === undefined
      ? t("layout.not-a-size")
      : bytes < least || bytes > most
        ? t("layout.out-of-limits", range)
        : undefined;
  const isFixed = least >= most;
  return (
    <div class="size-row">
      <p>
        <strong>{name}</strong> <span class="muted">{isFixed ? format.bytes(size) : t("layout.limits", range)}</span>
      </p>
      {isFixed ? (
        <p class="muted" lang="en">
          {limit.notSmaller ?? limit.notLarger}
        </p>
      ) : (
        <div class="size-row__parts">
          <input
            type="range"
            class="size-row__slider"
            min={least}
            max={most}
            step={MIB}
            value={size}
            aria-label={t("layout.size-of", { name })}
            aria-valuetext={format.bytes(size)}
            onInput={(event) => set(Number(event.currentTarget.value))}
            onKeyDown={(event) => {
              const by =
                event.key === "ArrowRight" || event.key === "ArrowUp"
                  ? 1
                  : event.key === "ArrowLeft" || event.key === "ArrowDown"
                    ? -1
                    : 0;
              if (by === 0 || !event.shiftKey) return;
              event.preventDefault();
              set(size + by * GIB);
            }}
          />
          <Button onPress={() => set(size - GIB)} label={`${t("layout.size-of", { name })}: −1 GiB`}>
            −
          </Button>
          <input
            type="text"
            inputMode="decimal"
            id={id}
            class="field__input size-row__number"
            aria-label={t("layout.size-field", { name })}
            aria-invalid={wrong !== undefined}
            aria-describedby={`${id}-wrong`}
            value={typed.value ?? gibOfBytes(size)}
            onInput={(event) => type(event.currentTarget.value)}
          />
          <span aria-hidden="true">GiB</span>
          <Button onPress={() => set(size + GIB)} label={`${t("layout.size-of", { name })}: +1 GiB`}>
            +
          </Button>
          <Button onPress={() => set(least)}>{t("layout.least")}</Button>
          <Button onPress={() => set(most)}>{t("layout.most")}</Button>
        </div>
      )}
      <p class="size-row__wrong" id={`${id}-wrong`} role="status">
        {wrong}
      </p>
    </div>
  );
}
