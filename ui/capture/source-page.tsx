import type { JSX } from "preact";
import type { Disk } from "#rescue/api/contract.ts";
import { DiskChoice } from "#ui/disk/disk-choice.tsx";
import { DiskView } from "#ui/disk/disk-view.tsx";
import { diskLabel } from "#ui/disk/disk-words.ts";
import { partitionName, realPartitions } from "#ui/disk/segments.ts";
import { format, t } from "#ui/i18n/index.ts";
import { Button } from "#ui/parts/button.tsx";
import { Check } from "#ui/parts/check.tsx";
import { ChoiceGroup } from "#ui/parts/choice.tsx";
import { Section } from "#ui/parts/page.tsx";
import { ProblemAlert } from "#ui/parts/problem-alert.tsx";
import { Question } from "#ui/parts/question.tsx";
import { useShell } from "#ui/shell/context.ts";

export function SourcePage({ above }: { above: JSX.Element }): JSX.Element {
  const { capture } = useShell();
  const { value: disks, busy, problem } = capture.disks.value;
  const { value: disk } = capture.disk;
  const isNothing = disk !== undefined && isAllLeftOut(disk, capture.wish.leftOut.value);
  return (
    <Question
      above={above}
      title={t("capture.source-title")}
      lead={t("capture.source-lead")}
      tools={
        <Button icon="refresh" blocked={busy} onPress={capture.loadDisks}>
          {t(busy ? "image.rescanning" : "image.rescan")}
        </Button>
      }
      missing={disk ? (isNothing ? t("layout.choose-some") : undefined) : t("target.missing")}
      onNext={() => capture.go("place")}
    >
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
                name={diskLabel(one)}
                checked={disk?.id === one.id}
                onChoose={() => capture.chooseDisk(one.id)}
                refusal={one.unreadable && { text: t("target.unreadable"), code: one.unreadable.reason }}
              />
            ))}
          </ChoiceGroup>
          <Section title={t("target.now")} class="panel">
            {disk ? <Chosen key={disk.id} disk={disk} /> : <p class="muted">{t("target.choose-to-see")}</p>}
          </Section>
        </div>
      )}
    </Question>
  );
}

const isAllLeftOut = ({ partitions }: Disk, leftOut: readonly number[]): boolean => {
  const all = realPartitions(partitions);
  return all.length > 0 && all.every(({ number }) => leftOut.includes(number));
};

/** What is on the disk, and which of it is captured. */
function Chosen({ disk }: { disk: Disk }): JSX.Element {
  const { leftOut } = useShell().capture.wish;
  const partitions = realPartitions(disk.partitions);
  return (
    <>
      <DiskView layout={disk} caption={t("target.now")} />
      {partitions.length > 1 && (
        <fieldset class="radios">
          <legend class="radios__legend">{t("capture.partitions")}</legend>
          {partitions.map((one) => (
            <Check
              key={one.number}
              id={`part-${one.number}`}
              label={`${one.number}: ${partitionName(one)}`}
              detail={[one.filesystem?.type, format.bytes(one.size)].filter(Boolean).join(", ")}
              checked={!leftOut.value.includes(one.number)}
              onChange={(on) => {
                leftOut.value = on
                  ? leftOut.value.filter((number) => number !== one.number)
                  : [...leftOut.value, one.number].sort((a, b) => a - b);
              }}
            />
          ))}
        </fieldset>
      )}
    </>
  );
}
