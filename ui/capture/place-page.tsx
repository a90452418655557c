import type { JSX } from "preact";
import type { Destination } from "#rescue/api/contract.ts";
import { format, t, tellName } from "#ui/i18n/index.ts";
import { Button } from "#ui/parts/button.tsx";
import { Choice, ChoiceGroup } from "#ui/parts/choice.tsx";
import type { IconName } from "#ui/parts/icon.tsx";
import { Section } from "#ui/parts/page.tsx";
import { ProblemAlert } from "#ui/parts/problem-alert.tsx";
import { Question } from "#ui/parts/question.tsx";
import { useShell } from "#ui/shell/context.ts";

export function PlacePage({ above }: { above: JSX.Element }): JSX.Element {
  const { capture } = useShell();
  const { value: places, busy, problem } = capture.places.value;
  return (
    <Question
      above={above}
      title={t("capture.place-title")}
      lead={t("capture.place-lead")}
      tools={
        <Button icon="refresh" blocked={busy} onPress={capture.loadPlaces}>
          {t(busy ? "image.rescanning" : "image.rescan")}
        </Button>
      }
      missing={capture.place.value ? undefined : t("capture.place-missing")}
      onNext={() => capture.go("options")}
      onBack={() => capture.go("source")}
    >
      {problem && <ProblemAlert problem={problem} />}
      {!places && !problem && <p class="muted">{t("app.loading")}</p>}
      {places?.length === 0 && (
        <Section title={t("capture.place-none")} class="empty">
          <p>{t("capture.place-none-text")}</p>
        </Section>
      )}
      {places && places.length > 0 && (
        <ChoiceGroup legend={t("capture.places")}>
          {places.map((place) => (
            <PlaceChoice key={place.id} place={place} />
          ))}
        </ChoiceGroup>
      )}
    </Question>
  );
}

const ICONS: Readonly<Record<Destination["kind"], IconName>> = {
  ...{ share: "share", bucket: "share", medium: "stick", partition: "disk", folder: "file" },
};

function PlaceChoice({ place }: { place: Destination }): JSX.Element {
  const { capture } = useShell();
  const { name, nameSaid, kind, size, free, isLow, repository } = place;
  const isSource = place.diskId !== undefined && place.diskId === capture.diskId.value;
  const sizes = { free: format.bytes(free ?? 0), size: format.bytes(size ?? 0) };
  return (
    <Choice
      group="place"
      icon={ICONS[kind]}
      title={tellName(name, nameSaid)}
      checked={capture.place.value?.id === place.id}
      onChoose={() => capture.choosePlace(place.id)}
      refusal={
        isSource ? { title: t("target.refused"), text: t("capture.place-source"), code: "SOURCE_IN_USE" } : undefined
      }
    >
      <p class="choice__facts">
        <span>{t(`capture.kind-${kind}`)}</span>
        {size !== undefined && <span>{free === undefined ? sizes.size : t("capture.room", sizes)}</span>}
      </p>
      {repository !== "none" && (
        <p>{t(repository === "locked" ? "capture.repository-locked" : "capture.repository")}</p>
      )}
      {isLow && <p class="warning-text">{t("capture.low")}</p>}
    </Choice>
  );
}
