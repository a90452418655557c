import type { JSX } from "preact";
import type { TargetChoice } from "#rescue/api/contract.ts";
import { DiskChoice } from "#ui/disk/disk-choice.tsx";
import { DiskView } from "#ui/disk/disk-view.tsx";
import { describeReason, format, t } from "#ui/i18n/index.ts";
import { Alert } from "#ui/parts/alert.tsx";
import { Button } from "#ui/parts/button.tsx";
import { ChoiceGroup } from "#ui/parts/choice.tsx";
import { Section } from "#ui/parts/page.tsx";
import { ProblemAlert } from "#ui/parts/problem-alert.tsx";
import { Question } from "#ui/parts/question.tsx";
import { firstStep } from "#ui/restore/route.ts";
import { Steps } from "#ui/restore/steps.tsx";
import { wordsOf } from "#ui/restore/words.ts";
import { useRestore } from "#ui/shell/context.ts";

export function TargetPage(): JSX.Element {
  const restore = useRestore();
  const { value: choices, busy, problem } = restore.targets.value;
  const source = restore.source.value;
  const words = wordsOf(restore.kind);
  const lead = source && t(`${words}target.lead`, { name: source.name, size: format.diskSize(source.size) });
  return (
    <Question
      above={<Steps current="target" />}
      title={t(`${words}target.title`)}
      lead={lead}
      tools={
        <Button icon="refresh" blocked={busy} onPress={() => restore.loadTargets()}>
          {t(busy ? "image.rescanning" : "image.rescan")}
        </Button>
      }
      missing={restore.target.value ? undefined : t("target.missing")}
      onNext={() => restore.go(restore.target.value?.needsLayout ? "layout" : "review")}
      onBack={() => restore.go(firstStep(restore.kind))}
    >
      {restore.actionProblem.value && <ProblemAlert problem={restore.actionProblem.value} />}
      {problem && <ProblemAlert problem={problem} />}
      {!choices && !problem && <p class="muted">{t("app.loading")}</p>}
      {choices?.length === 0 && (
        <Section title={t("target.empty-title")} class="empty">
          <p>{t(`${words}target.empty`)}</p>
        </Section>
      )}
      {choices && choices.length > 0 && <Targets choices={choices} />}
    </Question>
  );
}

function Targets({ choices }: { choices: readonly TargetChoice[] }): JSX.Element {
  const chosen = useRestore().target.value;
  return (
    <>
      {choices.every((choice) => choice.refusal) && <Alert kind="warning">{t("target.none-fits")}</Alert>}
      <div class="columns">
        <ChoiceGroup legend={t("target.list")}>
          {choices.map((choice) => (
            <TargetOption key={choice.disk.id} choice={choice} />
          ))}
        </ChoiceGroup>
        <Section title={t("target.now")} class="panel">
          {chosen ? (
            <DiskView key={chosen.disk.id} layout={chosen.disk} caption={t("target.now")} />
          ) : (
            <p class="muted">{t("target.choose-to-see")}</p>
          )}
        </Section>
      </div>
    </>
  );
}

function TargetOption({ choice }: { choice: TargetChoice }): JSX.Element {
  const restore = useRestore();
  const { disk, refusal } = choice;
  const need = restore.source.value?.size ?? 0;
  return (
    <DiskChoice
      group="target"
      disk={disk}
      checked={restore.targetId.value === disk.id}
      onChoose={() => restore.chooseTarget(disk.id)}
      refusal={
        refusal && {
          code: refusal.code,
          text: describeReason({ ...refusal, details: { need, have: disk.size, ...refusal.details } }),
        }
      }
    >
      {choice.needsLayout && <p>{t("target.needs-layout")}</p>}
      {disk.unfinishedRestore && <p class="warning-text">{t("target.unfinished")}</p>}
    </DiskChoice>
  );
}
