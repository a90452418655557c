import type { JSX, RefObject } from "preact";
import { useRef } from "preact/hooks";
import type { FoundImage, Manifest } from "#rescue/api/contract.ts";
import { partitionName } from "#ui/disk/segments.ts";
import { describeReason, format, t, tellName } from "#ui/i18n/index.ts";
import { announce } from "#ui/parts/announcer.tsx";
import { Button } from "#ui/parts/button.tsx";
import { Choice, ChoiceGroup } from "#ui/parts/choice.tsx";
import { Page, Section } from "#ui/parts/page.tsx";
import { ProblemAlert } from "#ui/parts/problem-alert.tsx";
import { Question } from "#ui/parts/question.tsx";
import { SaveLog } from "#ui/parts/save-log.tsx";
import { ImageDetails } from "#ui/restore/image-details.tsx";
import { Steps } from "#ui/restore/steps.tsx";
import { isLocked, tryUnlock, Unlock } from "#ui/restore/unlock.tsx";
import { useRestore } from "#ui/shell/context.ts";

export function ImagePage(): JSX.Element {
  const restore = useRestore();
  const password = useRef<HTMLInputElement>(null);
  const { value: images, busy, problem } = restore.images.value;
  const rescan = async () => {
    await restore.loadImages(true);
    announce(t("image.found", { count: restore.images.value.value?.length ?? 0 }));
  };
  const lookAgain = (
    <Button icon="refresh" blocked={busy} onPress={rescan}>
      {t(busy ? "image.rescanning" : "image.rescan")}
    </Button>
  );
  if (problem) {
    return (
      <Page above={<Steps current="image" />} title={t("image.title")} footer={<SaveLog />}>
        <ProblemAlert problem={problem}>
          <div class="actions">{lookAgain}</div>
        </ProblemAlert>
      </Page>
    );
  }
  const image = restore.image.value;
  const isClosed = isLocked(image);
  return (
    <Question
      above={<Steps current="image" />}
      title={t("image.title")}
      lead={images && images.length > 0 ? t("image.lead") : undefined}
      tools={lookAgain}
      missing={whatIsMissing(image, restore.password.value)}
      onMissing={() => password.current?.focus()}
      onNext={() => (isClosed ? void tryUnlock(restore, password.current) : restore.go("target"))}
    >
      {restore.actionProblem.value && <ProblemAlert problem={restore.actionProblem.value} />}
      {!images && <p class="muted">{t("app.loading")}</p>}
      {images?.length === 0 && <NoImages />}
      {images && images.length > 0 && <Images images={images} password={password} />}
    </Question>
  );
}

/** Next on a locked image unlocks it, and shows what it holds before anything else happens. */
function whatIsMissing(image: FoundImage | undefined, password: string): string | undefined {
  if (!image) return t("image.missing");
  return isLocked(image) && password === "" ? t("unlock.missing", { name: image.fileName }) : undefined;
}

function NoImages(): JSX.Element {
  return (
    <Section title={t("image.empty-title")} class="empty">
      <ol>
        <li>{t("image.empty-1")}</li>
        <li>{t("image.empty-2")}</li>
      </ol>
      <p class="muted">{t("image.empty-3")}</p>
    </Section>
  );
}

function Images(props: {
  readonly images: readonly FoundImage[];
  readonly password: RefObject<HTMLInputElement | null>;
}): JSX.Element {
  const chosen = useRestore().image.value;
  return (
    <div class="columns">
      <ChoiceGroup legend={t("image.list")}>
        {props.images.map((image) => (
          <ImageChoice key={image.id} image={image} />
        ))}
      </ChoiceGroup>
      <Section title={t("image.details")} class="panel">
        {chosen && isLocked(chosen) && <Unlock key={chosen.id} image={chosen} field={props.password} />}
        {chosen?.manifest && <ImageDetails image={chosen} manifest={chosen.manifest} />}
        {!chosen && <p class="muted">{t("image.choose-to-see")}</p>}
      </Section>
    </div>
  );
}

function ImageChoice({ image }: { image: FoundImage }): JSX.Element {
  const restore = useRestore();
  const { manifest, problem } = image;
  return (
    <Choice
      group="image"
      icon={isLocked(image) ? "lock" : "file"}
      title={manifest?.name || image.fileName}
      checked={restore.sourceId.value === image.id}
      onChoose={() => restore.chooseImage(image.id)}
      refusal={problem && { title: t("image.unreadable"), text: describeReason(problem), code: problem.code }}
    >
      {manifest && (
        <>
          <p>
            {t("image.made", {
              date: format.dateTime(manifest.createdAt),
              machine: manifest.disk.model ?? t("image.unknown-model"),
            })}
          </p>
          <p class="choice__facts">
            <span>{t("image.disk", { size: format.diskSize(manifest.disk.size) })}</span>
            <span>{fileSize(image)}</span>
          </p>
          <p>{contents(manifest)}</p>
        </>
      )}
      {isLocked(image) && (
        <>
          <p>{t("image.locked")}</p>
          <p>{fileSize(image)}</p>
        </>
      )}
      <p class="muted">{tellName(image.place, image.placeSaid)}</p>
    </Choice>
  );
}

const fileSize = ({ fileSize: bytes, volumes }: FoundImage): string =>
  t("image.files", { size: format.bytes(bytes), count: volumes });

const contents = (manifest: Manifest): string =>
  format.list(manifest.partitions.filter((p) => p.role !== "extended").map(partitionName));
