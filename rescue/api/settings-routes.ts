import { api } from "#rescue/api/contract.ts";
import { reasonOf } from "#rescue/api/problem.ts";
import type { Serve } from "#rescue/api/route.ts";
import type { ServiceDeps } from "#rescue/api/service-routes.ts";

/** The settings of the medium, and the passwords that they need. */
export function settingsRoutes(serve: Serve, { services, refresh }: ServiceDeps): void {
  const { settings } = services;
  const view = () => {
    const { sealed, missing } = settings.sealedState();
    const { language, timeZone } = settings.current;
    const problem = settings.problem && reasonOf(settings.problem);
    return { language, timeZone, sealed, missing: [...missing], ...(problem && { problem }) };
  };
  serve(api.settings, view);
  serve(api.unlockSettings, async ({ passphrase }) => {
    await settings.unlock(passphrase);
    refresh();
    return view();
  });
  serve(api.giveSecret, async ({ name, secret }) => {
    await settings.give(name, secret);
    refresh();
    return view();
  });
  serve(api.keepSettings, async ({ passphrase }) => {
    await services.dataFolder();
    await settings.keep(passphrase);
    return view();
  });
}
