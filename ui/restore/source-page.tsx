import type { JSX } from "preact";
import { SourceQuestion } from "#ui/disk/source-question.tsx";
import { t } from "#ui/i18n/index.ts";
import { ProblemAlert } from "#ui/parts/problem-alert.tsx";
import { Steps } from "#ui/restore/steps.tsx";
import { useRestore } from "#ui/shell/context.ts";

/** Of a clone: which disk is copied. */
export function CloneSourcePage(): JSX.Element {
  const clone = useRestore();
  return (
    <SourceQuestion
      above={<Steps current="source" />}
      title={t("clone.source-title")}
      lead={t("capture.source-lead")}
      disks={clone.disks.value}
      disk={clone.sourceDisk.value}
      missing={undefined}
      onChoose={(id) => clone.chooseSource(id)}
      onLookAgain={clone.loadDisks}
      onNext={() => clone.go("target")}
      notice={clone.actionProblem.value && <ProblemAlert problem={clone.actionProblem.value} />}
    />
  );
}
