import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { DiskBar } from "#ui/disk/disk-bar.tsx";
import { PartitionTable } from "#ui/disk/partition-table.tsx";
import { type DrawnLayout, partitionName, realPartitions } from "#ui/disk/segments.ts";
import { format, t } from "#ui/i18n/index.ts";
import { Alert } from "#ui/parts/alert.tsx";
import { Check } from "#ui/parts/check.tsx";
import { Section } from "#ui/parts/page.tsx";
import { ProblemAlert } from "#ui/parts/problem-alert.tsx";
import { Question } from "#ui/parts/question.tsx";
import { Radios } from "#ui/parts/radios.tsx";
import { Told } from "#ui/parts/told.tsx";
import { ByHand } from "#ui/restore/by-hand.tsx";
import { Steps } from "#ui/restore/steps.tsx";
import { layoutOf, type Where } from "#ui/restore/wish.ts";
import { wordsOf } from "#ui/restore/words.ts";
import { useRestore } from "#ui/shell/context.ts";

/** What of the image goes where on the disk, and how large. */
export function LayoutPage(): JSX.Element {
  const restore = useRestore();
  const { wishes } = restore;
  const asked = JSON.stringify(layoutOf(wishes));
  // Sizes by hand are asked for by the page that sets them, when they are set.
  useEffect(() => void restore.askLayout(), [asked, wishes.where.value, restore]);
  const isNothing = wishes.what.value === "some" && wishes.some.value.length === 0;
  const problem = restore.layout.value.problem ?? restore.layout.value.value?.problem;
  return (
    <Question
      above={<Steps current="layout" />}
      title={t("layout.title")}
      lead={t("layout.lead", { image: restore.source.value?.name ?? "", target: restore.target.value?.name ?? "" })}
      missing={isNothing ? t("layout.choose-some") : undefined}
      onNext={() => restore.go("review")}
      onBack={() => restore.go("target")}
    >
      <div class="columns columns--even">
        <WhatSection />
        <div class="stack">
          {wishes.what.value === "some" && wishes.some.value.length === 1 && <WhereSection />}
          <SizesSection />
        </div>
      </div>
      {wishes.sizes.value === "manual" && !wishes.isInto.value && <ByHand />}
      {problem && !wishes.isInto.value && <ProblemAlert problem={problem} />}
      {!wishes.isInto.value && <Preview />}
    </Question>
  );
}

function WhatSection(): JSX.Element {
  const restore = useRestore();
  const { what, some } = restore.wishes;
  const partitions = realPartitions(restore.source.value?.partitions);
  return (
    <Section title={t(`${wordsOf(restore.kind)}layout.what`)}>
      <Radios
        legend={t(`${wordsOf(restore.kind)}layout.what`)}
        name="what"
        isLegendHidden
        value={what.value}
        options={[
          { value: "whole", label: t("layout.whole") },
          { value: "systems", label: t("layout.systems"), detail: t("layout.systems-detail") },
          { value: "some", label: t("layout.some") },
        ]}
        onChoose={(value) => {
          what.value = value;
        }}
      />
      {what.value === "some" && (
        <div class="sub">
          {partitions.map((one) => (
            <Check
              key={one.number}
              id={`part-${one.number}`}
              label={`${one.number}: ${partitionName(one)}`}
              detail={[one.filesystem?.type, format.bytes(one.size)].filter(Boolean).join(", ")}
              checked={some.value.includes(one.number)}
              onChange={(on) => {
                some.value = on
                  ? [...some.value, one.number].sort((a, b) => a - b)
                  : some.value.filter((n) => n !== one.number);
              }}
            />
          ))}
        </div>
      )}
    </Section>
  );
}

function WhereSection(): JSX.Element {
  const restore = useRestore();
  const { where } = restore.wishes;
  const partitions = realPartitions(restore.target.value?.disk.partitions);
  const hasTable = restore.target.value?.disk.table.type !== "none";
  const places = partitions.map((one) => ({
    value: one.number as Where,
    label: t("layout.into", { name: `${one.number}: ${partitionName(one)}`, size: format.bytes(one.size) }),
    detail: t("layout.into-detail"),
  }));
  return (
    <Section title={t("layout.where")}>
      <Radios<Where>
        legend={t("layout.where")}
        name="where"
        isLegendHidden
        value={where.value}
        options={[
          { value: "disk", label: t("layout.disk"), detail: t("layout.disk-detail") },
          ...(hasTable ? [{ value: "free" as Where, label: t("layout.free"), detail: t("layout.free-detail") }] : []),
          ...(hasTable ? places : []),
        ]}
        onChoose={(value) => {
          where.value = value;
        }}
      />
    </Section>
  );
}

function SizesSection(): JSX.Element {
  const { wishes, kind } = useRestore();
  const { sizes, table, otherIds } = wishes;
  const isInto = wishes.isInto.value;
  return (
    <Section title={t("layout.sizes")}>
      <Radios
        legend={t("layout.sizes")}
        name="sizes"
        isLegendHidden
        value={isInto && sizes.value !== "keep" ? "fill" : sizes.value}
        options={
          isInto
            ? [
                { value: "keep", label: t("layout.keep") },
                { value: "fill", label: t("layout.fill-place") },
              ]
            : [
                { value: "keep", label: t("layout.keep") },
                { value: "fill", label: t("layout.fill"), detail: t("layout.fill-detail") },
                { value: "shrink", label: t("layout.shrink"), detail: t("layout.shrink-detail") },
                ...(wishes.what.value === "systems" ? [] : [{ value: "manual" as const, label: t("layout.manual") }]),
              ]
        }
        onChoose={(value) => {
          sizes.value = value;
        }}
      />
      {!isInto && (
        <Radios
          legend={t("layout.table")}
          name="table"
          value={table.value}
          options={[
            { value: "same", label: t(`${wordsOf(kind)}layout.table-same`) },
            { value: "gpt", label: t("layout.table-gpt") },
            { value: "mbr", label: t("layout.table-mbr") },
          ]}
          onChoose={(value) => {
            table.value = value;
          }}
        />
      )}
      <Check
        id="new-ids"
        label={t(`${wordsOf(kind)}layout.new-ids`)}
        detail={t(`${wordsOf(kind)}layout.new-ids-detail`)}
        checked={otherIds.value}
        onChange={(on) => {
          otherIds.value = on;
        }}
      />
    </Section>
  );
}

function Preview(): JSX.Element | null {
  const restore = useRestore();
  const selection = useSignal<string | undefined>(undefined);
  const { value, busy } = restore.layout.value;
  const planned = value?.planned;
  if (!planned) return busy ? <p class="muted">{t("layout.asking")}</p> : null;
  const partitions = restore.source.value?.partitions;
  const drawn: DrawnLayout = {
    size: planned.size,
    partitions: planned.partitions.map((one) => ({
      ...one,
      filesystem: partitions?.find(({ number }) => number === one.source)?.filesystem,
    })),
  };
  return (
    <Section title={t("layout.preview")}>
      <DiskBar layout={drawn} fate="new" selection={selection} />
      <PartitionTable layout={drawn} fate="new" caption={t("layout.preview")} selection={selection} />
      {planned.notes.length > 0 && (
        <Alert kind="info">
          <ul>
            {planned.notes.map((note) => (
              <li key={note.text}>
                <Told of={note} />
              </li>
            ))}
          </ul>
        </Alert>
      )}
    </Section>
  );
}
