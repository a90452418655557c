import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import type { Express } from "express";
import { LifeboatError } from "#base/errors.ts";
import { reasonOf } from "#base/http/problem.ts";
import { hear } from "#imaging/words/hear.ts";
import { api, logoPath } from "#rescue/api/contract.ts";
import type { Serve } from "#rescue/api/route.ts";
import type { MustBeRescue, ServiceDeps } from "#rescue/api/service-routes.ts";
import { restartKiosk } from "#rescue/kiosk/restart-kiosk.ts";

/** The settings of the medium, and the passwords that they need. */
export function settingsRoutes(
  app: Express,
  serve: Serve,
  { services, refresh }: ServiceDeps,
  mustBeRescue: MustBeRescue,
): void {
  const { settings } = services;
  const view = () => {
    const { sealed, missing } = settings.sealedState();
    const { language, keyboard, timeZone, branding } = settings.current;
    const { logo, ...look } = branding;
    const problem = settings.problem && reasonOf(settings.problem);
    return {
      ...{
        language,
        keyboard,
        timeZone,
        sealed,
        missing: missing.map((one) => ({ ...one, said: hear(one.what).said })),
      },
      branding: { ...look, hasLogo: logo !== undefined },
      ...(problem && { problem }),
    };
  };
  serve(api.settings, view);
  app.get(logoPath, async (_request, response) => {
    const file = settings.logoFile;
    const picture = file === undefined ? undefined : await readFile(file).catch(() => undefined);
    if (file === undefined || !picture) throw new LifeboatError("NOT_FOUND", { what: "a logo" });
    response.type(extname(file)).send(picture);
  });
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
