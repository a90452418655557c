import type { JSX } from "preact";
import { useId } from "preact/hooks";

export interface RadioOption<T> {
  readonly value: T;
  readonly label: string;
  /** What it means. */
  readonly detail?: string | undefined;
  /** BCP 47, where it is not the page's. */
  readonly lang?: string | undefined;
}

/** One of a few short answers. For things that have to be looked at there is Choice. */
export function Radios<T extends string | number>(props: {
  readonly legend: string;
  readonly name: string;
  readonly options: readonly RadioOption<T>[];
  readonly value: T;
  readonly onChoose: (value: T) => void;
  /** The heading above says it already. */
  readonly isLegendHidden?: boolean;
}): JSX.Element {
  const id = useId();
  return (
    <fieldset class="radios">
      <legend class={props.isLegendHidden ? "visually-hidden" : "radios__legend"}>{props.legend}</legend>
      {props.options.map(({ value, label, detail, lang }, i) => (
        <div key={value} class="check">
          <input
            type="radio"
            id={`${id}-${i}`}
            name={props.name}
            checked={props.value === value}
            aria-describedby={detail ? `${id}-${i}-detail` : undefined}
            onChange={() => props.onChoose(value)}
          />
          <div>
            <label for={`${id}-${i}`} lang={lang}>
              {label}
            </label>
            {detail && (
              <p class="muted radios__detail" id={`${id}-${i}-detail`}>
                {detail}
              </p>
            )}
          </div>
        </div>
      ))}
    </fieldset>
  );
}
