import type { JSX } from "preact";
import { t } from "#ui/i18n/index.ts";
import { Icon, type IconName } from "#ui/parts/icon.tsx";
import { useShell } from "#ui/shell/context.ts";
import { addressOf, isOffered, type OfferedSection, sections } from "#ui/shell/section.ts";

const icons: Readonly<Record<OfferedSection, IconName>> = {
  ...{ home: "home", restore: "restore", logs: "file", settings: "settings", power: "power" },
};

/** Always there on a wide screen; on a narrow one it comes over the page when it is asked for. */
export function Navigation({ isOpen, onLeave }: { isOpen: boolean; onLeave: () => void }): JSX.Element {
  const shell = useShell();
  const isRescue = shell.system.value.value?.isRescue === true;
  return (
    <nav id="sections" class={`nav${isOpen ? " nav--open" : ""}`} aria-label={t("app.sections")}>
      <ul>
        {sections
          .filter((section): section is OfferedSection => isOffered(section, isRescue))
          .map((section) => (
            <li key={section}>
              <a
                class="nav__link"
                href={addressOf(section)}
                aria-current={section === shell.section.value ? "page" : undefined}
                onClick={onLeave}
              >
                <Icon name={icons[section]} />
                <span>{t(`section.${section}`)}</span>
              </a>
            </li>
          ))}
      </ul>
    </nav>
  );
}
