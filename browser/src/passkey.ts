// Logs editors in by passkey. The page works without: its form takes a password and a code.

interface Question {
  ceremony: string;
  options: { publicKey: Record<string, unknown> };
}

const box = document.querySelector<HTMLElement>("[data-passkey]");

if (box && window.PublicKeyCredential) {
  box.hidden = false;
  box.querySelector("button")?.addEventListener("click", () => void run(box));
}

async function run(box: HTMLElement): Promise<void> {
  const { passkey: action = "", begin = "" } = box.dataset;
  const failed = box.querySelector<HTMLElement>("[role=alert]");
  if (failed) failed.hidden = true;
  try {
    const name = document.querySelector<HTMLInputElement>("input[name=name]")?.value ?? "";
    const question: Question = await send(begin, { name });
    const credential = await ceremony(question.options.publicKey);
    const { location: next } = await send(action, { answer: JSON.stringify({ ceremony: question.ceremony, credential }) });
    location.assign(next);
  } catch {
    // Refused by the person, by the device or by the desk: the form is still there.
    if (failed) failed.hidden = false;
  }
}

async function send(path: string, fields: Record<string, string>): Promise<any> {
  const answer = await fetch(path, { method: "POST", body: new URLSearchParams(fields), redirect: "error" });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

/** Asks the device; gives its answer in the form that the server reads. */
async function ceremony(options: Record<string, unknown>): Promise<object> {
  const publicKey = decoded(options) as Record<string, unknown>;
  const credential = (await ("user" in options
    ? navigator.credentials.create({ publicKey: publicKey as unknown as PublicKeyCredentialCreationOptions })
    : navigator.credentials.get({ publicKey: publicKey as unknown as PublicKeyCredentialRequestOptions }))) as PublicKeyCredential;
  const { response } = credential;
  const parts: Record<string, unknown> = { clientDataJSON: spelt(response.clientDataJSON) };
  if (response instanceof AuthenticatorAttestationResponse) {
    parts.attestationObject = spelt(response.attestationObject);
    parts.transports = response.getTransports();
  } else if (response instanceof AuthenticatorAssertionResponse) {
    parts.authenticatorData = spelt(response.authenticatorData);
    parts.signature = spelt(response.signature);
    parts.userHandle = response.userHandle && spelt(response.userHandle);
  }
  const extensions = credential.getClientExtensionResults();
  return { id: credential.id, rawId: spelt(credential.rawId), type: credential.type, response: parts, extensions };
}

/** The options with their bytes as bytes: challenge, and every id. */
function decoded(value: unknown, key = ""): unknown {
  if (typeof value === "string") return key === "challenge" || key === "id" ? bytes(value) : value;
  if (Array.isArray(value)) return value.map((one) => decoded(one));
  if (value === null || typeof value !== "object") return value;
  // The id of the site is a name, the others are bytes.
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, name === "rp" ? one : decoded(one, name)]));
}

function bytes(text: string): Uint8Array {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
}

function spelt(buffer: ArrayBuffer): string {
  const text = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
