// People at the desk: somebody with a device that holds passkeys, enrolled by a link, and others hired by an administrator.

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
