import type { ComponentChildren, JSX } from "preact";

/** A box to be ticked, with what it costs or means below it. */
export function Check(props: {
  readonly id: string;
  readonly label: ComponentChildren;
  readonly checked: boolean;
  readonly onChange: (on: boolean) => void;
  readonly detail?: ComponentChildren;
}): JSX.Element {
  const { id, detail } = props;
  return (
    <>
      <div class="check">
        <input
          type="checkbox"
          id={id}
          checked={props.checked}
          aria-describedby={detail ? `${id}-detail` : undefined}
          onChange={(event) => props.onChange(event.currentTarget.checked)}
        />
        <label for={id}>{props.label}</label>
      </div>
      {detail && (
        <p class="muted check__detail" id={`${id}-detail`}>
          {detail}
        </p>
      )}
    </>
  );
}
