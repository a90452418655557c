import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import type { PlaceState } from "#rescue/api/contract.ts";
import { describeReason, format, t } from "#ui/i18n/index.ts";
import { useAsked } from "#ui/network/asked.ts";
import { ShareDialog } from "#ui/network/share-dialog.tsx";
import { Button } from "#ui/parts/button.tsx";
import { Section } from "#ui/parts/page.tsx";
import { ProblemAlert } from "#ui/parts/problem-alert.tsx";
import { useShell } from "#ui/shell/context.ts";

/** Shares of other computers where images are. */
export function Shares({ onChange }: { onChange: () => void }): JSX.Element {
  const { api } = useShell();
  const { value, problem, busy, act } = useAsked<readonly PlaceState[]>(() => api.call("places"));
  const isAdding = useSignal(false);
  const change = async (verb: "connectPlace" | "disconnectPlace" | "removePlace", placeId: string) => {
    await act(() => api.call(verb, { params: { placeId }, body: {} }));
    onChange();
  };
  return (
    <Section title={t("shares.title")}>
      {problem && <ProblemAlert problem={problem} />}
      {value?.length === 0 && <p class="muted">{t("shares.none")}</p>}
      <ul class="rows">
        {value?.map((one) => (
          <li key={one.id} class="row row--tall">
            <p>
              <span class="row__title">{one.place.name}</span>{" "}
              <span class="muted">{[one.place.kind.toUpperCase(), stateText(one)].join(", ")}</span>
            </p>
            {one.room && (
              <p class={one.isLow ? "warning-text" : undefined}>
                {t(one.isLow ? "shares.low" : "shares.room", {
                  free: format.bytes(one.room.free),
                  size: format.bytes(one.room.size),
                })}
              </p>
            )}
            {one.problem && <p class="warning-text">{`${describeReason(one.problem)} (${one.problem.code})`}</p>}
            <div class="actions">
              <Button
                blocked={busy}
                label={t(one.state === "connected" ? "shares.disconnect-of" : "shares.connect-of", {
                  name: one.place.name,
                })}
                onPress={() => change(one.state === "connected" ? "disconnectPlace" : "connectPlace", one.id)}
              >
                {t(one.state === "connected" ? "shares.disconnect" : "shares.connect")}
              </Button>
              <Button
                blocked={busy}
                label={t("shares.remove-of", { name: one.place.name })}
                onPress={() => change("removePlace", one.id)}
              >
                {t("network.remove")}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      <div class="actions">
        <Button
          onPress={() => {
            isAdding.value = true;
          }}
        >
          {t("shares.add")}
        </Button>
      </div>
      {isAdding.value && (
        <ShareDialog
          onClose={() => {
            isAdding.value = false;
          }}
          onSet={(list) => {
            isAdding.value = false;
            void act(async () => list);
            onChange();
          }}
        />
      )}
    </Section>
  );
}

const stateText = ({ state }: PlaceState): string =>
  t(state === "connected" ? "shares.connected" : state === "no-answer" ? "shares.no-answer" : "shares.not-connected");
