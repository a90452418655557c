import type { JSX } from "preact";
import type { Disk } from "#rescue/api/contract.ts";
import { partitionName, realPartitions } from "#ui/disk/segments.ts";
import { SourceQuestion } from "#ui/disk/source-question.tsx";
import { format, t } from "#ui/i18n/index.ts";
import { Check } from "#ui/parts/check.tsx";
import { useShell } from "#ui/shell/context.ts";

export function SourcePage({ above }: { above: JSX.Element }): JSX.Element {
  const { capture } = useShell();
  const { value: disk } = capture.disk;
  const isNothing = disk !== undefined && isAllLeftOut(disk, capture.wish.leftOut.value);
  return (
    <SourceQuestion
      above={above}
      title={t("capture.source-title")}
      lead={t("capture.source-lead")}
      disks={capture.disks.value}
      disk={disk}
      missing={isNothing ? t("layout.choose-some") : undefined}
      onChoose={(id) => capture.chooseDisk(id)}
      onLookAgain={capture.loadDisks}
      onNext={() => capture.go("place")}
    >
      {disk && <Chosen key={disk.id} disk={disk} />}
    </SourceQuestion>
  );
}

const isAllLeftOut = ({ partitions }: Disk, leftOut: readonly number[]): boolean => {
  const all = realPartitions(partitions);
  return all.length > 0 && all.every(({ number }) => leftOut.includes(number));
};

/** Which of the disk is captured. */
function Chosen({ disk }: { disk: Disk }): JSX.Element | null {
  const { leftOut } = useShell().capture.wish;
  const partitions = realPartitions(disk.partitions);
  if (partitions.length < 2) return null;
  return (
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
  );
}
