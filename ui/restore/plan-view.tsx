import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import type { Layout, RestorePlan } from "#rescue/api/contract.ts";
import { DiskBar } from "#ui/disk/disk-bar.tsx";
import { PartitionTable } from "#ui/disk/partition-table.tsx";
import type { DrawnLayout } from "#ui/disk/segments.ts";
import { t } from "#ui/i18n/index.ts";
import { Alert } from "#ui/parts/alert.tsx";
import { Section } from "#ui/parts/page.tsx";
import { Told } from "#ui/parts/told.tsx";
import { useRestore } from "#ui/shell/context.ts";

/** Every loss by name. After a stale plan, those that the user has not seen before are marked. */
export function Losses({ plan }: { plan: RestorePlan }): JSX.Element {
  const seen = useRestore().stalePlan.value?.losses.map((loss) => loss.text);
  if (plan.losses.length === 0) {
    return (
      <Alert kind="success">
        <p>{t("review.no-losses")}</p>
      </Alert>
    );
  }
  return (
    <Alert kind="danger" title={t("review.losses")}>
      <ul>
        {plan.losses.map((loss) => (
          <li key={loss.text}>
            <Told of={loss} />
            {seen && !seen.includes(loss.text) && <strong class="tag">{t("review.new-loss")}</strong>}
          </li>
        ))}
      </ul>
    </Alert>
  );
}

const drawn = (layout: Layout): DrawnLayout => ({ size: layout.size, partitions: layout.partitions });

/** Now above After, to one scale; below them the two tables that say the same. */
export function Layouts({ plan }: { plan: RestorePlan }): JSX.Element {
  const now = useSignal<string | undefined>(undefined);
  const after = useSignal<string | undefined>(undefined);
  const scale = Math.max(plan.before.size, plan.after.size);
  return (
    <Section title={t("review.layout")}>
      <div class="bars">
        <DiskBar layout={drawn(plan.before)} fate="erase" caption={t("review.now")} scale={scale} selection={now} />
        <DiskBar layout={drawn(plan.after)} fate="new" caption={t("review.after")} scale={scale} selection={after} />
      </div>
      <div class="columns columns--even">
        <div>
          <h3>{t("review.now")}</h3>
          <PartitionTable layout={drawn(plan.before)} fate="erase" caption={t("review.now")} selection={now} />
        </div>
        <div>
          <h3>{t("review.after")}</h3>
          <PartitionTable layout={drawn(plan.after)} fate="new" caption={t("review.after")} selection={after} />
        </div>
      </div>
    </Section>
  );
}
