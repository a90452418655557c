import type { Signal } from "@preact/signals";
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useId } from "preact/hooks";
import { format, t } from "#ui/i18n/index.ts";
import { Button } from "#ui/parts/button.tsx";
import { bytesOf, bytesOfUnit, GIB, inUnit, MIB, type SizeUnit, sizeUnits, unitFor } from "#ui/parts/size.ts";

/** A size or a place on a disk: by a slider (arrow keys: a MiB, with Shift a GiB), by a number, and by buttons; each says the same. Bytes. */
export function SizeField(props: {
  /** "Size of 2: root" */
  readonly name: string;
  /** What the number is: read out with the field. */
  readonly field: (unit: SizeUnit) => string;
  readonly value: number;
  /** Whole MiB. */
  readonly least: number;
  readonly most: number;
  /** What the buttons to both ends are called. */
  readonly ends: readonly [least: string, most: string];
  /** The one that was chosen; until then it is the one that the size asks for. */
  readonly unit: Signal<SizeUnit | undefined>;
  readonly onSet: (bytes: number) => void;
  /** While the slider is on its way; absent: `onSet` follows each step of it. */
  readonly onSlide?: ((bytes: number) => void) | undefined;
}): JSX.Element {
  const { name, value, least, most, onSet, onSlide = onSet } = props;
  const id = useId();
  /** What is being typed, and in which unit: it stays as it is, to be gone on with or to be mended. */
  const typed = useSignal<{ readonly text: string; readonly unit: SizeUnit } | undefined>(undefined);
  const unit = props.unit.value ?? typed.value?.unit ?? unitFor(value);
  const one = bytesOfUnit[unit];
  const set = (bytes: number) => {
    typed.value = undefined;
    onSet(Math.min(most, Math.max(least, bytes)));
  };
  const type = (text: string) => {
    const bytes = bytesOf(text, unit);
    typed.value = { text, unit };
    if (bytes !== undefined && bytes >= least && bytes <= most) onSet(bytes);
  };
  const bytes = typed.value === undefined ? value : bytesOf(typed.value.text, unit);
  const range = { least: format.bytes(least), most: format.bytes(most) };
  const wrong =
    bytes === undefined
      ? t("layout.not-a-size")
      : bytes < least || bytes > most
        ? t("layout.out-of-limits", range)
        : undefined;
  return (
    <>
      <div class="size-row__parts">
        <input
          type="range"
          class="size-row__slider"
          min={least}
          max={most}
          step={MIB}
          value={value}
          aria-label={name}
          aria-valuetext={format.bytes(value)}
          onInput={(event) => {
            typed.value = undefined;
            onSlide(Number(event.currentTarget.value));
          }}
          onChange={(event) => set(Number(event.currentTarget.value))}
          onKeyDown={(event) => {
            const by = stepOf(event.key);
            if (by === 0 || !event.shiftKey) return;
            event.preventDefault();
            set(value + by * GIB);
          }}
        />
        <Button onPress={() => set(value - one)} label={`${name}: −1 ${unit}`}>
          −
        </Button>
        <input
          type="text"
          inputMode="decimal"
          id={id}
          class="field__input size-row__number"
          aria-label={props.field(unit)}
          aria-invalid={wrong !== undefined}
          aria-describedby={`${id}-wrong`}
          value={typed.value?.text ?? inUnit(value, unit)}
          onInput={(event) => type(event.currentTarget.value)}
          onChange={() => {
            if (!wrong) typed.value = undefined;
          }}
        />
        <Unit
          unit={unit}
          onChoose={(chosen) => {
            typed.value = undefined;
            props.unit.value = chosen;
          }}
        />
        <Button onPress={() => set(value + one)} label={`${name}: +1 ${unit}`}>
          +
        </Button>
        <Button onPress={() => set(least)}>{props.ends[0]}</Button>
        <Button onPress={() => set(most)}>{props.ends[1]}</Button>
      </div>
      <p class="size-row__wrong" id={`${id}-wrong`} role="status">
        {wrong}
      </p>
    </>
  );
}

const stepOf = (key: string): number =>
  key === "ArrowRight" || key === "ArrowUp" ? 1 : key === "ArrowLeft" || key === "ArrowDown" ? -1 : 0;

const Unit = (props: { readonly unit: SizeUnit; readonly onChoose: (unit: SizeUnit) => void }): JSX.Element => (
  <select
    class="field__input field__select"
    aria-label={t("layout.unit")}
    value={props.unit}
    onChange={(event) => {
      const chosen = sizeUnits.find((one) => one === event.currentTarget.value);
      if (chosen) props.onChoose(chosen);
    }}
  >
    {sizeUnits.map((one) => (
      <option key={one} value={one}>
        {one}
      </option>
    ))}
  </select>
);
