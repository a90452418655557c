import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { EditedPartition } from "#rescue/api/contract.ts";
import { filesystemName, partitionName, segmentKey, typeName } from "#ui/disk/segments.ts";
import { format, t } from "#ui/i18n/index.ts";
import { CreateDialog } from "#ui/partitions/create-dialog.tsx";
import { EditDialog, type EditForm } from "#ui/partitions/edit-dialog.tsx";
import { partActions } from "#ui/partitions/part-actions.ts";
import type { FreeSpace } from "#ui/partitions/partitions.ts";
import { sizesOf, startsOf } from "#ui/partitions/place.ts";
import { Button } from "#ui/parts/button.tsx";
import { Facts } from "#ui/parts/facts.tsx";
import { Menu } from "#ui/parts/menu.tsx";
import { Section } from "#ui/parts/page.tsx";
import { SizeField } from "#ui/parts/size-field.tsx";
import { Told } from "#ui/parts/told.tsx";
import { useShell } from "#ui/shell/context.ts";

/** What is marked in bar and table: its size, its place, and all that can be done with it. */
export function ChosenPart(): JSX.Element {
  const { partitions } = useShell();
  const one = partitions.partition.value;
  const space = partitions.space.value;
  if (one) return <Partition key={segmentKey(one)} one={one} />;
  if (space) return <Free space={space} />;
  return (
    <Section title={t("partitions.chosen")}>
      <p class="muted">{t("partitions.choose")}</p>
    </Section>
  );
}

function Free({ space }: { space: FreeSpace }): JSX.Element {
  const isOpen = useSignal(false);
  return (
    <Section title={t("partitions.free", { size: format.bytes(space.end - space.start) })}>
      <div class="actions">
        <Button
          onPress={() => {
            isOpen.value = true;
          }}
        >
          {t("partitions.create")}
        </Button>
      </div>
      {isOpen.value && (
        <CreateDialog
          space={space}
          onClose={() => {
            isOpen.value = false;
          }}
        />
      )}
    </Section>
  );
}

function Partition({ one }: { one: EditedPartition }): JSX.Element {
  const { partitions } = useShell();
  const form = useSignal<EditForm | undefined>(undefined);
  const name = `${one.number}: ${partitionName(one)}`;
  const open = (wanted: EditForm) => {
    form.value = wanted;
  };
  return (
    <Section title={t("partitions.partition", { name })}>
      <Facts
        rows={[
          [t("disk.filesystem"), one.role === "extended" ? undefined : filesystemName(one)],
          [t("partitions.type"), typeName(one.typeName)],
          [t("partitions.active"), one.active ? t("partitions.yes") : undefined],
        ]}
      />
      <Menu icon="menu" items={partActions(partitions, one, open)}>
        {t("partitions.actions")}
      </Menu>
      <Size one={one} name={name} />
      {one.role !== "extended" && <Position one={one} name={name} />}
      {form.value && (
        <EditDialog
          form={form.value}
          one={one}
          onClose={() => {
            form.value = undefined;
          }}
        />
      )}
    </Section>
  );
}

function Size({ one, name }: { one: EditedPartition; name: string }): JSX.Element {
  const { partitions } = useShell();
  const isUnknown = one.source !== undefined && one.least === undefined && one.role !== "extended";
  useEffect(() => {
    if (isUnknown && one.source !== undefined) partitions.askSizes(one.source);
  }, [isUnknown, one.source, partitions]);
  if (isUnknown) return <p class="muted">{t("partitions.asking")}</p>;
  const [least, most] = sizesOf(one);
  const draft = partitions.draft.value;
  const size = draft?.key === segmentKey(one) ? draft.size : one.size;
  const why = one.notSmaller ?? one.notLarger;
  return (
    <div class="size-row">
      <p>
        <strong>{t("disk.size")}</strong>{" "}
        <span class="muted">
          {least >= most
            ? format.bytes(size)
            : t("layout.limits", { least: format.bytes(least), most: format.bytes(most) })}
        </span>
      </p>
      {why && (
        <p class="muted">
          <Told of={why} />
        </p>
      )}
      {least < most && (
        <SizeField
          name={t("layout.size-of", { name })}
          field={(unit) => t("layout.size-field", { name, unit })}
          {...{ value: size, least, most, unit: partitions.unit }}
          ends={[t("layout.least"), t("layout.most")]}
          onSlide={(bytes) => {
            partitions.draft.value = { key: segmentKey(one), start: one.start, size: bytes };
          }}
          onSet={(bytes) => partitions.put(one, { start: one.start, size: bytes })}
        />
      )}
    </div>
  );
}

function Position({ one, name }: { one: EditedPartition; name: string }): JSX.Element {
  const { partitions } = useShell();
  const [least, most] = startsOf(one);
  const draft = partitions.draft.value;
  const start = draft?.key === segmentKey(one) ? draft.start : one.start;
  return (
    <div class="size-row">
      <p>
        <strong>{t("partitions.start")}</strong>{" "}
        <span class="muted">{least >= most ? t("partitions.no-room") : format.bytes(start)}</span>
      </p>
      {least < most && (
        <SizeField
          name={t("partitions.start-of", { name })}
          field={(unit) => t("partitions.start-field", { name, unit })}
          {...{ value: start, least, most, unit: partitions.unit }}
          ends={[t("partitions.first"), t("partitions.last")]}
          onSlide={(bytes) => {
            partitions.draft.value = { key: segmentKey(one), start: bytes, size: one.size };
          }}
          onSet={(bytes) => partitions.put(one, { start: bytes, size: one.size })}
        />
      )}
    </div>
  );
}
