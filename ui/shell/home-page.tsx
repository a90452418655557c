import type { ComponentChildren, JSX } from "preact";
import type { Disk, FoundImage } from "#rescue/api/contract.ts";
import { DiskBar } from "#ui/disk/disk-bar.tsx";
import { diskTitle, holds } from "#ui/disk/disk-words.ts";
import { format, t, tData } from "#ui/i18n/index.ts";
import { Facts } from "#ui/parts/facts.tsx";
import { Icon, type IconName } from "#ui/parts/icon.tsx";
import { Page, Section } from "#ui/parts/page.tsx";
import { ProblemAlert } from "#ui/parts/problem-alert.tsx";
import { formatRoute } from "#ui/restore/route.ts";
import { useShell } from "#ui/shell/context.ts";
import { OldMedium } from "#ui/shell/old-medium.tsx";
import { addressOf } from "#ui/shell/section.ts";

const IMAGES_SHOWN = 4;

/** What is in this machine, what can be done, and the images that were found. */
export function HomePage(): JSX.Element {
  return (
    <Page title={t("home.title")} lead={t("home.nothing-yet")} footer={null}>
      <OldMedium />
      <Actions />
      <div class="columns columns--even">
        <Images />
        <Machine />
      </div>
    </Page>
  );
}

function Actions(): JSX.Element {
  const { value: images, busy } = useShell().restore.images.value;
  const found = images?.filter((image) => !image.problem).length ?? 0;
  const isLooking = busy && !images;
  return (
    <nav class="tiles" aria-label={t("home.actions")}>
      <Action icon="restore" title={t("home.restore")} href={addressOf("restore")} isFirst>
        {isLooking
          ? t("home.restore-looking")
          : found === 0
            ? t("home.restore-none")
            : t("home.restore-some", { count: found })}
      </Action>
      <Action icon="capture" title={t("home.capture")} href={addressOf("capture")}>
        {t("home.capture-text")}
      </Action>
      <Action icon="clone" title={t("home.clone")} href={addressOf("clone")}>
        {t("home.clone-text")}
      </Action>
      <Action icon="boot" title={t("home.boot")} href={addressOf("boot")}>
        {t("home.boot-text")}
      </Action>
      <Action icon="partitions" title={t("home.partitions")} href={addressOf("partitions")}>
        {t("home.partitions-text")}
      </Action>
      <Action icon="images" title={t("home.look-inside")} href={addressOf("images")}>
        {t("home.look-inside-text")}
      </Action>
      <Action icon="file" title={t("home.logs")} href={addressOf("logs")}>
        {t("home.logs-text")}
      </Action>
      <Action icon="settings" title={t("home.settings")} href={addressOf("settings")}>
        {t("home.settings-text")}
      </Action>
    </nav>
  );
}

function Action(props: {
  readonly icon: IconName;
  readonly title: string;
  readonly href: string;
  /** What most people have come for. */
  readonly isFirst?: boolean;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <a class={`tile${props.isFirst ? " tile--first" : ""}`} href={props.href}>
      <Icon name={props.icon} />
      <span class="tile__text">
        <span class="tile__title">{props.title}</span>
        <span class="tile__detail">{props.children}</span>
      </span>
    </a>
  );
}

function Images(): JSX.Element | null {
  const { value: images, problem } = useShell().restore.images.value;
  if (problem) return <ProblemAlert problem={problem} />;
  const intact = (images ?? []).filter((image) => !image.problem).toSorted(newestFirst);
  if (intact.length === 0) return null;
  return (
    <Section title={t("home.images")}>
      <ul class="rows">
        {intact.slice(0, IMAGES_SHOWN).map((image) => (
          <ImageRow key={image.id} image={image} />
        ))}
      </ul>
      {intact.length > IMAGES_SHOWN && <p>{t("home.images-more", { count: intact.length - IMAGES_SHOWN })}</p>}
    </Section>
  );
}

/** Of one that is locked nobody knows when it was made. */
const newestFirst = (a: FoundImage, b: FoundImage): number =>
  (b.manifest?.createdAt ?? "").localeCompare(a.manifest?.createdAt ?? "");

function ImageRow({ image }: { image: FoundImage }): JSX.Element {
  const { manifest } = image;
  const name = manifest?.name || image.fileName;
  // A locked one is unlocked on the first page.
  const step = manifest ? "target" : "image";
  return (
    <li class="row">
      <Icon name={manifest ? "file" : "lock"} />
      <div class="row__text">
        <p class="row__title">{name}</p>
        <p class="muted">
          {manifest
            ? t("image.made", {
                date: format.dateTime(manifest.createdAt),
                machine: manifest.disk.model ?? t("image.unknown-model"),
              })
            : t("image.locked")}
        </p>
      </div>
      <a
        class="button button--plain"
        href={formatRoute({ step, sourceId: image.id, targetId: undefined })}
        aria-label={t("home.restore-this", { name })}
      >
        {t("home.restore-short")}
      </a>
    </li>
  );
}

function Machine(): JSX.Element {
  const shell = useShell();
  const system = shell.system.value.value;
  const { value: disks, problem } = shell.disks.value;
  return (
    <Section title={t("home.machine")}>
      {system && (
        <Facts
          rows={[
            [t("home.model"), system.machine && <span translate={false}>{system.machine}</span>],
            [t("home.memory"), format.bytes(system.memoryBytes)],
            [
              t("home.firmware"),
              t(system.firmware === "bios" ? "home.bios" : system.secureBoot ? "home.uefi-secure" : "home.uefi"),
            ],
            [t("home.battery"), batteryText(shell.powerState.value.value)],
          ]}
        />
      )}
      <h3>{t("home.disks")}</h3>
      {problem && <ProblemAlert problem={problem} />}
      {disks?.length === 0 && <p>{t("home.no-disks")}</p>}
      <ul class="rows">
        {disks?.map((disk) => (
          <DiskRow key={disk.id} disk={disk} />
        ))}
      </ul>
    </Section>
  );
}

function batteryText(state: { percent?: number | undefined; onBattery: boolean } | undefined): string | undefined {
  if (state?.percent === undefined) return undefined;
  const percent = format.percent(state.percent / 100);
  return state.onBattery ? t("home.battery-left", { percent }) : t("home.battery-charging", { percent });
}

function DiskRow({ disk }: { disk: Disk }): JSX.Element {
  return (
    <li class="row row--tall">
      <p>
        <span class="row__title">{diskTitle(disk)}</span> <span class="muted">{tData("bus", disk.bus)}</span>
      </p>
      <p>{disk.isBootMedium ? t("home.boot-medium") : holds(disk)}</p>
      {!disk.unreadable && <DiskBar layout={disk} fate="now" isSmall />}
    </li>
  );
}
