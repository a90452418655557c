import type { Signal } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { faultOf } from "#ui/capture/capture-wish.ts";
import { t } from "#ui/i18n/index.ts";
import { Check } from "#ui/parts/check.tsx";
import { Section } from "#ui/parts/page.tsx";
import { PasswordField } from "#ui/parts/password-field.tsx";
import { Question } from "#ui/parts/question.tsx";
import { Radios } from "#ui/parts/radios.tsx";
import { TextField } from "#ui/parts/text-field.tsx";
import { useShell } from "#ui/shell/context.ts";

/** What the image is called, and how it is made. */
export function OptionsPage({ above }: { above: JSX.Element }): JSX.Element {
  const { capture } = useShell();
  const { value: place } = capture.place;
  const fault = place && faultOf(capture.wish, place);
  return (
    <Question
      above={above}
      title={t("capture.options-title")}
      lead={place?.name}
      missing={fault ? t(`capture.fault-${fault}`) : undefined}
      onMissing={() => document.getElementById(`capture-${fault}`)?.focus()}
      onNext={() => capture.go("review")}
      onBack={() => capture.go("place")}
    >
      {!place && <p class="muted">{t("app.loading")}</p>}
      <div class="columns columns--even">
        <div class="stack">
          <NameSection isFaulty={fault === "name"} />
          {place && place.repository !== "open" && <ProtectionSection isLocked={place.repository === "locked"} />}
        </div>
        <div class="stack">
          {place && <SizeSection isRepository={place.repository !== "none"} isFaulty={fault === "part"} />}
          <EndSection />
        </div>
      </div>
    </Question>
  );
}

const setter =
  <T,>(choice: Signal<T>) =>
  (value: T): void => {
    choice.value = value;
  };

function NameSection({ isFaulty }: { isFaulty: boolean }): JSX.Element {
  const { name, note } = useShell().capture.wish;
  return (
    <Section title={t("capture.name-section")}>
      <TextField
        id="capture-name"
        label={t("capture.name")}
        value={name.value}
        onInput={setter(name)}
        wrong={isFaulty ? t("capture.fault-name") : undefined}
      />
      <TextField id="capture-note" label={t("capture.note")} value={note.value} onInput={setter(note)} rows={3} />
    </Section>
  );
}

/** Of a repository it is its own password, which was given when it was made. */
function ProtectionSection({ isLocked }: { isLocked: boolean }): JSX.Element {
  const { isEncrypted, password, passwordAgain } = useShell().capture.wish;
  const [first, second] = [useRef<HTMLInputElement>(null), useRef<HTMLInputElement>(null)];
  const differ = passwordAgain.value !== "" && password.value !== passwordAgain.value;
  return (
    <Section title={t("capture.protection")}>
      {!isLocked && (
        <Check
          id="capture-encrypt"
          label={t("capture.encrypt")}
          detail={t("capture.encrypt-detail")}
          checked={isEncrypted.value}
          onChange={setter(isEncrypted)}
        />
      )}
      {(isLocked || isEncrypted.value) && (
        <PasswordField
          id="capture-password"
          label={t(isLocked ? "capture.repository-password" : "unlock.password")}
          value={password.value}
          onInput={setter(password)}
          describedBy="capture-password-wrong"
          invalid={false}
          innerRef={first}
        />
      )}
      {!isLocked && isEncrypted.value && (
        <PasswordField
          id="capture-again"
          label={t("capture.password-again")}
          value={passwordAgain.value}
          onInput={setter(passwordAgain)}
          describedBy="capture-password-wrong"
          invalid={differ}
          innerRef={second}
        />
      )}
      <p class="size-row__wrong" id="capture-password-wrong" role="status">
        {!isLocked && isEncrypted.value && differ && t("capture.fault-again")}
      </p>
    </Section>
  );
}

function SizeSection(props: { readonly isRepository: boolean; readonly isFaulty: boolean }): JSX.Element {
  const { level, type, part, leaveOutPageFiles, raw, leftOut } = useShell().capture.wish;
  return (
    <Section title={t("capture.size-section")}>
      <Radios
        legend={t("capture.level")}
        name="level"
        value={level.value}
        options={[
          { value: "normal", label: t("capture.level-normal"), detail: t("capture.level-normal-detail") },
          { value: "high", label: t("capture.level-high"), detail: t("capture.level-high-detail") },
          { value: "none", label: t("capture.level-none") },
        ]}
        onChoose={setter(level)}
      />
      {props.isRepository ? (
        <Radios
          legend={t("capture.type")}
          name="type"
          value={type.value}
          options={[
            { value: "usual", label: t("capture.type-usual"), detail: t("capture.type-detail") },
            { value: "full", label: t("capture.type-full") },
            { value: "incremental", label: t("capture.type-incremental") },
            { value: "differential", label: t("capture.type-differential") },
          ]}
          onChoose={setter(type)}
        />
      ) : (
        <TextField
          id="capture-part"
          label={t("capture.part")}
          value={part.value}
          onInput={setter(part)}
          hint={t("capture.part-hint")}
          wrong={props.isFaulty ? t("capture.fault-part") : undefined}
          isDecimal
        />
      )}
      <Check
        id="capture-page-files"
        label={t("capture.page-files")}
        detail={t("capture.page-files-detail")}
        checked={leaveOutPageFiles.value}
        onChange={setter(leaveOutPageFiles)}
      />
      {leftOut.value.length === 0 && (
        <Check
          id="capture-raw"
          label={t("capture.raw")}
          detail={t("capture.raw-detail")}
          checked={raw.value}
          onChange={setter(raw)}
        />
      )}
    </Section>
  );
}

function EndSection(): JSX.Element {
  const shell = useShell();
  const { verify, afterwards } = shell.capture.wish;
  const isRescue = shell.system.value.value?.isRescue === true;
  return (
    <Section title={t("capture.end")}>
      <Check
        id="capture-verify"
        label={t("capture.verify")}
        detail={t("capture.verify-detail")}
        checked={verify.value}
        onChange={setter(verify)}
      />
      {isRescue && (
        <Radios
          legend={t("capture.afterwards")}
          name="afterwards"
          value={afterwards.value}
          options={[
            { value: "stay", label: t("capture.afterwards-stay") },
            { value: "shut-down", label: t("power.shut-down") },
            { value: "restart", label: t("power.restart") },
          ]}
          onChoose={setter(afterwards)}
        />
      )}
    </Section>
  );
}
