import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { PageShown } from "#rescue/api/contract.ts";
import { BootPage } from "#ui/boot/boot-page.tsx";
import { CapturePages } from "#ui/capture/capture-pages.tsx";
import { t } from "#ui/i18n/index.ts";
import { ImagesPages } from "#ui/images/images-pages.tsx";
import { NetworkPage } from "#ui/network/network-page.tsx";
import { OperationPage } from "#ui/operation/operation-page.tsx";
import { PartitionsPages } from "#ui/partitions/partitions-pages.tsx";
import { Announcer } from "#ui/parts/announcer.tsx";
import { ErrorBoundary } from "#ui/parts/error-boundary.tsx";
import { Page } from "#ui/parts/page.tsx";
import { SaveLog } from "#ui/parts/save-log.tsx";
import { RestorePages } from "#ui/restore/restore-pages.tsx";
import { ShellContext, useShell } from "#ui/shell/context.ts";
import { Header } from "#ui/shell/header.tsx";
import { HelpPage } from "#ui/shell/help-page.tsx";
import { HomePage } from "#ui/shell/home-page.tsx";
import { LogsPage } from "#ui/shell/logs-page.tsx";
import { PowerPage } from "#ui/shell/power-page.tsx";
import { SettingsPage } from "#ui/shell/settings-page.tsx";
import type { Shell } from "#ui/shell/shell.ts";
import { TerminalPage } from "#ui/terminal/terminal-page.tsx";
import { UnattendedPage } from "#ui/unattended/unattended-page.tsx";

/** @param props.onPainted called when a page with its data is on the screen. */
export function App({ shell, onPainted }: { shell: Shell; onPainted: (page: PageShown["page"]) => void }): JSX.Element {
  const shown = shell.shown.value;
  useEffect(() => {
    // The first frame draws the page, the second begins when it has been shown.
    if (shown) requestAnimationFrame(() => requestAnimationFrame(() => onPainted(shown)));
  }, [shown, onPainted]);
  return (
    <ShellContext.Provider value={shell}>
      <button type="button" class="skip" onClick={() => document.getElementById("content")?.focus()}>
        {t("app.skip")}
      </button>
      <Header />
      <ErrorBoundary tools={<SaveLog />}>
        <CurrentPage />
      </ErrorBoundary>
      <Announcer />
    </ShellContext.Provider>
  );
}

function CurrentPage(): JSX.Element {
  const shell = useShell();
  const off = shell.poweringOff.value;
  if (off)
    return (
      <Page
        title={t(off === "restart" ? "power.restarting" : "power.shutting-down")}
        lead={t("result.remove")}
        footer={null}
      />
    );
  if (!shell.begun.value) return <Page title={t("app.loading")} footer={null} />;
  const unattended = shell.unattended.value;
  if (unattended && unattended.phase !== "none" && !shell.unattendedLeft.value)
    return <UnattendedPage key={unattended.phase} state={unattended} />;
  const section = shell.section.value;
  // Keyed, so that each section mounts anew: the focus then starts at its heading.
  if (section === "restore" || section === "clone") return <RestorePages key={section} />;
  if (section === "capture") return <CapturePages />;
  if (section === "boot") return <BootPage key={section} />;
  if (section === "network") return <NetworkPage key={section} />;
  if (section === "terminal") return <TerminalPage key={section} />;
  if (section === "partitions") return <PartitionsPages key={section} />;
  if (section === "images") return <ImagesPages key={section} />;
  if (section === "logs") return <LogsPage key={section} />;
  if (section === "settings") return <SettingsPage key={section} />;
  if (section === "help") return <HelpPage key={section} />;
  if (section === "power") return <PowerPage key={section} />;
  if (section === "operation") return <OperationPage key={shell.operationId} id={shell.operationId} />;
  return <HomePage key="home" />;
}
