import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { useConsole } from "#ui/console/context.ts";
import { c, speakConsole } from "#ui/console/i18n/index.ts";
import { addressOf, type SectionName, sectionOf } from "#ui/console/route.ts";
import { format } from "#ui/i18n/index.ts";
import { HeaderBar } from "#ui/parts/header-bar.tsx";
import { Icon, type IconName } from "#ui/parts/icon.tsx";
import { LanguageMenu } from "#ui/parts/language-menu.tsx";
import { remembered } from "#ui/shell/preferences.ts";

const icons: Readonly<Record<SectionName, IconName>> = {
  ...{ machines: "machine", deployments: "restore", server: "server", people: "people", account: "person" },
};
const sections = Object.keys(icons) as SectionName[];

/** Minutes before its end at which a login says so. */
const WARNED = 5;

/** On every page: where one can go, the language, and what concerns the login and the connection. */
export function ConsoleHeader(): JSX.Element {
  const store = useConsole();
  const isIn = store.user.value !== undefined;
  const current = sectionOf(store.route.value);
  const offered = isIn ? sections.filter((name) => name !== "people" || store.may("users")) : [];
  const links = offered.map((name) => ({
    ...{ href: addressOf({ page: name }), icon: icons[name], label: c(`section.${name}`), isCurrent: name === current },
  }));
  return (
    <HeaderBar sections={links}>
      {isIn && <Ending />}
      {isIn && !store.isConnected.value && (
        <span class="header__notice" role="status">
          {c("connection.lost")}
        </span>
      )}
      {isIn && <Who />}
      <LanguageMenu
        onChoose={(code) => {
          remembered.set("language", code);
          void speakConsole(code);
        }}
      />
    </HeaderBar>
  );
}

function Who(): JSX.Element | null {
  const user = useConsole().user.value;
  if (!user) return null;
  const text = c("account.who", { name: user.name, role: c(`role.${user.role}`) });
  return (
    <a class="header__button" href={addressOf({ page: "account" })} aria-label={text}>
      <Icon name="person" />
      <span class="header__who">{text}</span>
    </a>
  );
}

/** Said in time, so that what is being typed can be finished. */
function Ending(): JSX.Element | null {
  const { endsAt } = useConsole().user.value ?? {};
  const isNear = useSignal(false);
  useEffect(() => {
    isNear.value = false;
    if (endsAt === undefined) return;
    const wait = endsAt - WARNED * 60_000 - Date.now();
    const timer = setTimeout(
      () => {
        isNear.value = true;
      },
      Math.max(0, wait),
    );
    return () => clearTimeout(timer);
  }, [endsAt]);
  if (!isNear.value || endsAt === undefined) return null;
  const time = format.time(new Date(endsAt).toISOString());
  const text = c("login.ends-soon", { time });
  return (
    <a class="header__button header__job" href={addressOf({ page: "account" })} aria-label={text}>
      <Icon name="clock" />
      <span class="header__who">{text}</span>
      <span class="header__short">{time}</span>
    </a>
  );
}
