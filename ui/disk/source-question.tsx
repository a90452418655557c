import type { ComponentChildren, JSX } from "preact";
import type { Disk } from "#rescue/api/contract.ts";
import type { Loaded } from "#ui/api/loaded.ts";
import { DiskChoice } from "#ui/disk/disk-choice.tsx";
import { DiskView } from "#ui/disk/disk-view.tsx";
import { t } from "#ui/i18n/index.ts";
import { Button } from "#ui/parts/button.tsx";
import { ChoiceGroup } from "#ui/parts/choice.tsx";
import { Section } from "#ui/parts/page.tsx";
import { ProblemAlert } from "#ui/parts/problem-alert.tsx";
import { Question } from "#ui/parts/question.tsx";

/** Which disk is to be read, and what is on it. */
export function SourceQuestion(props: {
  readonly above: ComponentChildren;
  readonly title: string;
  readonly lead: string;
  readonly disks: Loaded<readonly Disk[]>;
  readonly disk: Disk | undefined;
  readonly missing: string | undefined;
  readonly onChoose: (id: string) => void;
  readonly onLookAgain: () => unknown;
  readonly onNext: () => void;
  /** Before the disks: what went wrong. */
  readonly notice?: ComponentChildren;
  /** Below what is on the chosen disk. */
  readonly children?: ComponentChildren;
}): JSX.Element {
  const { value: disks, busy, problem } = props.disks;
  const { disk } = props;
  return (
    <Question
      above={props.above}
      title={props.title}
      lead={props.lead}
      tools={
        <Button icon="refresh" blocked={busy} onPress={props.onLookAgain}>
          {t(busy ? "image.rescanning" : "image.rescan")}
        </Button>
      }
      missing={disk ? props.missing : t("target.missing")}
      onNext={props.onNext}
    >
      {props.notice}
      {problem && <ProblemAlert problem={problem} />}
      {!disks && !problem && <p class="muted">{t("app.loading")}</p>}
      {disks?.length === 0 && <p>{t("home.no-disks")}</p>}
      {disks && disks.length > 0 && (
        <div class="columns">
          <ChoiceGroup legend={t("target.list")}>
            {disks.map((one) => (
              <DiskChoice
                key={one.id}
                group="source"
                disk={one}
                checked={disk?.id === one.id}
                onChoose={() => props.onChoose(one.id)}
                refusal={one.unreadable && { text: t("target.unreadable"), code: one.unreadable.reason }}
              />
            ))}
          </ChoiceGroup>
          <Section title={t("target.now")} class="panel">
            {disk ? (
              <>
                <DiskView key={disk.id} layout={disk} caption={t("target.now")} />
                {props.children}
              </>
            ) : (
              <p class="muted">{t("target.choose-to-see")}</p>
            )}
          </Section>
        </div>
      )}
    </Question>
  );
}
