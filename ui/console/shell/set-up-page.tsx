import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { useConsole } from "#ui/console/context.ts";
import { c } from "#ui/console/i18n/index.ts";
import { Trouble } from "#ui/console/problem.tsx";
import { usePause } from "#ui/console/shell/login-form.tsx";
import { useDoing } from "#ui/console/use-loaded.ts";
import { Button } from "#ui/parts/button.tsx";
import { Page, Section } from "#ui/parts/page.tsx";
import { PasswordField } from "#ui/parts/password-field.tsx";
import { TextField } from "#ui/parts/text-field.tsx";

/** The first start: nobody can log in, and who can read what the server prints is the first admin. */
export function SetUpPage(): JSX.Element {
  const store = useConsole();
  const [code, name, password] = [useSignal(""), useSignal(""), useSignal("")];
  const field = useRef<HTMLInputElement>(null);
  const { busy, problem, run } = useDoing();
  const pause = usePause(problem.value);
  const missing = [code, name, password].some(({ value }) => value.trim() === "");
  const submit = async (event: Event) => {
    event.preventDefault();
    if (missing || pause > 0) return;
    const body = { code: code.value.trim(), name: name.value.trim(), password: password.value };
    await run(() => store.enter("setUp", body));
  };
  return (
    <Page title={c("set-up.title")} lead={c("set-up.lead")} footer={null}>
      <div class="narrow">
        <Section title={c("set-up.section")}>
          <p>{c("set-up.where")}</p>
          <p>{c("set-up.or")}</p>
          <p class="code">lifeboat serve user add NAME --role admin</p>
          <form id="set-up-form" class="stack" onSubmit={submit} noValidate>
            <TextField
              id="set-up-code"
              label={c("set-up.code")}
              value={code.value}
              onInput={(text) => {
                code.value = text;
              }}
            />
            <TextField
              id="set-up-name"
              label={c("set-up.name")}
              value={name.value}
              hint={c("people.name-rules")}
              autocomplete="username"
              onInput={(text) => {
                name.value = text;
              }}
            />
            <PasswordField
              id="set-up-password"
              label={c("set-up.password")}
              value={password.value}
              autocomplete="new-password"
              onInput={(text) => {
                password.value = text;
              }}
              describedBy="set-up-rules"
              invalid={problem.value?.code === "CONSOLE_USER_INVALID"}
              innerRef={field}
            />
            <p class="field__hint" id="set-up-rules">
              {c("people.password-rules")}
            </p>
            <Trouble problem={problem.value} />
            <div class="actions">
              <Button
                kind="primary"
                submits="set-up-form"
                blocked={busy.value || missing || pause > 0}
                onPress={() => {}}
              >
                {pause > 0 ? c("login.pause-left", { count: pause }) : c("set-up.button")}
              </Button>
            </div>
          </form>
        </Section>
      </div>
    </Page>
  );
}
