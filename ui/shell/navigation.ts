import { t } from "#ui/i18n/index.ts";
import type { SectionLink } from "#ui/parts/header-bar.tsx";
import type { IconName } from "#ui/parts/icon.tsx";
import { addressOf, isOffered, type OfferedSection, sections } from "#ui/shell/section.ts";
import type { Shell } from "#ui/shell/shell.ts";

const icons: Readonly<Record<OfferedSection, IconName>> = {
  ...{ home: "home", restore: "restore", capture: "capture", clone: "clone", boot: "boot", partitions: "partitions" },
  ...{ images: "images", network: "network", terminal: "terminal", logs: "file", settings: "settings", power: "power" },
};

/** The sections that there are here, as the header offers them. */
export const sectionLinks = (shell: Pick<Shell, "section" | "system">): SectionLink[] =>
  sections
    .filter((section): section is OfferedSection => isOffered(section, shell.system.value.value?.isRescue === true))
    .map((section) => ({
      ...{ href: addressOf(section), icon: icons[section], label: t(`section.${section}`) },
      isCurrent: section === shell.section.value,
    }));
