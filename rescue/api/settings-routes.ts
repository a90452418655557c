import { reasonOf } from "#base/http/problem.ts";
import { api } from "#rescue/api/contract.ts";
import type { Serve } from "#rescue/api/route.ts";
import type { MustBeRescue, ServiceDeps } from "#rescue/api/service-routes.ts";
import { restartKiosk } from "#rescue/kiosk/restart-kiosk.ts";

/** The settings of the medium, and the passwords that they need. */
export function settingsRoutes(serve: Serve, { services, refresh }: ServiceDeps, mustBeRescue: MustBeRescue): void {
  const { settings } = services;
  const view = () => {
    const { sealed, missing } = settings.sealedState();
    const { language, keyboard, timeZone } = settings.current;
    const problem = settings.problem && reasonOf(settings.problem);
    return { language, keyboard, timeZone, sealed, missing: [...missing], ...(problem && { problem }) };
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
  serve(api.setScreen, async ({ language, keyboard }) => {
    mustBeRescue("its screen is not set from here");
    const before = settings.current.keyboard;
    await settings.change({ ...(language && { language }), ...(keyboard && { keyboard }) });
    // A medium that takes no files forgets it when it is switched off, and that is all.
    const isKept = await services.dataFolder().then(
      () => true,
      () => false,
    );
    if (isKept) await settings.keepScreen();
    if (keyboard && (keyboard.layout !== before.layout || keyboard.variant !== before.variant)) await restartKiosk();
    return view();
  });
  serve(api.keepSettings, async ({ passphrase }) => {
    await services.dataFolder();
    await settings.keep(passphrase);
    return view();
  });
}
