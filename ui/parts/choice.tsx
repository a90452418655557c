import type { ComponentChildren, JSX } from "preact";
import { useId } from "preact/hooks";
import { Icon, type IconName } from "#ui/parts/icon.tsx";

/** A group of cards of which one is chosen with the arrow keys or a click anywhere on the card. */
export const ChoiceGroup = (props: { readonly legend: string; readonly children: ComponentChildren }): JSX.Element => (
  <fieldset class="choices">
    <legend class="visually-hidden">{props.legend}</legend>
    {props.children}
  </fieldset>
);

export function Choice(props: {
  readonly group: string;
  readonly icon: IconName;
  readonly title: ComponentChildren;
  readonly checked: boolean;
  readonly onChoose: () => void;
  /** Why it cannot be chosen. It stays in the list: a disk that is missing without a word worries people. */
  readonly refusal?: { readonly title: string; readonly text: string; readonly code: string } | undefined;
  readonly children: ComponentChildren;
}): JSX.Element {
  const id = useId();
  const { refusal } = props;
  return (
    <div class={`choice${props.checked ? " choice--checked" : ""}${refusal ? " choice--refused" : ""}`}>
      <input
        type="radio"
        id={id}
        name={props.group}
        class="choice__input"
        checked={props.checked}
        disabled={refusal !== undefined}
        aria-describedby={`${id}-detail`}
        onChange={props.onChoose}
      />
      <Icon name={refusal ? "lock" : props.icon} />
      <div class="choice__body">
        <label for={id} class="choice__title">
          {props.title}
        </label>
        <div id={`${id}-detail`} class="choice__detail">
          {props.children}
          {refusal && (
            <p class="choice__refusal">
              <strong>{refusal.title}:</strong> {refusal.text} <span class="code">{refusal.code}</span>
            </p>
          )}
        </div>
      </div>
    </div>
  );
}
