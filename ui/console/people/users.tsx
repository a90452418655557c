import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import type { User } from "#pxe/console/contract.ts";
import type { Role } from "#ui/console/api/routes.ts";
import { useConsole } from "#ui/console/context.ts";
import { c } from "#ui/console/i18n/index.ts";
import { when } from "#ui/console/machines/state-cell.tsx";
import { RoleSelect } from "#ui/console/people/role-select.tsx";
import { UserDialog } from "#ui/console/people/user-dialog.tsx";
import { Trouble } from "#ui/console/problem.tsx";
import { useDoing, useLoaded } from "#ui/console/use-loaded.ts";
import { t } from "#ui/i18n/index.ts";
import { Button } from "#ui/parts/button.tsx";
import { Section } from "#ui/parts/page.tsx";
import { PasswordField } from "#ui/parts/password-field.tsx";
import { TextField } from "#ui/parts/text-field.tsx";

export function Users(): JSX.Element {
  const store = useConsole();
  const turn = useSignal(0);
  const { value: users, problem } = useLoaded(() => store.call("users"), [turn.value]).value;
  const open = useSignal<string | undefined>(undefined);
  const opened = users?.find(({ name }) => name === open.value);
  const again = () => {
    turn.value++;
  };
  return (
    <Section title={c("users.title")}>
      <Trouble problem={problem} live={false} />
      {!users && !problem && <p class="muted">{t("app.loading")}</p>}
      <ul class="rows">
        {users?.map((user) => (
          <UserRow
            key={user.name}
            user={user}
            onOpen={() => {
              open.value = user.name;
            }}
          />
        ))}
      </ul>
      {opened && (
        <UserDialog
          user={opened}
          onChanged={again}
          onClose={() => {
            open.value = undefined;
          }}
        />
      )}
      <NewUser onAdded={again} />
    </Section>
  );
}

function UserRow({ user, onOpen }: { user: User; onOpen: () => void }): JSX.Element {
  const { name, role, lastLogin, sessions } = user;
  return (
    <li class="row">
      <div class="row__text">
        <p class="row__title">{name}</p>
        <p class="muted">
          {c(`role.${role}`)} ·{" "}
          {lastLogin === undefined ? c("users.never") : c("users.last", { time: when(lastLogin) })} ·{" "}
          {c("users.sessions", { count: sessions })}
        </p>
      </div>
      <Button label={c("users.change-this", { name })} onPress={onOpen}>
        {c("users.change")}
      </Button>
    </li>
  );
}

function NewUser({ onAdded }: { onAdded: () => void }): JSX.Element {
  const store = useConsole();
  const { busy, problem, run } = useDoing();
  const [name, password] = [useSignal(""), useSignal("")];
  const role = useSignal<Role>("viewer");
  const field = useRef<HTMLInputElement>(null);
  const missing = name.value.trim() === "" || password.value === "";
  const submit = async (event: Event) => {
    event.preventDefault();
    if (missing) return;
    const body = { name: name.value.trim(), role: role.value, password: password.value };
    if (!(await run(() => store.call("addUser", { body })))) return;
    name.value = "";
    password.value = "";
    onAdded();
  };
  return (
    <details class="details">
      <summary>{c("users.add")}</summary>
      <form id="new-user" class="stack" onSubmit={submit} noValidate>
        <TextField
          id="user-name"
          label={c("set-up.name")}
          hint={c("people.name-rules")}
          value={name.value}
          onInput={(text) => {
            name.value = text;
          }}
        />
        <RoleSelect
          value={role.value}
          onChoose={(value) => {
            role.value = value;
          }}
        />
        <PasswordField
          id="user-password"
          label={c("set-up.password")}
          value={password.value}
          autocomplete="new-password"
          onInput={(text) => {
            password.value = text;
          }}
          describedBy="user-password-rules"
          invalid={problem.value?.code === "CONSOLE_USER_INVALID"}
          innerRef={field}
        />
        <p class="field__hint" id="user-password-rules">
          {c("people.password-rules")}
        </p>
        <Trouble problem={problem.value} />
        <div class="actions">
          <Button kind="primary" submits="new-user" blocked={busy.value || missing} onPress={() => {}}>
            {c("users.add-button")}
          </Button>
        </div>
      </form>
    </details>
  );
}
