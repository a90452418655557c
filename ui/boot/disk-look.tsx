import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Disk, DiskBoot, OperationRequest } from "#rescue/api/contract.ts";
import { type Loaded, load, NOTHING } from "#ui/api/loaded.ts";
import { t } from "#ui/i18n/index.ts";
import { OperationDialog } from "#ui/operation/operation-dialog.tsx";
import { Alert } from "#ui/parts/alert.tsx";
import { Button } from "#ui/parts/button.tsx";
import { Facts } from "#ui/parts/facts.tsx";
import { ProblemAlert } from "#ui/parts/problem-alert.tsx";
import { Told } from "#ui/parts/told.tsx";
import { VerdictView } from "#ui/restore/verdict-view.tsx";
import { useShell } from "#ui/shell/context.ts";

/** What of a disk starts, and what can be done with it. */
export function DiskLook({ disk }: { disk: Disk }): JSX.Element {
  const shell = useShell();
  const found = useSignal<Loaded<DiskBoot>>(NOTHING);
  useEffect(() => void load(found, () => shell.api.call("diskBoot", { params: { diskId: disk.id } })), []);
  const { value, problem } = found.value;
  return (
    <>
      {!value && !problem && <p class="muted">{t("capture.planning")}</p>}
      {problem && <ProblemAlert problem={problem} />}
      {value && <Found found={value} />}
      {(value || problem) && !disk.isBootMedium && <Actions disk={disk} />}
    </>
  );
}

function Found({ found }: { found: DiskBoot }): JSX.Element {
  const { bootCode, loaders, systems, verdict, closed } = found;
  return (
    <>
      <Facts
        rows={[
          [t("boot.systems"), systems.length === 0 ? t("boot.no-systems") : <Lines lines={systems.map(placed)} />],
          [t("boot.code"), codeText(bootCode)],
          [t("boot.loaders"), loaders.length === 0 ? t("boot.no-loaders") : <Loaders loaders={loaders} />],
        ]}
      />
      {verdict && systems.length > 0 && <VerdictView verdict={verdict} />}
      {closed.length > 0 && (
        <Alert kind="info" title={t("boot.closed")}>
          <ul>
            {closed.map((one) => (
              <li key={one.text}>
                <Told of={one} />
              </li>
            ))}
          </ul>
        </Alert>
      )}
    </>
  );
}

const placed = ({ name, partition }: DiskBoot["systems"][number]): string =>
  t("boot.system-on", { name, number: partition });

const Lines = ({ lines }: { lines: readonly string[] }): JSX.Element => (
  <ul class="plain">
    {lines.map((line) => (
      <li key={line}>{line}</li>
    ))}
  </ul>
);

function codeText({ kind, active, isWhole }: DiskBoot["bootCode"]): string {
  if (kind === "none") return t("boot.code-none");
  if (kind === "grub") return t(isWhole ? "boot.code-grub" : "boot.code-grub-lost");
  if (active === undefined) return t("boot.code-no-active");
  return t(kind === "windows" ? "boot.code-windows" : "boot.code-active", { number: active });
}

const Loaders = ({ loaders }: { loaders: DiskBoot["loaders"] }): JSX.Element => (
  <ul class="plain">
    {loaders.map(({ partition, path, kind }) => (
      <li key={`${partition} ${path}`}>
        {t(`boot.loader-${kind}`)} <span class="table__sub code">{`${partition}: ${path}`}</span>
      </li>
    ))}
  </ul>
);

function Actions({ disk }: { disk: Disk }): JSX.Element {
  const asked = useSignal<OperationRequest | undefined>(undefined);
  const ask = (request: OperationRequest) => () => {
    asked.value = request;
  };
  return (
    <>
      <div class="actions">
        <Button kind="primary" onPress={ask({ kind: "boot-repair", diskId: disk.id })}>
          {t("boot.repair-button")}
        </Button>
        <Button onPress={ask({ kind: "prove", diskId: disk.id })}>{t("result.prove-button")}</Button>
        <Button onPress={ask({ kind: "take-back", diskId: disk.id })}>{t("boot.take-back-button")}</Button>
      </div>
      <p class="muted">{t("boot.actions-text")}</p>
      {asked.value && (
        <OperationDialog
          request={asked.value}
          onClose={() => {
            asked.value = undefined;
          }}
        />
      )}
    </>
  );
}
