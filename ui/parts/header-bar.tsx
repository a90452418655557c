import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "#ui/i18n/index.ts";
import { brand } from "#ui/parts/brand.ts";
import { Icon, type IconName, Logo } from "#ui/parts/icon.tsx";

/** A place that one can go to from every page. */
export interface SectionLink {
  readonly href: string;
  readonly icon: IconName;
  readonly label: string;
  readonly isCurrent: boolean;
}

/** On every page: where one can go, and what else concerns all of them. Without sections there is nowhere to go yet. */
export function HeaderBar(props: {
  readonly sections: readonly SectionLink[];
  readonly children: ComponentChildren;
}): JSX.Element {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  useEscape(open, () => {
    setOpen(false);
    button.current?.focus();
  });
  const isAlone = props.sections.length === 0;
  return (
    <>
      <header class="header">
        {!isAlone && (
          <button
            ref={button}
            type="button"
            class="header__button header__menu"
            aria-expanded={open}
            aria-controls="sections"
            onClick={() => setOpen(!open)}
          >
            <Icon name="menu" />
            <span>{t("app.menu")}</span>
          </button>
        )}
        {brand.value.logo === undefined ? <Logo /> : <img class="logo" src={brand.value.logo} alt="" />}
        <span class="header__name">{brand.value.name}</span>
        <span class="header__gap" />
        {props.children}
      </header>
      {!isAlone && <Navigation sections={props.sections} isOpen={open} onLeave={() => setOpen(false)} />}
    </>
  );
}

function useEscape(isOn: boolean, close: () => void): void {
  useEffect(() => {
    if (!isOn) return;
    const press = (event: KeyboardEvent) => {
      if (event.key === "Escape") close();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [isOn, close]);
}

/** Always there on a wide screen; on a narrow one it comes over the page when it is asked for. */
function Navigation(props: {
  readonly sections: readonly SectionLink[];
  readonly isOpen: boolean;
  readonly onLeave: () => void;
}): JSX.Element {
  return (
    <nav id="sections" class={`nav${props.isOpen ? " nav--open" : ""}`} aria-label={t("app.sections")}>
      <ul>
        {props.sections.map(({ href, icon, label, isCurrent }) => (
          <li key={href}>
            <a class="nav__link" href={href} aria-current={isCurrent ? "page" : undefined} onClick={props.onLeave}>
              <Icon name={icon} />
              <span>{label}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
