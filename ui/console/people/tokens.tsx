import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import type { Token } from "#pxe/console/contract.ts";
import type { Reply, Role } from "#ui/console/api/routes.ts";
import { useConsole } from "#ui/console/context.ts";
import { c } from "#ui/console/i18n/index.ts";
import { when } from "#ui/console/machines/state-cell.tsx";
import { RoleSelect } from "#ui/console/people/role-select.tsx";
import { Trouble } from "#ui/console/problem.tsx";
import { useDoing, useLoaded } from "#ui/console/use-loaded.ts";
import { t } from "#ui/i18n/index.ts";
import { Button } from "#ui/parts/button.tsx";
import { Dialog } from "#ui/parts/dialog.tsx";
import { Section } from "#ui/parts/page.tsx";
import { TextField } from "#ui/parts/text-field.tsx";

/** What programs come in with. */
export function Tokens(): JSX.Element {
  const store = useConsole();
  const turn = useSignal(0);
  const { value: tokens, problem } = useLoaded(() => store.call("tokens"), [turn.value]).value;
  const made = useSignal<Reply<"createToken"> | undefined>(undefined);
  const again = () => {
    turn.value++;
  };
  return (
    <Section title={c("tokens.title")}>
      <p class="muted">{c("tokens.text")}</p>
      <Trouble problem={problem} live={false} />
      {!tokens && !problem && <p class="muted">{t("app.loading")}</p>}
      {tokens?.length === 0 && <p>{c("tokens.none")}</p>}
      <ul class="rows">
        {tokens?.map((token) => (
          <TokenRow key={token.id} token={token} onChanged={again} />
        ))}
      </ul>
      <NewToken
        onMade={(token) => {
          made.value = token;
          again();
        }}
      />
      {made.value && (
        <Dialog
          title={c("tokens.made", { name: made.value.name })}
          onClose={() => {
            made.value = undefined;
          }}
          actions={
            <Button
              kind="primary"
              onPress={() => {
                made.value = undefined;
              }}
            >
              {c("tokens.kept")}
            </Button>
          }
        >
          <p>{c("tokens.once")}</p>
          <p class="secret">{made.value.secret}</p>
        </Dialog>
      )}
    </Section>
  );
}

function TokenRow({ token, onChanged }: { token: Token; onChanged: () => void }): JSX.Element {
  const store = useConsole();
  const { busy, problem, run } = useDoing();
  const isAsked = useSignal(false);
  const { id, name, role, createdBy, expiresAt, lastUsed } = token;
  const revoke = async () => {
    if (!isAsked.value) isAsked.value = true;
    else if (await run(() => store.call("revokeToken", { params: { id } }))) onChanged();
  };
  return (
    <li class="row row--tall">
      <div class="row">
        <div class="row__text">
          <p class="row__title">{name}</p>
          <p class="muted">
            {c(`role.${role}`)} · {c("tokens.by", { name: createdBy })} ·{" "}
            {expiresAt === undefined ? c("tokens.no-end") : c("tokens.ends", { time: when(expiresAt) })} ·{" "}
            {lastUsed === undefined ? c("tokens.unused") : c("tokens.used", { time: when(lastUsed) })}
          </p>
        </div>
        <Button
          kind={isAsked.value ? "danger" : "plain"}
          blocked={busy.value}
          label={c("tokens.revoke-this", { name })}
          onPress={revoke}
        >
          {c(isAsked.value ? "tokens.revoke-yes" : "tokens.revoke")}
        </Button>
      </div>
      <Trouble problem={problem.value} />
    </li>
  );
}

function NewToken({ onMade }: { onMade: (token: Reply<"createToken">) => void }): JSX.Element {
  const store = useConsole();
  const { busy, problem, run } = useDoing();
  const [name, days] = [useSignal(""), useSignal("90")];
  const role = useSignal<Role>("viewer");
  const isDays = days.value.trim() === "" || /^[1-9]\d{0,3}$/.test(days.value.trim());
  const missing = name.value.trim() === "" || !isDays;
  const submit = async (event: Event) => {
    event.preventDefault();
    if (missing) return;
    const end = days.value.trim() === "" ? {} : { days: Number(days.value) };
    const body = { name: name.value.trim(), role: role.value, ...end };
    if (await run(async () => onMade(await store.call("createToken", { body })))) name.value = "";
  };
  return (
    <details class="details">
      <summary>{c("tokens.add")}</summary>
      <form id="new-token" class="stack" onSubmit={submit} noValidate>
        <TextField
          id="token-name"
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
        <TextField
          id="token-days"
          label={c("tokens.days")}
          hint={c("tokens.days-help")}
          wrong={isDays ? undefined : c("tokens.days-wrong")}
          value={days.value}
          onInput={(text) => {
            days.value = text;
          }}
        />
        <Trouble problem={problem.value} />
        <div class="actions">
          <Button kind="primary" submits="new-token" blocked={busy.value || missing} onPress={() => {}}>
            {c("tokens.add-button")}
          </Button>
        </div>
      </form>
    </details>
  );
}
