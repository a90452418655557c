import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import type { User } from "#pxe/console/contract.ts";
import { useConsole } from "#ui/console/context.ts";
import { c } from "#ui/console/i18n/index.ts";
import { RoleSelect } from "#ui/console/people/role-select.tsx";
import { Trouble } from "#ui/console/problem.tsx";
import { useDoing } from "#ui/console/use-loaded.ts";
import { Button } from "#ui/parts/button.tsx";
import { Dialog } from "#ui/parts/dialog.tsx";
import { PasswordField } from "#ui/parts/password-field.tsx";

/** One user: role, a new password, logging out, removing. */
export function UserDialog(props: {
  readonly user: User;
  readonly onChanged: () => void;
  readonly onClose: () => void;
}): JSX.Element {
  const store = useConsole();
  const { user, onChanged, onClose } = props;
  const params = { name: user.name };
  const { busy, problem, run } = useDoing();
  const password = useSignal("");
  const said = useSignal("");
  const isRemoving = useSignal(false);
  const field = useRef<HTMLInputElement>(null);
  const act = async (what: () => Promise<unknown>, done: string) => {
    said.value = "";
    if (!(await run(what))) return;
    said.value = done;
    onChanged();
  };
  const remove = async () => {
    if (!isRemoving.value) {
      isRemoving.value = true;
      return;
    }
    if (!(await run(() => store.call("removeUser", { params })))) return;
    onChanged();
    onClose();
  };
  return (
    <Dialog
      title={user.name}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{c("dialog.close")}</Button>
          <Button
            blocked={busy.value}
            onPress={() => act(() => store.call("logOutUser", { params }), c("user.logged-out"))}
          >
            {c("user.log-out")}
          </Button>
          <Button kind="danger" blocked={busy.value} onPress={remove}>
            {c(isRemoving.value ? "user.remove-yes" : "user.remove")}
          </Button>
        </>
      }
    >
      {isRemoving.value && <p class="warning-text">{c("user.remove-means")}</p>}
      <RoleSelect
        value={user.role}
        onChoose={(role) =>
          void act(() => store.call("changeRole", { params, body: { role } }), c("user.role-changed"))
        }
      />
      <PasswordField
        id="set-password"
        label={c("account.new-password")}
        value={password.value}
        autocomplete="new-password"
        onInput={(text) => {
          password.value = text;
        }}
        describedBy="set-password-rules"
        invalid={problem.value?.code === "CONSOLE_USER_INVALID"}
        innerRef={field}
      />
      <p class="field__hint" id="set-password-rules">
        {c("people.password-rules")}
      </p>
      <div class="actions">
        <Button
          blocked={busy.value || password.value === ""}
          onPress={() => {
            if (password.value === "") return;
            const body = { newPassword: password.value };
            return act(() => store.call("setPassword", { params, body }), c("user.password-set"));
          }}
        >
          {c("user.set-password")}
        </Button>
      </div>
      <p role="status">{said.value}</p>
      <Trouble problem={problem.value} />
    </Dialog>
  );
}
