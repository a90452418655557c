import type { JSX } from "preact";
import type { Job, RestoreReport } from "#rescue/api/contract.ts";
import { targetName } from "#ui/disk/disk-words.ts";
import { describeProblem, format, t } from "#ui/i18n/index.ts";
import { Alert } from "#ui/parts/alert.tsx";
import { Button } from "#ui/parts/button.tsx";
import { Facts } from "#ui/parts/facts.tsx";
import { Page, Section } from "#ui/parts/page.tsx";
import { ProblemAlert } from "#ui/parts/problem-alert.tsx";
import { SaveLog } from "#ui/parts/save-log.tsx";
import { Told } from "#ui/parts/told.tsx";
import { Afterwards, Mended } from "#ui/restore/afterwards.tsx";
import { sourceRow } from "#ui/restore/source-row.ts";
import { Steps } from "#ui/restore/steps.tsx";
import { wordsOf } from "#ui/restore/words.ts";
import { useRestore, useShell } from "#ui/shell/context.ts";

const ROWS_SHOWN = 50;

export function ResultPage({ job }: { job: Job }): JSX.Element {
  const restore = useRestore();
  const { report } = job;
  const problem = useShell().problem.value ?? restore.actionProblem.value;
  // A job that failed may have no report; what it noticed on its way is in its last progress.
  const warnings = report?.warnings ?? job.progress?.warnings ?? [];
  return (
    <Page above={<Steps current="result" />} title={heading(job)} footer={<Actions job={job} />}>
      <Outcome job={job} />
      {problem && <ProblemAlert problem={problem} />}
      <Section title={t("result.summary")}>
        <Summary job={job} />
      </Section>
      {report?.mend && <Mended report={report.mend} />}
      {report && job.state === "succeeded" && <Afterwards job={job} />}
      {warnings.length > 0 && (
        <Alert kind="warning" title={t("result.warnings")}>
          <ul>
            {warnings.map((warning) => (
              <li key={warning.code + warning.text}>
                <Told of={warning} />
              </li>
            ))}
          </ul>
        </Alert>
      )}
      {report && report.damagedChunks.length > 0 && <Damaged chunks={report.damagedChunks} />}
    </Page>
  );
}

const wordsOfJob = ({ plan }: Job) => wordsOf(plan.kind);

const isSalvaged = (job: Job): boolean => job.problem?.code === "RESTORE_SALVAGED";

/** A job that failed may have no report; the problem counts the ranges too. */
const missingRanges = (job: Job): number =>
  job.report?.damagedChunks.length || Number(job.problem?.details["damaged"] ?? 0);

/** The image is at fault: the same image again ends in the same way. */
const imageAtFault = (job: Job): boolean =>
  ["RESTORE_SALVAGED", "CHUNK_DAMAGED", "IMAGE_DAMAGED"].includes(job.problem?.code ?? "");

/** All was written, and what starts from the disk could not be made ready. */
const mayNotStart = ({ report }: Job): boolean =>
  report?.mend !== undefined && [report.mend, ...report.mend.systems].some(({ problems }) => problems.length > 0);

function heading(job: Job): string {
  const words = wordsOfJob(job);
  if (job.state === "succeeded") return t(`${words}result.succeeded`);
  if (isSalvaged(job)) return t("result.salvaged", { count: missingRanges(job) });
  return t(job.state === "cancelled" ? `${words}result.cancelled` : `${words}result.failed`);
}

function Outcome({ job }: { job: Job }): JSX.Element {
  const { plan, problem, state } = job;
  if (state === "succeeded") {
    const isHindered = mayNotStart(job);
    return (
      <Alert
        kind={isHindered ? "warning" : "success"}
        title={t("result.succeeded-lead", { image: plan.image.name, target: targetName(plan) })}
      >
        {isHindered && <p>{t("result.hindered")}</p>}
        <p>{t("result.remove")}</p>
      </Alert>
    );
  }
  if (state === "failed" && problem)
    return <ProblemAlert problem={problem} title={describeProblem(problem).text} live={false} />;
  return (
    <Alert kind="warning" title={t(`${wordsOfJob(job)}result.cancelled-safe`)}>
      <p>{t(`${wordsOfJob(job)}result.cancelled-next`)}</p>
    </Alert>
  );
}

function Summary({ job }: { job: Job }): JSX.Element {
  const { plan, report } = job;
  const duration = report?.seconds ?? job.progress?.elapsedSeconds;
  return (
    <Facts
      rows={[
        sourceRow(plan),
        [t("result.target"), `${targetName(plan)}, ${format.diskSize(plan.target.size)}`],
        [t("result.written"), report && format.bytes(report.writtenBytes)],
        [t("result.duration"), duration === undefined ? undefined : format.duration(duration)],
        [t("result.speed"), report && format.rate(report.writtenBytes / Math.max(report.seconds, 0.001))],
        [t("result.verified"), report && verified(job, report)],
      ]}
    />
  );
}

function verified(job: Job, report: RestoreReport): string {
  if (report.targetVerified !== undefined)
    return t(report.targetVerified ? `${wordsOfJob(job)}result.verified-yes` : "result.verified-no");
  return t(job.plan.options.verifyTarget ? "result.verified-unreached" : "result.verified-unasked");
}

function Damaged({ chunks }: { chunks: RestoreReport["damagedChunks"] }): JSX.Element {
  const more = chunks.length - ROWS_SHOWN;
  return (
    <Section title={t("result.damaged")}>
      <p>{t("result.damaged-lead")}</p>
      <table class="table">
        <caption class="visually-hidden">{t("result.damaged")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("result.region")}</th>
            <th scope="col" class="table__number">
              {t("result.offset")}
            </th>
            <th scope="col" class="table__number">
              {t("result.length")}
            </th>
            <th scope="col">{t("result.problem")}</th>
          </tr>
        </thead>
        <tbody>
          {chunks.slice(0, ROWS_SHOWN).map((chunk) => (
            <tr key={`${chunk.region}-${chunk.chunk}`}>
              <th scope="row">
                <Told of={{ text: chunk.region, said: chunk.regionSaid }} />
              </th>
              <td class="table__number">{format.number(chunk.diskOffset)}</td>
              <td class="table__number">{format.bytes(chunk.length)}</td>
              <td>
                <Told of={{ text: chunk.problem, said: chunk.problemSaid }} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {more > 0 && <p>{t("result.damaged-more", { count: more })}</p>}
    </Section>
  );
}

function Actions({ job }: { job: Job }): JSX.Element {
  const restore = useRestore();
  const shell = useShell();
  const rescue = shell.system.value.value?.isRescue === true;
  const done = job.state === "succeeded";
  const other = imageAtFault(job);
  const words = wordsOfJob(job);
  return (
    <>
      <SaveLog />
      <span class="footer__gap" />
      {done && <Button onPress={() => restore.leaveResult("other")}>{t(`${words}result.another`)}</Button>}
      {!done && !other && (
        <Button onPress={() => restore.leaveResult("other")}>{t(`${words}result.other-image`)}</Button>
      )}
      {rescue && <Button onPress={() => shell.power("shut-down")}>{t("power.shut-down")}</Button>}
      {done && rescue && (
        <Button kind="primary" onPress={() => shell.power("restart")}>
          {t("power.restart")}
        </Button>
      )}
      {!done && (
        <Button kind="primary" onPress={() => restore.leaveResult(other ? "other" : "retry")}>
          {t(other ? `${words}result.other-image` : "result.retry")}
        </Button>
      )}
    </>
  );
}
