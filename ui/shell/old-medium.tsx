import type { JSX } from "preact";
import { t } from "#ui/i18n/index.ts";
import { Alert } from "#ui/parts/alert.tsx";
import { useShell } from "#ui/shell/context.ts";

/** By its age, which the medium itself says; a clock that is wrong makes none old. */
export function OldMedium(): JSX.Element | null {
  const medium = useShell().system.value.value?.medium;
  if (!medium?.isOld || medium.days === undefined) return null;
  return (
    <Alert kind="info" title={t("medium.old-title", { days: medium.days })}>
      <p>{t("medium.old")}</p>
    </Alert>
  );
}
