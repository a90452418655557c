import { Component, type ComponentChildren } from "preact";
import { t } from "#ui/i18n/index.ts";
import { Button } from "#ui/parts/button.tsx";
import { Page } from "#ui/parts/page.tsx";
import { ProblemAlert } from "#ui/parts/problem-alert.tsx";

interface Props {
  readonly children: ComponentChildren;
  /** Beside the button that loads the page anew. */
  readonly tools: ComponentChildren;
}

/** The last net: a mistake in a page shows what to do, instead of an empty screen. */
export class ErrorBoundary extends Component<Props, { failure: string | undefined }> {
  override state: { failure: string | undefined } = { failure: undefined };

  static override getDerivedStateFromError(error: unknown): { failure: string } {
    return { failure: error instanceof Error ? error.message : String(error) };
  }

  override render(): ComponentChildren {
    const { failure } = this.state;
    if (failure === undefined) return this.props.children;
    return <CrashPage failure={failure} tools={this.props.tools} />;
  }
}

const CrashPage = ({ failure, tools }: { failure: string; tools: ComponentChildren }) => (
  <Page title={t("crash.title")} lead={t("crash.text")} footer={<CrashActions tools={tools} />}>
    <ProblemAlert problem={{ code: "PAGE_FAILED", text: failure, safe: "", next: "", details: {} }} />
  </Page>
);

const CrashActions = ({ tools }: Pick<Props, "tools">) => (
  <>
    {tools}
    <span class="footer__gap" />
    <Button kind="primary" onPress={() => location.reload()}>
      {t("app.reload")}
    </Button>
  </>
);
