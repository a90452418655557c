import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import type { RepositoryView } from "#pxe/console/contract.ts";
import { useConsole } from "#ui/console/context.ts";
import type { Draft } from "#ui/console/deployments/draft.ts";
import type { DraftProps } from "#ui/console/deployments/draft-props.ts";
import { NameList } from "#ui/console/deployments/name-list.tsx";
import { c } from "#ui/console/i18n/index.ts";
import { Trouble } from "#ui/console/problem.tsx";
import { useLoaded } from "#ui/console/use-loaded.ts";
import { format, t } from "#ui/i18n/index.ts";
import { Check } from "#ui/parts/check.tsx";
import { Section } from "#ui/parts/page.tsx";
import { PasswordField } from "#ui/parts/password-field.tsx";
import { Radios } from "#ui/parts/radios.tsx";
import { Select } from "#ui/parts/select.tsx";
import { TextField } from "#ui/parts/text-field.tsx";

const DISKS: readonly Draft["disk"][] = ["only", "largest", "smallest"];
/** Is no path. */
const UNCHOSEN = "?";
const LAYOUTS: readonly Draft["layout"][] = ["keep", "fill", "shrink"];

/** Which image, onto which disk, and how. */
export function RestoreFields({ draft, set }: DraftProps): JSX.Element {
  const store = useConsole();
  const repositories = useLoaded(() => store.call("repositories"), []).value;
  const field = useRef<HTMLInputElement>(null);
  const points = (repositories.value ?? []).flatMap(pointsOf);
  const isElsewhere =
    draft.point === "" || (points.length === 0 && (repositories.value ?? repositories.problem) !== undefined);
  const isEncrypted = isElsewhere || points.find(({ path }) => path === draft.point)?.isEncrypted === true;
  return (
    <Section title={c("restore.title")}>
      <Trouble problem={repositories.problem} live={false} />
      {!repositories.value && !repositories.problem && <p class="muted">{t("app.loading")}</p>}
      {points.length > 0 && (
        <Select
          label={c("restore.image")}
          value={draft.point ?? UNCHOSEN}
          options={[
            ...(draft.point === undefined ? [{ value: UNCHOSEN, label: c("restore.choose-image") }] : []),
            ...points.map(({ path, label }) => ({ value: path, label })),
            { value: "", label: c("restore.other-image") },
          ]}
          onChoose={(point) => set({ point: point === UNCHOSEN ? undefined : point })}
        />
      )}
      {isElsewhere && (
        <TextField
          id="image-address"
          label={c("restore.address")}
          hint={c("restore.address-help")}
          value={draft.address}
          onInput={(address) => set({ address })}
        />
      )}
      {isEncrypted && (
        <PasswordField
          id="image-password"
          label={c("restore.password")}
          value={draft.password}
          onInput={(password) => set({ password })}
          describedBy="image-password-hint"
          invalid={false}
          innerRef={field}
        />
      )}
      {isEncrypted && (
        <p class="field__hint" id="image-password-hint">
          {c("restore.password-help")}
        </p>
      )}
      <Select
        label={c("restore.disk")}
        value={draft.disk}
        options={DISKS.map((value) => ({ value, label: c(`disk.${value}`) }))}
        onChoose={(disk) => set({ disk })}
      />
      <Select
        label={c("restore.layout")}
        value={draft.layout}
        options={LAYOUTS.map((value) => ({ value, label: c(`layout.${value}`) }))}
        onChoose={(layout) => set({ layout })}
      />
      <Check
        id="restore-universal"
        label={c("restore.universal")}
        detail={c("restore.universal-means")}
        checked={draft.universal}
        onChange={(universal) => set({ universal })}
      />
      <Check
        id="restore-verify"
        label={c("restore.verify")}
        checked={draft.verify}
        onChange={(verify) => set({ verify })}
      />
      <Check id="restore-delta" label={c("restore.delta")} checked={draft.delta} onChange={(delta) => set({ delta })} />
      <Naming draft={draft} set={set} />
    </Section>
  );
}

/** Names of their own make computers other ones than the image's. */
function Naming({ draft, set }: DraftProps): JSX.Element {
  const ways: readonly Draft["naming"][] =
    draft.by === "list" ? ["keep", "pattern", "each", "list"] : ["keep", "pattern", "list"];
  return (
    <>
      <Radios
        legend={c("naming.title")}
        name="naming"
        value={draft.naming}
        options={ways.map((value) => ({ value, label: c(`naming.${value}`) }))}
        onChoose={(naming) => set({ naming })}
      />
      {draft.naming === "pattern" && (
        <TextField
          id="naming-pattern"
          label={c("naming.pattern-field")}
          hint={c("naming.pattern-help")}
          value={draft.pattern}
          onInput={(pattern) => set({ pattern })}
        />
      )}
      {draft.naming === "list" && <NameList draft={draft} set={set} />}
    </>
  );
}

interface Point {
  readonly path: string;
  readonly label: string;
  readonly isEncrypted: boolean;
}

const pointsOf = ({ name, folder, isEncrypted, points }: RepositoryView): Point[] =>
  points
    .filter(({ problem }) => !problem)
    .map((point) => {
      const made = point.createdAt === undefined ? undefined : format.dateTime(point.createdAt);
      const parts = [
        `${name}: ${point.name}`,
        point.disk?.model,
        made,
        isEncrypted ? c("restore.encrypted") : undefined,
      ];
      return {
        ...{ path: `${folder}/points/${point.name}.lbi`, isEncrypted },
        label: parts.filter((part) => part !== undefined && part !== "").join(" · "),
      };
    });
