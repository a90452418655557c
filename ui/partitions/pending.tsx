import type { JSX } from "preact";
import { t } from "#ui/i18n/index.ts";
import { Button } from "#ui/parts/button.tsx";
import { Section } from "#ui/parts/page.tsx";
import { ProblemAlert } from "#ui/parts/problem-alert.tsx";
import { Told } from "#ui/parts/told.tsx";
import { useShell } from "#ui/shell/context.ts";

/** What is wanted, in its order. Each can be taken away; of one that cannot be done it is said why. */
export function Pending(): JSX.Element {
  const { partitions } = useShell();
  const { value: answer } = partitions.answer.value;
  const count = partitions.edits.value.length;
  const steps = answer?.steps ?? [];
  return (
    <Section title={t("partitions.pending")}>
      {count === 0 && <p class="muted">{t("partitions.nothing-pending")}</p>}
      <ol class="operations">
        {partitions.edits.value.map((edit, i) => (
          <li key={`${i}-${JSON.stringify(edit)}`}>
            <span class="pending">
              <span>
                <Told of={steps[i] ?? { text: edit.op }} />
              </span>
              <Button
                icon="cross"
                label={t("partitions.remove", { number: i + 1 })}
                onPress={() => partitions.remove(i)}
              >
                {""}
              </Button>
            </span>
            {i === steps.length && answer?.problem && <ProblemAlert problem={answer.problem} />}
          </li>
        ))}
      </ol>
      {count > 0 && (
        <div class="actions">
          <Button onPress={() => partitions.discard()}>{t("partitions.discard")}</Button>
        </div>
      )}
    </Section>
  );
}
