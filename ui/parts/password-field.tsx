import type { JSX, RefObject } from "preact";
import { useState } from "preact/hooks";
import { t } from "#ui/i18n/index.ts";
import { Button } from "#ui/parts/button.tsx";

/** Asks for a secret. It can be shown: on a strange keyboard layout nobody knows what was typed. */
export function PasswordField(props: {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  /** Id of what explains the field, or says what was wrong. */
  readonly describedBy: string;
  readonly invalid: boolean;
  /** What a browser may fill in and keep: "current-password". Absent: nothing. */
  readonly autocomplete?: "current-password" | "new-password";
  readonly innerRef: RefObject<HTMLInputElement | null>;
}): JSX.Element {
  const [shown, setShown] = useState(false);
  const [capsLock, setCapsLock] = useState(false);
  const watchCapsLock = (event: KeyboardEvent) => setCapsLock(event.getModifierState("CapsLock"));
  return (
    <>
      <div class="field field--secret">
        <label for={props.id}>{props.label}</label>
        <input
          ref={props.innerRef}
          {...(shown ? ({ type: "text" } as const) : ({ type: "password" } as const))}
          id={props.id}
          class="field__input"
          autocomplete={props.autocomplete ?? "off"}
          autocapitalize="off"
          spellcheck={false}
          value={props.value}
          aria-describedby={props.describedBy}
          aria-invalid={props.invalid}
          onInput={(event) => props.onInput(event.currentTarget.value)}
          onKeyDown={watchCapsLock}
          onKeyUp={watchCapsLock}
        />
        <Button onPress={() => setShown(!shown)}>{t(shown ? "password.hide" : "password.show")}</Button>
      </div>
      <p class="field__hint" role="status">
        {capsLock && t("password.caps-lock")}
      </p>
    </>
  );
}
