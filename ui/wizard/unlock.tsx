import type { JSX, RefObject } from "preact";
import type { FoundImage } from "#rescue/api/contract.ts";
import { describeProblem, t } from "#ui/i18n/index.ts";
import { Alert } from "#ui/parts/alert.tsx";
import { announce } from "#ui/parts/announcer.tsx";
import { Button } from "#ui/parts/button.tsx";
import { useWizard } from "#ui/parts/context.ts";
import { PasswordField } from "#ui/parts/password-field.tsx";
import { ProblemAlert } from "#ui/parts/problem-alert.tsx";
import type { Wizard } from "#ui/wizard/wizard.ts";

const HELP = "unlock-help";
const WRONG = "unlock-wrong";

export const isLocked = (image: FoundImage | undefined): boolean => image?.protection === "locked" && !image.problem;

/** Tries the password that was typed. A wrong one stays in its field, to be looked at and mended. */
export async function tryUnlock(wizard: Wizard, field: HTMLInputElement | null): Promise<void> {
  const name = wizard.image.value?.fileName ?? "";
  if (await wizard.unlock()) {
    announce(t("unlock.done", { name }));
    // The field is gone, and the focus with it: from here, Enter goes on.
    document.querySelector<HTMLInputElement>("input[name=image]:checked")?.focus();
  } else if (wizard.unlocking.value.problem) {
    field?.focus();
    field?.select();
  }
}

/** In place of what the image holds, which nobody can tell without its password. */
export function Unlock({
  image,
  field,
}: {
  image: FoundImage;
  field: RefObject<HTMLInputElement | null>;
}): JSX.Element {
  const wizard = useWizard();
  const { busy, problem } = wizard.unlocking.value;
  const isWrong = problem?.code === "IMAGE_UNLOCK_FAILED";
  return (
    <div class="unlock">
      <p id={HELP}>{t("unlock.help", { name: image.fileName })}</p>
      <PasswordField
        id="password"
        label={t("unlock.password")}
        value={wizard.password.value}
        onInput={(text) => {
          wizard.password.value = text;
        }}
        describedBy={isWrong ? `${HELP} ${WRONG}` : HELP}
        invalid={isWrong}
        innerRef={field}
      />
      {problem && isWrong && <WrongPassword problem={problem} />}
      {problem && !isWrong && <ProblemAlert problem={problem} />}
      <div class="actions">
        <Button icon="lock" blocked={busy} onPress={() => unlockOrAsk(wizard, field.current)}>
          {t(busy ? "unlock.busy" : "unlock.button")}
        </Button>
      </div>
    </div>
  );
}

function unlockOrAsk(wizard: Wizard, field: HTMLInputElement | null): Promise<void> | undefined {
  if (wizard.password.value !== "") return tryUnlock(wizard, field);
  field?.focus();
  return undefined;
}

function WrongPassword({ problem }: { problem: Parameters<typeof describeProblem>[0] }): JSX.Element {
  const { text, next, code } = describeProblem(problem);
  return (
    <Alert kind="warning" title={text} id={WRONG} live>
      <p>{next}</p>
      <p class="problem__code">{t("problem.code", { code })}</p>
    </Alert>
  );
}
