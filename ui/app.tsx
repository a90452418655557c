import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { t } from "#ui/i18n/index.ts";
import { Announcer } from "#ui/parts/announcer.tsx";
import { useWizard, WizardContext } from "#ui/parts/context.ts";
import { ErrorBoundary } from "#ui/parts/error-boundary.tsx";
import { Logo } from "#ui/parts/icon.tsx";
import { Page } from "#ui/parts/page.tsx";
import { PowerMenu } from "#ui/parts/power-menu.tsx";
import { Steps } from "#ui/parts/steps.tsx";
import { ImagePage } from "#ui/wizard/image-page.tsx";
import { ProgressPage } from "#ui/wizard/progress-page.tsx";
import { ResultPage } from "#ui/wizard/result-page.tsx";
import { ReviewPage } from "#ui/wizard/review-page.tsx";
import type { Step } from "#ui/wizard/route.ts";
import { TargetPage } from "#ui/wizard/target-page.tsx";
import { UnattendedPage } from "#ui/wizard/unattended-page.tsx";
import type { Wizard } from "#ui/wizard/wizard.ts";

/** @param props.onPainted called when a page with its data is on the screen. */
export function App({ wizard, onPainted }: { wizard: Wizard; onPainted: (page: Step) => void }): JSX.Element {
  const shown = wizard.shown.value;
  useEffect(() => {
    // The first frame draws the page, the second begins when it has been shown.
    if (shown) requestAnimationFrame(() => requestAnimationFrame(() => onPainted(shown)));
  }, [shown, onPainted]);
  return (
    <WizardContext.Provider value={wizard}>
      <button type="button" class="skip" onClick={() => document.getElementById("content")?.focus()}>
        {t("app.skip")}
      </button>
      <header class="header">
        <Logo />
        <span class="header__name">{t("app.name")}</span>
        <Steps current={wizard.step.value} />
        <PowerMenu />
      </header>
      <ErrorBoundary>
        <CurrentPage />
      </ErrorBoundary>
      <Announcer />
    </WizardContext.Provider>
  );
}

function CurrentPage(): JSX.Element {
  const wizard = useWizard();
  const step = wizard.step.value;
  const job = wizard.job.value;
  const off = wizard.poweringOff.value;
  if (off)
    return (
      <Page
        title={t(off === "restart" ? "power.restarting" : "power.shutting-down")}
        lead={t("result.remove")}
        footer={null}
      />
    );
  if (!wizard.begun.value) return <Page title={t("app.loading")} footer={null} />;
  const unattended = wizard.unattended.value;
  if (unattended && unattended.phase !== "none" && !wizard.unattendedLeft.value)
    return <UnattendedPage key={unattended.phase} state={unattended} />;
  // Keyed, so that each step mounts anew: the focus then starts at its heading.
  if (step === "progress" && job) return <ProgressPage key={step} job={job} />;
  if (step === "result" && job) return <ResultPage key={step} job={job} />;
  if (step === "target") return <TargetPage key={step} />;
  if (step === "review") return <ReviewPage key={step} />;
  return <ImagePage key="image" />;
}
