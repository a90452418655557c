import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import type { RemoteState } from "#rescue/api/contract.ts";
import { t } from "#ui/i18n/index.ts";
import { useAsked } from "#ui/network/asked.ts";
import { QrCode } from "#ui/network/qr-code.tsx";
import { Button } from "#ui/parts/button.tsx";
import { Facts } from "#ui/parts/facts.tsx";
import { Section } from "#ui/parts/page.tsx";
import { ProblemAlert } from "#ui/parts/problem-alert.tsx";
import { SignalField } from "#ui/parts/signal-field.tsx";
import { useShell } from "#ui/shell/context.ts";

/** Ways in from other computers: closed until somebody opens them here. */
export function RemoteAccess(): JSX.Element {
  const { api } = useShell();
  const keys = useSignal("");
  const { value, problem, busy, act } = useAsked<RemoteState>(
    () => api.call("remote"),
    (state) => {
      keys.value = state.ssh.keys.join("\n");
    },
  );
  const setPages = (open: boolean) => act(() => api.call("setRemotePages", { body: { open } }));
  const setSsh = (lines: string) => {
    const list = lines.split("\n").flatMap((line) => (line.trim() === "" ? [] : [line.trim()]));
    return act(() => api.call("setSsh", { body: { keys: list } }));
  };
  return (
    <>
      <Section title={t("remote.pages")}>
        {problem && <ProblemAlert problem={problem} />}
        <p>{t("remote.pages-text")}</p>
        {value?.pages.isOpen && <Pages pages={value.pages} />}
        <div class="actions">
          <Button blocked={busy || !value} onPress={() => setPages(!value?.pages.isOpen)}>
            {t(value?.pages.isOpen ? "remote.close" : "remote.open")}
          </Button>
        </div>
      </Section>
      <Section title="SSH">
        <p>{t("remote.ssh-text")}</p>
        {value?.ssh.isRunning && (
          <Facts
            rows={[
              [t("remote.addresses"), value.ssh.addresses.join(", ")],
              [t("remote.fingerprint"), <span class="code">{value.ssh.fingerprint}</span>],
            ]}
          />
        )}
        <SignalField label={t("remote.keys")} text={keys} rows={3} />
        <div class="actions">
          <Button blocked={busy} onPress={() => setSsh(keys.value)}>
            {t("remote.ssh-set")}
          </Button>
          {value?.ssh.isRunning && (
            <Button
              blocked={busy}
              onPress={() => {
                keys.value = "";
                return setSsh("");
              }}
            >
              {t("remote.ssh-off")}
            </Button>
          )}
        </div>
      </Section>
    </>
  );
}

function Pages({ pages: { code, addresses, fingerprint, sessions } }: { pages: RemoteState["pages"] }): JSX.Element {
  const [first] = addresses;
  return (
    <>
      <Facts
        rows={[
          [t("remote.addresses"), addresses.join(" ")],
          [t("remote.code"), <strong class="serial">{code}</strong>],
          [t("remote.fingerprint"), <span class="code">{fingerprint}</span>],
          [t("remote.sessions"), String(sessions)],
        ]}
      />
      {first && <QrCode text={first} label={t("remote.qr", { address: first })} />}
    </>
  );
}
