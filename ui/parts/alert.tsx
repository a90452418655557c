import type { ComponentChildren, JSX } from "preact";
import { Icon, type IconName } from "#ui/parts/icon.tsx";

export type AlertKind = "info" | "success" | "warning" | "danger";
const icons: Record<AlertKind, IconName> = { info: "info", success: "check", warning: "warning", danger: "stop" };

/** A boxed message. `live`: it appears as an answer to something, so it is read out at once. */
export function Alert(props: {
  readonly kind: AlertKind;
  readonly title?: string | undefined;
  readonly live?: boolean | undefined;
  readonly id?: string | undefined;
  readonly children?: ComponentChildren;
}): JSX.Element {
  return (
    <div class={`alert alert--${props.kind}`} id={props.id} role={props.live ? "alert" : undefined}>
      <Icon name={icons[props.kind]} />
      <div class="alert__body">
        {props.title && <p class="alert__title">{props.title}</p>}
        {props.children}
      </div>
    </div>
  );
}
