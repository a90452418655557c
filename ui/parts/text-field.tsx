import type { JSX, RefObject } from "preact";

/** As the types of Preact know them: each by itself. */
const TYPES = { text: { type: "text" }, time: { type: "time" }, search: { type: "search" } } as const;

/** A line of text, or with `rows` several. What is wrong with it, or what it is for, stands below it. */
export function TextField(props: {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly hint?: string | undefined;
  /** What is wrong, in place of the hint. */
  readonly wrong?: string | undefined;
  readonly rows?: number;
  readonly isDecimal?: boolean;
  /** A clock, or what a list is searched for. */
  readonly type?: keyof typeof TYPES;
  /** What a browser may fill in and keep: "username". Absent: nothing. */
  readonly autocomplete?: "username";
  readonly innerRef?: RefObject<HTMLInputElement | null>;
}): JSX.Element {
  const { id, hint, wrong, rows } = props;
  const common = {
    ...{ id, value: props.value, "aria-describedby": `${id}-hint`, "aria-invalid": wrong !== undefined },
    ...({ autocomplete: props.autocomplete ?? "off", autocapitalize: "off", spellcheck: false } as const),
    onInput: (event: { readonly currentTarget: { readonly value: string } }) =>
      props.onInput(event.currentTarget.value),
  };
  return (
    <div class="text-field">
      <label for={id}>{props.label}</label>
      {rows === undefined ? (
        <input
          ref={props.innerRef ?? null}
          {...TYPES[props.type ?? "text"]}
          class="field__input"
          {...(props.isDecimal && { inputMode: "decimal" as const })}
          {...common}
        />
      ) : (
        <textarea class="field__input" rows={rows} {...common} />
      )}
      <p class={wrong ? "size-row__wrong" : "field__hint"} id={`${id}-hint`} role="status">
        {wrong ?? hint}
      </p>
    </div>
  );
}
