import type { JSX } from "preact";
import type { Role } from "#ui/console/api/routes.ts";
import { c } from "#ui/console/i18n/index.ts";
import { Select } from "#ui/parts/select.tsx";

const ROLES: readonly Role[] = ["viewer", "operator", "admin"];

export const RoleSelect = (props: { value: Role; onChoose: (role: Role) => void }): JSX.Element => (
  <>
    <Select
      label={c("account.role")}
      value={props.value}
      options={ROLES.map((value) => ({ value, label: c(`role.${value}`) }))}
      onChoose={props.onChoose}
    />
    <p class="field__hint">{c(`role-may.${props.value}`)}</p>
  </>
);
