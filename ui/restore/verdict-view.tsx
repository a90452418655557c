import type { JSX } from "preact";
import type { Answer, Finding, Verdict } from "#rescue/api/contract.ts";
import { t } from "#ui/i18n/index.ts";
import { Alert, type AlertKind } from "#ui/parts/alert.tsx";
import { Button } from "#ui/parts/button.tsx";
import { Told } from "#ui/parts/told.tsx";
import { useRestore, useShell } from "#ui/shell/context.ts";

const KINDS: Readonly<Record<Answer, AlertKind>> = {
  ...{ "will-boot": "success", "will-boot-after": "warning", "will-not-boot": "danger", unknown: "warning" },
};

/** Of the disk, then of each system: what stands in the way first. What only informs can be looked at. */
export function VerdictView(props: {
  readonly verdict: Verdict;
  /** It is of a plan, to which what would mend it can be added. */
  readonly isPlanned?: boolean;
}): JSX.Element {
  const { verdict } = props;
  const all = [verdict.findings, ...verdict.systems.map(({ findings }) => findings)].flat();
  const isOf = (mend: Finding["mend"]) => all.some((one) => one.mend === mend && !one.planned);
  return (
    <Alert kind={KINDS[verdict.answer]} title={t(`verdict.${verdict.answer}`)}>
      <div class="verdict">
        <Findings findings={verdict.findings} />
        {verdict.systems.map(({ name, partition, findings }) => (
          <div key={`${partition}-${name}`}>
            <p class="verdict__system" translate={false}>
              {partition}: {name}
            </p>
            <Findings findings={findings} />
          </div>
        ))}
        {props.isPlanned && <Mends isUniversal={isOf("universal")} isFirmware={isOf("firmware-conversion")} />}
      </div>
    </Alert>
  );
}

const weighs = ({ severity, planned }: Finding): boolean => planned === true || severity !== "info";

function Findings({ findings }: { findings: readonly Finding[] }): JSX.Element | null {
  if (findings.length === 0) return null;
  const others = findings.filter((one) => !weighs(one));
  return (
    <>
      <ul>
        {findings.filter(weighs).map((one) => (
          <Row key={one.code + one.text} finding={one} />
        ))}
      </ul>
      {others.length > 0 && (
        <details class="details">
          <summary>{t("verdict.notes", { count: others.length })}</summary>
          <ul>
            {others.map((one) => (
              <Row key={one.code + one.text} finding={one} />
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

/** What to do next is said where it can be done here: options are for the command, and buttons stand below. */
function Row({ finding }: { finding: Finding }): JSX.Element {
  const { next: text, nextSaid: said, planned } = finding;
  const next = text !== undefined && { text: withoutStop(text), said };
  return (
    <li>
      <Told of={finding} />.{" "}
      {planned ? (
        <strong>{t("verdict.planned")}</strong>
      ) : (
        next && (
          <>
            <Told of={next} />.
          </>
        )
      )}
    </li>
  );
}

const withoutStop = (text: string): string => text.replace(/\.$/, "");

/** What would mend it, one press away: the plan, and this answer, are made anew. */
function Mends(props: { readonly isUniversal: boolean; readonly isFirmware: boolean }): JSX.Element | null {
  const restore = useRestore();
  const own = useShell().system.value.value?.firmware;
  const { universal, firmware } = restore.wishes;
  if (!props.isUniversal && !(props.isFirmware && own)) return null;
  return (
    <div class="actions">
      {props.isUniversal && (
        <Button
          onPress={() => {
            universal.value = true;
            return restore.makePlan();
          }}
        >
          {t("verdict.do-universal")}
        </Button>
      )}
      {props.isFirmware && own && (
        <Button
          onPress={() => {
            firmware.value = own;
            return restore.makePlan();
          }}
        >
          {t("verdict.do-firmware")}
        </Button>
      )}
    </div>
  );
}
