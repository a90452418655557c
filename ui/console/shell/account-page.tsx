import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { useConsole } from "#ui/console/context.ts";
import { c } from "#ui/console/i18n/index.ts";
import { Trouble } from "#ui/console/problem.tsx";
import { useDoing } from "#ui/console/use-loaded.ts";
import { format } from "#ui/i18n/index.ts";
import { Alert } from "#ui/parts/alert.tsx";
import { Button } from "#ui/parts/button.tsx";
import { Facts } from "#ui/parts/facts.tsx";
import { Page, Section } from "#ui/parts/page.tsx";
import { PasswordField } from "#ui/parts/password-field.tsx";
import { Appearance } from "#ui/shell/appearance.tsx";

/** Whoever is logged in: what they may do, their password, and how this browser looks. */
export function AccountPage(): JSX.Element {
  const store = useConsole();
  const user = store.user.value;
  const { problem, run } = useDoing();
  const leave = (how: "logOut" | "logOutEverywhere") =>
    run(async () => {
      problem.value = await store.leave(how);
    });
  return (
    <Page title={c("account.title")} footer={null}>
      <div class="columns columns--even">
        <div class="stack">
          <Section title={c("account.login")}>
            <Facts
              rows={[
                [c("account.name"), user?.name],
                [c("account.role"), user && c(`role.${user.role}`)],
                [c("account.may"), user && c(`role-may.${user.role}`)],
                [c("account.ends"), user?.endsAt && format.dateTime(new Date(user.endsAt).toISOString())],
                [c("account.version"), store.session.value.value?.version],
              ]}
            />
            <p class="muted">{c("account.ends-idle")}</p>
            <div class="actions">
              <Button kind="primary" onPress={() => leave("logOut")}>
                {c("account.log-out")}
              </Button>
              <Button onPress={() => leave("logOutEverywhere")}>{c("account.log-out-everywhere")}</Button>
            </div>
            <Trouble problem={problem.value} />
          </Section>
          <OwnPassword />
        </div>
        <div class="stack">
          <Appearance />
        </div>
      </div>
    </Page>
  );
}

function OwnPassword(): JSX.Element {
  const store = useConsole();
  const [old, fresh] = [useSignal(""), useSignal("")];
  const isDone = useSignal(false);
  const [oldField, freshField] = [useRef<HTMLInputElement>(null), useRef<HTMLInputElement>(null)];
  const { busy, problem, run } = useDoing();
  const missing = old.value === "" || fresh.value === "";
  const submit = async (event: Event) => {
    event.preventDefault();
    if (missing) return;
    isDone.value = false;
    const body = { password: old.value, newPassword: fresh.value };
    if (!(await run(() => store.call("changePassword", { body })))) return;
    isDone.value = true;
    old.value = "";
    fresh.value = "";
  };
  return (
    <Section title={c("account.password")}>
      <form id="password-form" class="stack" onSubmit={submit} noValidate>
        <PasswordField
          id="old-password"
          label={c("account.old-password")}
          value={old.value}
          autocomplete="current-password"
          onInput={(text) => {
            old.value = text;
          }}
          describedBy="password-rules"
          invalid={problem.value?.code === "CONSOLE_LOGIN_FAILED"}
          innerRef={oldField}
        />
        <PasswordField
          id="new-password"
          label={c("account.new-password")}
          value={fresh.value}
          autocomplete="new-password"
          onInput={(text) => {
            fresh.value = text;
          }}
          describedBy="password-rules"
          invalid={problem.value?.code === "CONSOLE_USER_INVALID"}
          innerRef={freshField}
        />
        <p class="field__hint" id="password-rules">
          {c("people.password-rules")}
        </p>
        <Trouble problem={problem.value} />
        {isDone.value && (
          <Alert kind="success" live>
            <p>{c("account.password-changed")}</p>
          </Alert>
        )}
        <div class="actions">
          <Button submits="password-form" blocked={busy.value || missing} onPress={() => {}}>
            {c("account.change-password")}
          </Button>
        </div>
      </form>
    </Section>
  );
}
