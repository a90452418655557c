import type { Signal } from "@preact/signals";
import type { JSX } from "preact";
import { useId } from "preact/hooks";
import { TextField } from "#ui/parts/text-field.tsx";

/** A TextField whose text is kept in a signal. */
export function SignalField(props: {
  readonly label: string;
  readonly text: Signal<string>;
  readonly hint?: string;
  readonly rows?: number;
}): JSX.Element {
  const { label, text, hint, rows } = props;
  return (
    <TextField
      id={`field${useId()}`}
      {...{ label, hint, ...(rows !== undefined && { rows }) }}
      value={text.value}
      onInput={(value) => {
        text.value = value;
      }}
    />
  );
}
