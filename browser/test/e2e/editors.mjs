// People at the desk: somebody with a device that holds passkeys, enrolled by a link, and others hired by an administrator.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { violations } from "./axe.mjs";
import { ROOT } from "./site.mjs";

/** Pictures for people to look at, where a folder is named. */
export const PICTURES = process.env.COUNTERATLAS_DESK_PICTURES;

/** Where a picture goes. */
export function picture(name) {
  mkdirSync(join(ROOT, PICTURES), { recursive: true });
  return join(ROOT, PICTURES, `${name}.png`);
}

/** What the checker finds on pages as each of the people sees them: both languages, both themes, three widths. */
export async function looked(origin, people, visits) {
  const found = [];
  for (const [who, paths] of visits) {
    const { page } = people[who];
    for (const [prefix, colorScheme, width] of [["", "light", 1440], ["/zh", "dark", 390], ["", "dark", 820]]) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      for (const path of paths) {
        await page.goto(origin + prefix + path);
        const where = `${who} ${prefix}${path} ${width}`;
        found.push(...(await violations(page)).map((violation) => `${where}: ${violation}`));
        const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
        if (wide) found.push(`${where}: wider than the screen`);
        const name = `${who}${prefix}${path}`.replaceAll(/[^a-z0-9]+/g, "-");
        if (PICTURES) await page.screenshot({ path: picture(`${name}.${width}`), fullPage: true });
      }
    }
  }
  return found;
}

/** Somebody with a device that holds passkeys; `complaints` is what their browser complained of. */
export async function person(browser) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  const device = await context.newCDPSession(page);
  await device.send("WebAuthn.enable");
  const options = { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true };
  await device.send("WebAuthn.addVirtualAuthenticator", { options });
  return { page, complaints };
}

/** Somebody who has enrolled by a link, and so is logged in. */
export async function enrol(browser, origin, link) {
  const someone = await person(browser);
  await someone.page.goto(link);
  await Promise.all([someone.page.waitForURL(`${origin}/?said=enrolled`), someone.page.click("[data-passkey] button")]);
  return someone;
}

/** Somebody whom an administrator has made an account for. */
export async function hire(browser, origin, admin, name, role) {
  const { page } = admin;
  await page.goto(`${origin}/accounts`);
  await page.fill("#name", name);
  for (const box of await page.locator("form[action='/accounts'] input[name=role]").all()) {
    await box.setChecked((await box.getAttribute("value")) === role);
  }
  await page.click("form[action='/accounts'] button");
  return enrol(browser, origin, await page.locator(".notice-box code").innerText());
}
