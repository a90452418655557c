import type { JSX, RefObject } from "preact";

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
  readonly innerRef?: RefObject<HTMLInputElement | null>;
}): JSX.Element {
  const { id, hint, wrong, rows } = props;
  const common = {
    ...{ id, value: props.value, "aria-describedby": `${id}-hint`, "aria-invalid": wrong !== undefined },
    ...({ autocomplete: "off", autocapitalize: "off", spellcheck: false } as const),
    onInput: (event: { readonly currentTarget: { readonly value: string } }) =>
      props.onInput(event.currentTarget.value),
  };
  return (
    <div class="text-field">
      <label for={id}>{props.label}</label>
      {rows === undefined ? (
        <input
          ref={props.innerRef ?? null}
          type="text"
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
