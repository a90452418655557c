import type { JSX } from "preact";
import { c } from "#ui/console/i18n/index.ts";
import { LoginForm } from "#ui/console/shell/login-form.tsx";
import { Page, Section } from "#ui/parts/page.tsx";

export const LoginPage = (): JSX.Element => (
  <Page title={c("login.title")} lead={c("login.lead")} footer={null} ownFocus>
    <div class="narrow">
      <Section title={c("login.section")}>
        <LoginForm />
        <p class="muted">{c("login.rules")}</p>
        <p class="muted">{c("login.forgotten")}</p>
      </Section>
    </div>
  </Page>
);
