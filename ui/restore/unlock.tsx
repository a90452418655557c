import type { JSX, RefObject } from "preact";
import type { FoundImage } from "#rescue/api/contract.ts";
import { describeProblem, t } from "#ui/i18n/index.ts";
import { Alert } from "#ui/parts/alert.tsx";
import { announce } from "#ui/parts/announcer.tsx";
import { Button } from "#ui/parts/button.tsx";
import { PasswordField } from "#ui/parts/password-field.tsx";
import { ProblemAlert } from "#ui/parts/problem-alert.tsx";
import type { Restore } from "#ui/restore/restore.ts";
import { useRestore } from "#ui/shell/context.ts";

const HELP = "unlock-help";
const WRONG = "unlock-wrong";

export const isLocked = (image: FoundImage | undefined): boolean => image?.protection === "locked" && !image.problem;

/** Tries the password that was typed. A wrong one stays in its field, to be looked at and mended. */
export async function tryUnlock(restore: Restore, field: HTMLInputElement | null): Promise<void> {
  const name = restore.image.value?.fileName ?? "";
  if (await restore.unlock()) {
    announce(t("unlock.done", { name }));
    // The field is gone, and the focus with it: from here, Enter goes on.
    document.querySelector<HTMLInputElement>("input[name=image]:checked")?.focus();
  } else if (restore.unlocking.value.problem) {
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
  const restore = useRestore();
  const { busy, problem } = restore.unlocking.value;
  const isWrong = problem?.code === "IMAGE_UNLOCK_FAILED";
  return (
    <div class="unlock">
      <p id={HELP}>{t("unlock.help", { name: image.fileName })}</p>
      <PasswordField
        id="password"
        label={t("unlock.password")}
        value={restore.password.value}
        onInput={(text) => {
          restore.password.value = text;
        }}
        describedBy={isWrong ? `${HELP} ${WRONG}` : HELP}
        invalid={isWrong}
        innerRef={field}
      />
      {problem && isWrong && <WrongPassword problem={problem} />}
      {problem && !isWrong && <ProblemAlert problem={problem} />}
      <div class="actions">
        <Button icon="lock" blocked={busy} onPress={() => unlockOrAsk(restore, field.current)}>
          {t(busy ? "unlock.busy" : "unlock.button")}
        </Button>
      </div>
    </div>
  );
}

function unlockOrAsk(restore: Restore, field: HTMLInputElement | null): Promise<void> | undefined {
  if (restore.password.value !== "") return tryUnlock(restore, field);
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
