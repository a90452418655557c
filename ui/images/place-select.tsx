import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Destination } from "#rescue/api/contract.ts";
import { type Loaded, load, NOTHING } from "#ui/api/loaded.ts";
import { format, t, tellName } from "#ui/i18n/index.ts";
import { ProblemAlert } from "#ui/parts/problem-alert.tsx";
import { Select } from "#ui/parts/select.tsx";
import { useShell } from "#ui/shell/context.ts";

/** Where files go: one of the places that take an image too, but no repository. */
export function PlaceSelect(props: { readonly value: string; readonly onChoose: (id: string) => void }): JSX.Element {
  const shell = useShell();
  const places = useSignal<Loaded<readonly Destination[]>>(NOTHING);
  useEffect(() => {
    void load(places, () => shell.api.call("destinations")).then((found) => {
      const [first] = found?.filter(({ repository }) => repository === "none") ?? [];
      if (first && props.value === "") props.onChoose(first.id);
    });
  }, []);
  const { value, problem } = places.value;
  if (problem) return <ProblemAlert problem={problem} />;
  if (!value) return <p class="muted">{t("app.loading")}</p>;
  const usable = value.filter(({ repository }) => repository === "none");
  if (usable.length === 0) return <p>{t("capture.place-none")}</p>;
  return (
    <Select
      label={t("capture.step-place")}
      value={props.value}
      options={usable.map(({ id, name, nameSaid, free }) => {
        const place = tellName(name, nameSaid);
        const label = free === undefined ? place : t("capture.place-room", { place, free: format.bytes(free) });
        return { value: id, label };
      })}
      onChoose={props.onChoose}
    />
  );
}
