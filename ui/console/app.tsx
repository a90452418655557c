import type { JSX } from "preact";
import type { Console } from "#ui/console/console.ts";
import { ConsoleContext, useConsole } from "#ui/console/context.ts";
import { DeploymentPage } from "#ui/console/deployments/deployment-page.tsx";
import { DeploymentsPage } from "#ui/console/deployments/deployments-page.tsx";
import { NewDeploymentPage } from "#ui/console/deployments/new-page.tsx";
import { c } from "#ui/console/i18n/index.ts";
import { MachinePage } from "#ui/console/machines/machine-page.tsx";
import { MachinesPage } from "#ui/console/machines/machines-page.tsx";
import { PeoplePage } from "#ui/console/people/people-page.tsx";
import { Trouble } from "#ui/console/problem.tsx";
import { ServerPage } from "#ui/console/server/server-page.tsx";
import { AccountPage } from "#ui/console/shell/account-page.tsx";
import { ConsoleHeader } from "#ui/console/shell/console-header.tsx";
import { LoginAgain } from "#ui/console/shell/login-again.tsx";
import { LoginPage } from "#ui/console/shell/login-page.tsx";
import { SetUpPage } from "#ui/console/shell/set-up-page.tsx";
import { t } from "#ui/i18n/index.ts";
import { Announcer } from "#ui/parts/announcer.tsx";
import { Button } from "#ui/parts/button.tsx";
import { ErrorBoundary } from "#ui/parts/error-boundary.tsx";
import { Page } from "#ui/parts/page.tsx";

export function ConsoleApp({ store }: { store: Console }): JSX.Element {
  return (
    <ConsoleContext.Provider value={store}>
      <button type="button" class="skip" onClick={() => document.getElementById("content")?.focus()}>
        {t("app.skip")}
      </button>
      <ConsoleHeader />
      <ErrorBoundary tools={null}>
        <CurrentPage />
      </ErrorBoundary>
      {store.hasEnded.value && <LoginAgain />}
      <Announcer />
    </ConsoleContext.Provider>
  );
}

function CurrentPage(): JSX.Element {
  const store = useConsole();
  const { value: session, problem } = store.session.value;
  if (!session && problem) return <Unreachable />;
  if (!session) return <Page title={t("app.loading")} footer={null} />;
  if (session.needsSetUp && !session.user) return <SetUpPage key="set-up" />;
  if (!session.user) return <LoginPage key="login" />;
  // Keyed, so that each page mounts anew: the focus then starts at its heading, and nobody sees what another user asked for.
  const route = store.route.value;
  const who = session.user.name;
  if (route.page === "machine") return <MachinePage key={`${who} machine ${route.id}`} id={route.id} />;
  if (route.page === "deployment") return <DeploymentPage key={`${who} deployment ${route.name}`} name={route.name} />;
  if (route.page === "deployments") return <DeploymentsPage key={`${who} deployments`} />;
  if (route.page === "new" && store.may("createDeployment"))
    return <NewDeploymentPage key={`${who} new`} machines={route.machines} />;
  if (route.page === "new") return <DeploymentsPage key={`${who} deployments`} />;
  if (route.page === "server") return <ServerPage key={`${who} server`} />;
  if (route.page === "people" && store.may("users")) return <PeoplePage key={`${who} people`} />;
  if (route.page === "account" || route.page === "people") return <AccountPage key={`${who} account`} />;
  return <MachinesPage key={`${who} machines`} />;
}

function Unreachable(): JSX.Element {
  const store = useConsole();
  return (
    <Page title={c("unreachable.title")} footer={null}>
      <Trouble problem={store.session.value.problem} />
      <div class="actions">
        <Button kind="primary" onPress={() => store.begin()}>
          {t("app.try-again")}
        </Button>
      </div>
    </Page>
  );
}
