import type { ComponentChildren, JSX, Ref } from "preact";
import { Icon, type IconName } from "#ui/parts/icon.tsx";

export interface ButtonProps {
  readonly children: ComponentChildren;
  readonly onPress: () => unknown;
  readonly kind?: "plain" | "primary" | "danger" | undefined;
  readonly icon?: IconName | undefined;
  /** Stays focusable and says what is missing when pressed: a dead button explains nothing. */
  readonly blocked?: boolean | undefined;
  /** Where the text alone says too little: "+". */
  readonly label?: string | undefined;
  readonly describedBy?: string | undefined;
  readonly submits?: string | undefined;
  readonly innerRef?: Ref<HTMLButtonElement> | undefined;
}

export function Button(props: ButtonProps): JSX.Element {
  return (
    <button
      ref={props.innerRef ?? null}
      type={props.submits ? "submit" : "button"}
      form={props.submits}
      class={`button button--${props.kind ?? "plain"}`}
      aria-label={props.label}
      aria-disabled={props.blocked ? "true" : undefined}
      aria-describedby={props.describedBy}
      onClick={props.submits ? undefined : () => void props.onPress()}
    >
      {props.icon && <Icon name={props.icon} />}
      <span>{props.children}</span>
    </button>
  );
}
