import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { t } from "#ui/i18n/index.ts";
import { Button } from "#ui/parts/button.tsx";
import { Check } from "#ui/parts/check.tsx";
import { Section } from "#ui/parts/page.tsx";
import { Select } from "#ui/parts/select.tsx";
import { isHostName } from "#ui/restore/wish.ts";
import { useRestore } from "#ui/shell/context.ts";

/** What is done to the systems on the target. Each change makes the plan anew, and with it the answer whether they will start. */
export function Systems(): JSX.Element {
  const restore = useRestore();
  const { universal, isNewMachine, firmware, discardHibernation } = restore.wishes;
  const flip = (choice: typeof universal) => (on: boolean) => {
    choice.value = on;
    void restore.makePlan();
  };
  return (
    <Section title={t("systems.title")}>
      <Check
        id="universal"
        label={t("systems.universal")}
        detail={t("systems.universal-detail")}
        checked={universal.value}
        onChange={flip(universal)}
      />
      <Check
        id="new-machine"
        label={t("systems.new")}
        detail={t("systems.new-detail")}
        checked={isNewMachine.value}
        onChange={flip(isNewMachine)}
      />
      {isNewMachine.value && <HostName />}
      <Select
        label={t("systems.firmware")}
        value={firmware.value}
        options={[
          { value: "same", label: t("systems.firmware-same") },
          { value: "bios", label: t("systems.firmware-bios") },
          { value: "uefi", label: t("systems.firmware-uefi") },
        ]}
        onChoose={(value) => {
          firmware.value = value;
          void restore.makePlan();
        }}
      />
      <Check
        id="discard-hibernation"
        label={t("systems.discard")}
        detail={t("systems.discard-detail")}
        checked={discardHibernation.value}
        onChange={flip(discardHibernation)}
      />
    </Section>
  );
}

/** The plan is made anew when the name is whole, not at each letter. */
function HostName(): JSX.Element {
  const restore = useRestore();
  const typed = useSignal(restore.wishes.hostname.value);
  const isRight = isHostName(typed.value);
  const use = () => {
    if (!isRight || typed.value === restore.wishes.hostname.value) return;
    restore.wishes.hostname.value = typed.value;
    void restore.makePlan();
  };
  return (
    <div class="sub">
      <div class="field">
        <label for="hostname">{t("systems.hostname")}</label>
        <input
          type="text"
          id="hostname"
          class="field__input"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          aria-describedby="hostname-detail"
          aria-invalid={!isRight}
          value={typed.value}
          onInput={(event) => {
            typed.value = event.currentTarget.value;
          }}
          onChange={use}
        />
        <Button onPress={use}>{t("operation.apply")}</Button>
      </div>
      <p class={isRight ? "muted check__detail" : "size-row__wrong"} id="hostname-detail" role="status">
        {t(isRight ? "systems.hostname-detail" : "systems.hostname-wrong")}
      </p>
    </div>
  );
}
