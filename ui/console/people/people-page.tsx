import type { JSX } from "preact";
import { c } from "#ui/console/i18n/index.ts";
import { Audit } from "#ui/console/people/audit.tsx";
import { Tokens } from "#ui/console/people/tokens.tsx";
import { Users } from "#ui/console/people/users.tsx";
import { Page } from "#ui/parts/page.tsx";

/** Who may come in, and what was done. */
export const PeoplePage = (): JSX.Element => (
  <Page title={c("people.title")} lead={c("people.lead")} footer={null}>
    <div class="columns columns--even">
      <Users />
      <Tokens />
    </div>
    <Audit />
  </Page>
);
