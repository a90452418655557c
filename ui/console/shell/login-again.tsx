import type { JSX } from "preact";
import { useConsole } from "#ui/console/context.ts";
import { c } from "#ui/console/i18n/index.ts";
import { LoginForm } from "#ui/console/shell/login-form.tsx";
import { Button } from "#ui/parts/button.tsx";
import { Dialog } from "#ui/parts/dialog.tsx";

/** Over the page that was open when the login ended: what is typed there stays. */
export function LoginAgain(): JSX.Element {
  const store = useConsole();
  return (
    <Dialog
      title={c("again.title")}
      onClose={() => {
        if (store.hasEnded.value) store.giveUp();
      }}
      actions={<Button onPress={() => store.giveUp()}>{c("again.leave")}</Button>}
    >
      <p>{c("again.text")}</p>
      <LoginForm name={store.user.value?.kind === "user" ? store.user.value.name : undefined} />
    </Dialog>
  );
}
