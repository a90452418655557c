import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Problem } from "#pxe/console/contract.ts";
import { useConsole } from "#ui/console/context.ts";
import { c, problemWords } from "#ui/console/i18n/index.ts";
import { Trouble } from "#ui/console/problem.tsx";
import { useDoing } from "#ui/console/use-loaded.ts";
import { Alert } from "#ui/parts/alert.tsx";
import { Button } from "#ui/parts/button.tsx";
import { PasswordField } from "#ui/parts/password-field.tsx";
import { TextField } from "#ui/parts/text-field.tsx";

/** @param props.name who was logged in, where that is known */
export function LoginForm({ name: before = "" }: { name?: string | undefined }): JSX.Element {
  const store = useConsole();
  const name = useSignal(before);
  const password = useSignal("");
  const [nameField, field] = [useRef<HTMLInputElement>(null), useRef<HTMLInputElement>(null)];
  useEffect(() => (before === "" ? nameField : field).current?.focus(), []);
  const { busy, problem, run } = useDoing();
  const pause = usePause(problem.value);
  const missing = name.value.trim() === "" || password.value === "";
  const isWrong = problem.value?.code === "CONSOLE_LOGIN_FAILED";
  const submit = async (event: Event) => {
    event.preventDefault();
    if (missing || pause > 0) return;
    const body = { name: name.value.trim(), password: password.value };
    if (await run(() => store.enter("logIn", body))) return;
    field.current?.focus();
    field.current?.select();
  };
  return (
    <form id="login-form" class="stack" onSubmit={submit} noValidate>
      <TextField
        id="login-name"
        label={c("login.name")}
        value={name.value}
        autocomplete="username"
        innerRef={nameField}
        onInput={(text) => {
          name.value = text;
        }}
      />
      <PasswordField
        id="login-password"
        label={c("login.password")}
        value={password.value}
        autocomplete="current-password"
        onInput={(text) => {
          password.value = text;
        }}
        describedBy="login-wrong"
        invalid={isWrong}
        innerRef={field}
      />
      <div id="login-wrong">
        {pause > 0 && (
          <Alert kind="warning" title={c("login.pause")} live>
            <p>{c("login.pause-left", { count: pause })}</p>
          </Alert>
        )}
        {isWrong && problem.value && (
          <Alert kind="danger" title={problemWords(problem.value).text} live>
            <p>{c("login.wrong-help")}</p>
          </Alert>
        )}
        {!isWrong && problem.value?.code !== "CONSOLE_TOO_MANY_TRIES" && <Trouble problem={problem.value} />}
      </div>
      <div class="actions">
        <Button kind="primary" submits="login-form" blocked={busy.value || missing || pause > 0} onPress={() => {}}>
          {c(busy.value ? "login.busy" : "login.button")}
        </Button>
      </div>
    </form>
  );
}

/** Seconds until the next try counts. */
export function usePause(problem: Problem | undefined): number {
  const left = useSignal(0);
  useEffect(() => {
    if (problem?.code !== "CONSOLE_TOO_MANY_TRIES") return;
    const end = Date.now() + Number(problem.details["seconds"]) * 1000;
    const look = () => {
      left.value = Math.max(0, Math.ceil((end - Date.now()) / 1000));
      if (left.value === 0) clearInterval(timer);
    };
    const timer = setInterval(look, 1000);
    look();
    return () => clearInterval(timer);
  }, [problem]);
  return left.value;
}
