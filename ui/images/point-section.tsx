import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { FoundImage, PointMark, RetentionRow } from "#rescue/api/contract.ts";
import { type Loaded, load, NOTHING } from "#ui/api/loaded.ts";
import { t } from "#ui/i18n/index.ts";
import { announce } from "#ui/parts/announcer.tsx";
import { Button } from "#ui/parts/button.tsx";
import { Check } from "#ui/parts/check.tsx";
import { Section } from "#ui/parts/page.tsx";
import { ProblemAlert } from "#ui/parts/problem-alert.tsx";
import { countsOf, DecisionTable, RuleFields, USUAL_RULES } from "#ui/parts/retention.tsx";
import { TextField } from "#ui/parts/text-field.tsx";
import { useShell } from "#ui/shell/context.ts";

/** Of a point of a repository: its note, whether it is pinned, and what a clean-up would leave of all points. */
export function PointSection({ image }: { image: FoundImage }): JSX.Element {
  const { api } = useShell();
  const mark = useSignal<Loaded<PointMark>>(NOTHING);
  useEffect(() => void load(mark, () => api.call("pointMark", { params: { imageId: image.id } })), []);
  const { value, problem } = mark.value;
  return (
    <>
      <Section title={t("capture.note")}>
        {problem && <ProblemAlert problem={problem} />}
        {!value && !problem && <p class="muted">{t("app.loading")}</p>}
        {value && <MarkForm image={image} mark={value} />}
      </Section>
      <Retention image={image} />
    </>
  );
}

/** Shown when the mark is known, not before: what comes late would take the place of what was typed. */
function MarkForm({ image, mark }: { image: FoundImage; mark: PointMark }): JSX.Element {
  const { api } = useShell();
  const saved = useSignal<Loaded<PointMark>>({ ...NOTHING, value: mark });
  const [note, pinned] = [useSignal(mark.note ?? ""), useSignal(mark.pinned)];
  const save = async () => {
    const body = { pinned: pinned.value, labels: mark.labels, note: note.value.trim() };
    const now = await load(saved, () => api.call("setPointMark", { params: { imageId: image.id }, body }));
    if (now) announce(t("images.saved"));
  };
  return (
    <>
      {saved.value.problem && <ProblemAlert problem={saved.value.problem} />}
      <TextField
        id="point-note"
        label={t("capture.note")}
        rows={3}
        value={note.value}
        onInput={(text) => {
          note.value = text;
        }}
      />
      <Check
        id="point-pinned"
        label={t("images.pin")}
        detail={t("images.pin-detail")}
        checked={pinned.value}
        onChange={(on) => {
          pinned.value = on;
        }}
      />
      <div class="actions">
        <Button blocked={saved.value.busy} onPress={save}>
          {t("images.save")}
        </Button>
      </div>
    </>
  );
}

function Retention({ image }: { image: FoundImage }): JSX.Element {
  const { api } = useShell();
  const rules = useSignal(USUAL_RULES);
  const rows = useSignal<Loaded<readonly RetentionRow[]>>(NOTHING);
  const preview = () =>
    load(rows, () => api.call("retention", { params: { imageId: image.id }, body: countsOf(rules.value) }));
  const { value, problem } = rows.value;
  return (
    <Section title={t("images.retention")}>
      <p>{t("images.retention-text")}</p>
      <RuleFields id="keep" rules={rules} />
      <div class="actions">
        <Button onPress={preview}>{t("images.retention-show")}</Button>
      </div>
      {problem && <ProblemAlert problem={problem} />}
      {value && <DecisionTable caption={t("images.retention")} rows={value} />}
    </Section>
  );
}
