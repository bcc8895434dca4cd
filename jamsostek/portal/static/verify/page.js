// The page that verifies cards: reads a code from the link, the camera, a photo or the form, and shows what it says.
// All words stand in the page (its templates), in the reader's language.

const root = document.getElementById("verify");
const { token: tokenUrl, ed25519, decoder, keys: keysUrl, status: statusUrl, worker, page } = root.dataset;
const language = document.documentElement.lang === "en" ? "en-GB" : "id"; // the day before the month, as on the server
const result = document.getElementById("result");
const video = root.querySelector("video");
const SCAN_PAUSE = 150;
const LARGEST_SIDE = 1600;
const token = import(tokenUrl);
let scanning = null;

// --- verifying --------------------------------------------------------------------------------------------------------

async function check(text) {
  let found;
  try {
    found = await verified(text, "default");
    if (found.state === "unknown_key") found = await verified(text, "reload");
  } catch {
    found = { state: "needs_network" }; // first visit, and the network went before the keys came
  }
  show(found);
  if (found.card && found.state !== "not_genuine") await askCentre(found);
}

async function verified(text, cache) {
  const { verify } = await token;
  const response = await fetch(keysUrl, { cache, credentials: "omit" });
  return verify(text, (await response.json()).keys, Date.now() / 1000, () => import(ed25519));
}

async function askCentre(found) {
  let status = "offline";
  try {
    const response = await fetch(statusUrl.replace(/\d{13}/, found.card.serial), { cache: "no-store", credentials: "omit" });
    if (response.ok) status = (await response.json()).status;
  } catch {
    // Without a network the signature alone speaks, and the page says so.
  }
  if (status === "revoked") show({ state: "revoked", card: found.card });
  else result.firstElementChild.append(template(`centre-${status}`) || "");
}

// --- showing ----------------------------------------------------------------------------------------------------------

function show({ state, card }) {
  const shown = template(`state-${state}`);
  for (const element of shown.querySelectorAll("h2, p")) element.textContent = filled(element.textContent, card);
  if (card && state !== "not_genuine") shown.firstElementChild.append(facts(card));
  result.replaceChildren(shown);
  result.focus();
}

function facts(card) {
  const shown = template("facts");
  const values = {
    name: card.name,
    kpj: grouped(card.kpj, [4, 4, 3]),
    programmes: card.programmes.map((one) => one.toUpperCase()).join(", "),
    segment: word(`segment-${card.segment}`),
    months: `${month(card.since)} – ${month(card.until)}`,
    serial: grouped(card.serial, [4, 4, 5]),
    issued: `${card.issuer}, ${day(card.issued)}`,
  };
  for (const [name, value] of Object.entries(values)) shown.querySelector(`[data-fact=${name}]`).textContent = value;
  return shown;
}

function filled(text, card) {
  return card ? text.replace("{since}", month(card.since)).replace("{until}", month(card.until)) : text;
}

function template(name) {
  return document.getElementById(name)?.content.cloneNode(true);
}

function word(name) {
  return document.getElementById(name).content.textContent;
}

function month(date) {
  return date.toLocaleDateString(language, { month: "long", year: "numeric", timeZone: "UTC" });
}

function day(date) {
  return date.toLocaleDateString(language, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
}

function grouped(digits, groups) {
  let at = 0;
  return groups.map((size) => digits.slice(at, (at += size))).join(" ");
}

// --- reading a code ---------------------------------------------------------------------------------------------------

// A function that finds a code's text in a video or picture: the browser's own reader, or ours, loaded when first needed.
async function reader() {
  if ("BarcodeDetector" in window && (await BarcodeDetector.getSupportedFormats()).includes("qr_code")) {
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    return async (source) => (await detector.detect(source))[0]?.rawValue;
  }
  const { decodeQR } = await import(decoder);
  return async (source, patient) => {
    try {
      return decodeQR(pixels(source), patient ? { effort: Infinity, timeLimit: 5000 } : {});
    } catch {
      return undefined; // no code in this picture
    }
  };
}

function pixels(source) {
  const [width, height] = [source.videoWidth || source.width, source.videoHeight || source.height];
  const scale = Math.min(1, LARGEST_SIDE / Math.max(width, height));
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [Math.round(width * scale), Math.round(height * scale)];
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

async function scanCamera() {
  const wanted = { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } };
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: wanted });
  } catch {
    show({ state: "no_camera" });
    return;
  }
  scanning = stream;
  video.srcObject = stream;
  video.hidden = document.getElementById("stop").hidden = false;
  await video.play();
  const read = await reader();
  while (scanning === stream) {
    const text = await read(video, false);
    if (text) {
      stopCamera();
      await check(text);
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, SCAN_PAUSE));
  }
}

function stopCamera() {
  for (const track of scanning?.getTracks() ?? []) track.stop();
  scanning = null;
  video.srcObject = null;
  video.hidden = document.getElementById("stop").hidden = true;
}

async function scanPhoto(input) {
  const [file] = input.files;
  if (!file) return;
  let text;
  try {
    text = await (await reader())(await createImageBitmap(file), true);
  } catch {
    text = undefined;
  }
  input.value = "";
  if (text) await check(text);
  else show({ state: "no_code" });
}

// --- beginning --------------------------------------------------------------------------------------------------------

async function checkLink() {
  if (!location.hash.includes("JK1:")) return;
  await check(location.hash.slice(1));
  history.replaceState(null, "", location.pathname + location.search); // the link holds a name; shared phones keep links
}

async function keepForLater() {
  if (!("serviceWorker" in navigator)) return;
  const registration = await navigator.serviceWorker.register(worker);
  const ready = await navigator.serviceWorker.ready;
  const sheets = [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon]")].map((link) => link.href);
  const scripts = [...document.scripts].map((script) => script.src).filter(Boolean);
  const channel = new MessageChannel();
  channel.port1.onmessage = ({ data }) => {
    if (data === "kept") document.getElementById("kept").hidden = false;
  };
  const files = [...sheets, ...scripts, tokenUrl, ed25519, decoder, keysUrl];
  (ready.active || registration.active).postMessage({ page, files }, [channel.port2]);
}

document.getElementById("code-form").addEventListener("submit", async (event) => {
  const text = event.target.elements.code.value;
  if (text.includes("JK1:")) {
    event.preventDefault();
    await check(text);
  } else if (!navigator.onLine) {
    event.preventDefault();
    show({ state: "needs_network" });
  }
});
document.getElementById("photo").addEventListener("change", (event) => scanPhoto(event.target));
document.getElementById("stop").addEventListener("click", stopCamera);
document.getElementById("camera").addEventListener("click", scanCamera);
document.getElementById("camera").hidden = !navigator.mediaDevices?.getUserMedia;
document.getElementById("scan").hidden = false;
addEventListener("hashchange", checkLink);
addEventListener("pagehide", stopCamera);
checkLink();
keepForLater();
