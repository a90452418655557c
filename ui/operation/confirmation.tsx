import type { Signal } from "@preact/signals";
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import type { OperationPlan } from "#rescue/api/contract.ts";
import { t } from "#ui/i18n/index.ts";
import { Check } from "#ui/parts/check.tsx";
import { Told } from "#ui/parts/told.tsx";

type Asked = OperationPlan["confirmation"];

/** What the user has given so far. */
export interface Given {
  readonly agreed: Signal<boolean>;
  readonly typed: Signal<string>;
}

export const useGiven = (): Given => ({ agreed: useSignal(false), typed: useSignal("") });

export const isConfirmed = ({ level, words }: Asked, { agreed, typed }: Given): boolean =>
  level === "none" || (level === "acknowledge" ? agreed.value : typed.value.trim() === words);

/** What the server is sent for it. */
export const confirmWords = ({ level, id }: Asked, { typed }: Given): string =>
  level === "type" ? typed.value.trim() : id;

export const confirmationId = "operation-confirm";

/** Asks as strongly as the plan of an operation says: not at all, by a box to be ticked, or by words to be typed. */
export function Confirmation({ of, given }: { of: Asked; given: Given }): JSX.Element | null {
  const { level, words } = of;
  const { agreed, typed } = given;
  if (level === "none") return null;
  if (level === "acknowledge")
    return (
      <Check
        id={confirmationId}
        label={<Told of={of} />}
        checked={agreed.value}
        onChange={(on) => {
          agreed.value = on;
        }}
      />
    );
  return (
    <>
      <p>
        <Told of={of} />
      </p>
      <div class="field">
        <label for={confirmationId}>{t("review.type", { words })}</label>
        <input
          type="text"
          id={confirmationId}
          class="field__input"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          value={typed.value}
          onInput={(event) => {
            typed.value = event.currentTarget.value;
          }}
        />
      </div>
    </>
  );
}
