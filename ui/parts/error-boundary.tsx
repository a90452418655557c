import { Component, type ComponentChildren } from "preact";
import { t } from "#ui/i18n/index.ts";
import { Button } from "#ui/parts/button.tsx";
import { Page } from "#ui/parts/page.tsx";
import { ProblemAlert } from "#ui/parts/problem-alert.tsx";
import { SaveLog } from "#ui/parts/save-log.tsx";

/** The last net: a mistake in a page shows what to do, instead of an empty screen. */
export class ErrorBoundary extends Component<{ children: ComponentChildren }, { failure: string | undefined }> {
  override state: { failure: string | undefined } = { failure: undefined };

  static override getDerivedStateFromError(error: unknown): { failure: string } {
    return { failure: error instanceof Error ? error.message : String(error) };
  }

  override render(): ComponentChildren {
    const { failure } = this.state;
    if (failure === undefined) return this.props.children;
    return <CrashPage failure={failure} />;
  }
}

const CrashPage = ({ failure }: { failure: string }) => (
  <Page title={t("crash.title")} lead={t("crash.text")} footer={<CrashActions />}>
    <ProblemAlert problem={{ code: "PAGE_FAILED", text: failure, safe: "", next: "", details: {} }} />
  </Page>
);

const CrashActions = () => (
  <>
    <SaveLog />
    <span class="footer__gap" />
    <Button kind="primary" onPress={() => location.reload()}>
      {t("app.reload")}
    </Button>
  </>
);
