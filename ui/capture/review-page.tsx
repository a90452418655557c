import type { JSX } from "preact";
import type { PlannedCapture } from "#rescue/api/contract.ts";
import { partitionName } from "#ui/disk/segments.ts";
import { format, t, tData, tellName } from "#ui/i18n/index.ts";
import { Alert } from "#ui/parts/alert.tsx";
import { Button } from "#ui/parts/button.tsx";
import { Facts } from "#ui/parts/facts.tsx";
import { Page, Section } from "#ui/parts/page.tsx";
import { ProblemAlert } from "#ui/parts/problem-alert.tsx";
import { SaveLog } from "#ui/parts/save-log.tsx";
import { Told } from "#ui/parts/told.tsx";
import { useShell } from "#ui/shell/context.ts";

/** What is read and what is written, before either is. */
export function CaptureReviewPage({ above }: { above: JSX.Element }): JSX.Element {
  const { capture } = useShell();
  const { value: plan, problem } = capture.plan.value;
  const { busy: isStarting, problem: startProblem } = capture.started.value;
  return (
    <Page
      above={above}
      title={t("review.title")}
      footer={
        <>
          <Button onPress={() => capture.go("options")}>{t("nav.back")}</Button>
          <span class="footer__gap" />
          {plan && (
            <Button kind="primary" blocked={isStarting} onPress={() => capture.start()}>
              {isStarting ? t("review.starting") : t("capture.start", { name: plan.capture?.source.name ?? "" })}
            </Button>
          )}
        </>
      }
    >
      {startProblem && <ProblemAlert problem={startProblem} />}
      {problem && (
        <ProblemAlert problem={problem}>
          <div class="actions">
            <Button onPress={() => capture.makePlan()}>{t("app.try-again")}</Button>
            <SaveLog />
          </div>
        </ProblemAlert>
      )}
      {!plan && !problem && <p class="muted">{t("capture.planning")}</p>}
      {plan?.capture && <Planned planned={plan.capture} />}
    </Page>
  );
}

function Planned({ planned }: { planned: PlannedCapture }): JSX.Element {
  const { wish } = useShell().capture;
  const { source, image, place, readBytes, free, isEncrypted, warnings } = planned;
  return (
    <>
      <Facts
        rows={[
          [t("capture.step-source"), `${source.name}, ${format.diskSize(source.size)}, ${source.path}`],
          // Where its folder is mounted concerns nobody: the place stands below.
          [t("review.image"), image.slice(image.lastIndexOf("/") + 1)],
          [t("capture.step-place"), placeText(tellName(place.name, place.nameSaid), free)],
          [t("capture.protection"), t(isEncrypted ? "capture.encrypted" : "capture.plain")],
          [t("capture.note"), wish.note.value.trim()],
          [t("capture.end"), t(wish.verify.value ? "capture.verified" : "capture.unverified")],
          [t("capture.afterwards"), afterwardsText(wish.afterwards.value)],
        ]}
      />
      <Alert kind="success">
        <p>{t("capture.only-read")}</p>
      </Alert>
      <Room readBytes={readBytes} free={free} />
      {warnings.length > 0 && (
        <Alert kind="warning" title={t("review.warnings")}>
          <ul>
            {warnings.map((one) => (
              <li key={one.text}>
                <Told of={one} />
              </li>
            ))}
          </ul>
        </Alert>
      )}
      <Regions planned={planned} />
    </>
  );
}

const afterwardsText = (afterwards: "stay" | "restart" | "shut-down"): string | undefined =>
  afterwards === "stay" ? undefined : t(`operation.then-${afterwards}`);

const placeText = (place: string, free: number | undefined): string =>
  free === undefined ? place : t("capture.place-room", { place, free: format.bytes(free) });

/** As a rule a disk takes about half of its used bytes; what is compressed already takes all of them. */
const USUAL_SHARE = 0.5;

function Room({ readBytes, free }: { readBytes: number; free: number | undefined }): JSX.Element | null {
  if (free === undefined) return <p>{t("capture.room-unknown", { read: format.bytes(readBytes) })}</p>;
  const sizes = { read: format.bytes(readBytes), free: format.bytes(free) };
  if (free >= readBytes) return <p>{t("capture.room-enough", sizes)}</p>;
  const isTight = free >= readBytes * USUAL_SHARE;
  return (
    <Alert kind={isTight ? "warning" : "danger"} title={t(isTight ? "capture.room-tight" : "capture.room-short")}>
      <p>{t("capture.room-text", sizes)}</p>
    </Alert>
  );
}

function Regions({ planned: { regions } }: { planned: PlannedCapture }): JSX.Element {
  const { value: disk } = useShell().capture.disk;
  const nameOf = ({ partition, label, said }: PlannedCapture["regions"][number]) => {
    const found = disk?.partitions.find((one) => one.number === partition);
    return found ? `${found.number}: ${partitionName(found)}` : <Told of={{ text: label, said }} />;
  };
  return (
    <Section title={t("capture.regions")}>
      <table class="table">
        <caption class="visually-hidden">{t("capture.regions")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("disk.partition")}</th>
            <th scope="col">{t("capture.how")}</th>
            <th scope="col" class="table__number">
              {t("disk.size")}
            </th>
            <th scope="col" class="table__number">
              {t("capture.read")}
            </th>
          </tr>
        </thead>
        <tbody>
          {regions.map((region) => (
            <tr key={region.start}>
              <th scope="row">{nameOf(region)}</th>
              <td>{tData("mode", region.mode)}</td>
              <td class="table__number">{format.bytes(region.size)}</td>
              <td class="table__number">{format.bytes(region.usedBytes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
