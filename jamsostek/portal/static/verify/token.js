// The rules of jamsostek/messages/card/token.py a second time, for a browser without a network. Nothing is shown here.

const PREFIX = "JK1:";
const LONGEST_TEXT = 4000;
const TOKEN = /JK1:([0-9A-Z$%*+\-./:]+)(?:&.*)?$/;
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
const HEAD = Uint8Array.of(0xd2, 0x84, 0x4d, 0xa2, 0x01, 0x27, 0x04, 0x48);
const KEY_ID_BYTES = 8;
const SIGNATURE_BYTES = 64;
const CONTEXT = Uint8Array.of(0x84, 0x6a, ...new TextEncoder().encode("Signature1"));
const [ISS, SUB, EXP, NBF, IAT, CTI, CARD] = [1, 2, 4, 5, 6, 7, -65537];
const JAKARTA = 7 * 3600;

export const PROGRAMMES = ["jkk", "jkm", "jht", "jp", "jkp"];
export const SEGMENTS = ["pu", "non_asn", "bpu", "construction", "migrant", "trainee"];

// What a text says about a card: {state, card}. `keys` are the published ones, `now` is in seconds since 1970,
// `otherVerifier` loads Ed25519 for browsers that do not have it.
export async function verify(text, keys, now, otherVerifier) {
  let parts;
  try {
    parts = open(readToken(text));
  } catch {
    return { state: "unreadable" };
  }
  const key = keys.find((one) => one.kid === base64url(parts.keyId));
  if (!key) return { state: "unknown_key" };
  if (!(await signed(key, parts, otherVerifier))) return { state: "not_genuine" };
  let card;
  try {
    card = readClaims(parts.claims);
  } catch {
    return { state: "unreadable" };
  }
  return { state: stateOf(card, key, now), card };
}

export function holdsToken(text) {
  return text.includes(PREFIX);
}

function stateOf(card, key, now) {
  const couldSign = key.nbf <= card.iat && (key.exp === undefined || card.iat < key.exp);
  if (card.issuer !== key.iss || !couldSign) return "not_genuine";
  if (now >= card.exp) return "lapsed";
  return now < card.nbf ? "not_yet" : "valid";
}

export function readToken(text) {
  if (text.length > LONGEST_TEXT) throw new Error("too long for a token");
  const words = text.split(/\s+/).filter(Boolean);
  for (const candidate of [words.join(""), ...words]) {
    const found = TOKEN.exec(candidate) || TOKEN.exec(decoded(candidate));
    if (found) return base45(decoded(found[1]));
  }
  throw new Error("no token");
}

function decoded(text) {
  return text.replace(/%([0-9A-Fa-f]{2})/g, (_all, code) => String.fromCharCode(parseInt(code, 16)));
}

function base45(text) {
  if (text.length % 3 === 1) throw new Error("not base45");
  const bytes = [];
  for (let at = 0; at < text.length; at += 3) {
    const digits = [...text.slice(at, at + 3)].map((sign) => ALPHABET.indexOf(sign));
    const value = digits.reduceRight((sum, digit) => sum * 45 + digit, 0);
    if (digits.includes(-1) || value >= (digits.length === 3 ? 65536 : 256)) throw new Error("not base45");
    if (digits.length === 3) bytes.push(value >> 8);
    bytes.push(value & 255);
  }
  return Uint8Array.from(bytes);
}

// The envelope has one form only; it is compared, not interpreted.
function open(cose) {
  const idEnds = HEAD.length + KEY_ID_BYTES;
  const signatureBegins = cose.length - SIGNATURE_BYTES;
  const payload = cose.subarray(idEnds + 1, signatureBegins - 2);
  const claims = payload.subarray(payload[0] === 0x58 ? 2 : 3);
  const shaped =
    same(cose.subarray(0, HEAD.length), HEAD) &&
    cose[idEnds] === 0xa0 &&
    same(cose.subarray(signatureBegins - 2, signatureBegins), [0x58, SIGNATURE_BYTES]) &&
    same(payload.subarray(0, payload.length - claims.length), lengthHead(claims.length));
  if (!shaped) throw new Error("not the envelope of a card");
  return {
    keyId: cose.subarray(HEAD.length, idEnds),
    protected: cose.subarray(2, idEnds),
    payload,
    claims,
    signature: cose.subarray(signatureBegins),
  };
}

function lengthHead(length) {
  return length < 256 ? [0x58, length] : [0x59, length >> 8, length & 255];
}

function same(left, right) {
  return left.length === right.length && left.every((byte, at) => byte === right[at]);
}

async function signed(key, parts, otherVerifier) {
  const message = Uint8Array.of(...CONTEXT, ...parts.protected, 0x40, ...parts.payload);
  const raw = fromBase64url(key.x);
  try {
    const imported = await crypto.subtle.importKey("raw", raw, { name: "Ed25519" }, false, ["verify"]);
    return await crypto.subtle.verify({ name: "Ed25519" }, imported, parts.signature, message);
  } catch {
    // Browsers before 2025 do not know Ed25519: the same in JavaScript.
    const { verifyAsync } = await otherVerifier();
    return verifyAsync(parts.signature, message, raw, { zip215: false });
  }
}

function readClaims(bytes) {
  const claims = decodeCbor(bytes);
  const [name, bits, segment] = claims.get(CARD);
  const card = {
    issuer: claims.get(ISS),
    kpj: claims.get(SUB),
    serial: claims.get(CTI).reduce((sum, byte) => sum * 256 + byte, 0).toString().padStart(13, "0"),
    name,
    programmes: PROGRAMMES.filter((_one, bit) => (bits >> bit) & 1),
    segment: SEGMENTS[segment],
    nbf: claims.get(NBF),
    exp: claims.get(EXP),
    iat: claims.get(IAT),
  };
  const known = bits > 0 && bits < 1 << PROGRAMMES.length && card.segment && /^\d{11}$/.test(card.kpj);
  if (!known || typeof name !== "string" || ![card.nbf, card.exp, card.iat].every(Number.isSafeInteger)) {
    throw new Error("claims that are not known here");
  }
  // Midday of a day in Jakarta, in the first and in the last month: what a calendar shows.
  card.since = new Date((card.nbf + JAKARTA + 43200) * 1000);
  card.until = new Date((card.exp + JAKARTA - 43200) * 1000);
  card.issued = new Date((card.iat + JAKARTA + 43200) * 1000);
  return card;
}

// CBOR (RFC 8949) as far as a card needs it: whole numbers, byte strings, text, arrays, maps.
function decodeCbor(bytes) {
  let at = 0;
  const take = (count) => {
    if (at + count > bytes.length) throw new Error("CBOR ends too early");
    at += count;
    return bytes.subarray(at - count, at);
  };
  const argument = (low) => {
    if (low < 24) return low;
    if (low > 26) throw new Error("CBOR of another kind");
    return take(1 << (low - 24)).reduce((sum, byte) => sum * 256 + byte, 0);
  };
  const item = () => {
    const [first] = take(1);
    const count = argument(first & 31);
    switch (first >> 5) {
      case 0: return count;
      case 1: return -1 - count;
      case 2: return take(count);
      case 3: return new TextDecoder("utf-8", { fatal: true }).decode(take(count));
      case 4: return Array.from({ length: count }, item);
      case 5: return new Map(Array.from({ length: count }, () => [item(), item()]));
      default: throw new Error("CBOR of another kind");
    }
  };
  const value = item();
  if (at !== bytes.length) throw new Error("CBOR goes on");
  return value;
}

function base64url(bytes) {
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function fromBase64url(text) {
  return Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
}
