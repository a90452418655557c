import type { JSX } from "preact";
import type { RestorePlan } from "#rescue/api/contract.ts";
import { t } from "#ui/i18n/index.ts";
import { Section } from "#ui/parts/page.tsx";
import { Told } from "#ui/parts/told.tsx";
import { useRestore } from "#ui/shell/context.ts";

export const confirmFieldId = "confirm";

/** Asks as strongly as the plan says: not at all, by a checkbox, or by words to be typed. */
export function Confirm({ plan }: { plan: RestorePlan }): JSX.Element | null {
  const restore = useRestore();
  const { level, text, words } = plan.confirmation;
  const sentence = <Told of={plan.confirmation} />;
  if (level === "none") return null;
  return (
    <Section title={t("review.confirm")} class="confirm">
      {level === "acknowledge" && (
        <div class="check">
          <input
            type="checkbox"
            id={confirmFieldId}
            checked={restore.agreed.value === text}
            onChange={(event) => {
              restore.agreed.value = event.currentTarget.checked ? text : "";
            }}
          />
          <label for={confirmFieldId}>{sentence}</label>
        </div>
      )}
      {level === "type" && (
        <>
          <p id="confirm-text">{sentence}</p>
          <div class="field">
            <label for={confirmFieldId}>{t("review.type", { words })}</label>
            <input
              type="text"
              id={confirmFieldId}
              class="field__input"
              autocomplete="off"
              autocapitalize="off"
              spellcheck={false}
              aria-describedby="confirm-text"
              value={restore.typed.value}
              onInput={(event) => {
                restore.typed.value = event.currentTarget.value;
              }}
            />
          </div>
        </>
      )}
    </Section>
  );
}
