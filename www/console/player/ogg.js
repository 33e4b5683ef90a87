// Ogg with Opus, Vorbis or FLAC: pages of several streams, whose packets are put together of pieces.
import { joined } from "./bits.js";
import { flac, opus, vorbis } from "./codecs.js";

const HEAD_BYTES = 27;
const CONTINUES = 1;
/** A piece of this length is not its packet's last. */
const WHOLE_LACE = 255;
const PACKET_MAX_BYTES = 64_000_000;
/** Where the first block of FLAC's metadata is. */
const FLAC_INFO_AT = 13;

/** @param {import("./bytes.js").Bytes} bytes @returns {Promise<import("./codecs.js").Sound | undefined>} */
export async function openOgg(bytes) {
  const all = packetsOf(bytes);
  const { value: head } = await all.next();
  if (!head) return undefined;
  if (begins(head, "\x7fFLAC")) return { config: flac(head.subarray(FLAC_INFO_AT)), packets: soundOf(all, ([first]) => first === 0xff) };
  if (begins(head, "OpusHead")) return { config: opus(head), packets: soundOf(all, (packet) => !begins(packet, "OpusTags")) };
  const [comments, setup] = [(await all.next()).value, (await all.next()).value];
  if (!comments || !setup) return undefined;
  return { config: vorbis([head, comments, setup]), packets: soundOf(all, ([first = 1]) => first % 2 === 0) };
}

/** @param {Uint8Array} bytes @param {string} text */
const begins = (bytes, text) => String.fromCharCode(...bytes.subarray(0, text.length)) === text;

/** Those that are no heads. @param {AsyncGenerator<Uint8Array>} packets @param {(packet: Uint8Array) => boolean} isSound */
async function* soundOf(packets, isSound) {
  for await (const data of packets) if (isSound(data)) yield { data };
}

/** The packets of the first stream of sound that is known; a stream that comes after its end is another one. @param {import("./bytes.js").Bytes} bytes */
async function* packetsOf(bytes) {
  let serial;
  /** @type {Uint8Array[]} */
  let parts = [];
  for (let page; (page = await pageOf(bytes));) {
    const { body, laces } = page;
    if (["OpusHead", "\x01vorbis", "\x7fFLAC"].some((mark) => begins(body, mark))) serial ??= page.serial;
    if (page.serial !== serial) continue;
    let isLost = page.isContinued && !parts.length;
    if (!page.isContinued) parts = [];
    for (let index = 0, from = 0, to = 0; index < laces.length; index += 1) {
      to += laces[index] ?? 0;
      if (laces[index] === WHOLE_LACE && index + 1 < laces.length) continue;
      parts.push(body.subarray(from, to));
      from = to;
      if (laces[index] === WHOLE_LACE) break;
      if (!isLost) yield joined(parts);
      isLost = false;
      parts = [];
    }
    if (parts.length * WHOLE_LACE > PACKET_MAX_BYTES) throw new RangeError("too long");
  }
}

/** @param {import("./bytes.js").Bytes} bytes */
async function pageOf(bytes) {
  const head = await bytes.take(HEAD_BYTES);
  if (!head || !begins(head, "OggS")) return undefined;
  const laces = await bytes.take(head[HEAD_BYTES - 1] ?? 0);
  const body = laces && (await bytes.take(laces.reduce((length, lace) => length + lace, 0)));
  if (!body) return undefined;
  return { laces, body, isContinued: Boolean((head[5] ?? 0) & CONTINUES), serial: new DataView(head.buffer, head.byteOffset).getUint32(14, true) };
}
