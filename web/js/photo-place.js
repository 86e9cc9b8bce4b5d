/**
 * Where a photo was taken, from the GPS part of its metadata (Exif 2.32, in a JPEG's APP1). It is read on the device and
 * goes nowhere but into the form; the server drops all metadata.
 */

/** Bytes from the beginning in which the metadata stand. */
const HEAD = 256 * 1024;
const [EXIF, GPS_PART, LAT_REF, LAT, LONG_REF, LONG] = [0xffe1, 0x8825, 1, 2, 3, 4];

/** @typedef {{ lat: number, long: number }} Place */

/** @param {Blob} photo @returns {Promise<Place | undefined>} */
export async function placeOfPhoto(photo) {
  const view = new DataView(await photo.slice(0, HEAD).arrayBuffer());
  try {
    const start = tiff(view);
    return start === undefined ? undefined : place(view, start);
  } catch {
    // Cut off or broken: a photo without a place.
    return undefined;
  }
}

/** Where the TIFF part begins. @param {DataView} view */
function tiff(view) {
  if (view.getUint16(0) !== 0xffd8) return undefined;
  for (let at = 2; view.getUint8(at) === 0xff; at += 2 + view.getUint16(at + 2)) {
    // "Exif" and two zeros stand before it.
    if (view.getUint16(at) === EXIF && view.getUint32(at + 4) === 0x45786966) return at + 10;
  }
  return undefined;
}

/** @param {DataView} view @param {number} start @returns {Place | undefined} */
function place(view, start) {
  const little = view.getUint16(start) === 0x4949;
  const short = (/** @type {number} */ at) => view.getUint16(at, little);
  const long = (/** @type {number} */ at) => view.getUint32(at, little);
  /** The entries of a directory by tag: where the value of each stands. @param {number} at */
  const directory = (at) => new Map(Array.from({ length: short(at) }, (_, n) => [short(at + 2 + 12 * n), at + 10 + 12 * n]));
  const pointer = directory(start + long(start + 4)).get(GPS_PART);
  if (pointer === undefined) return undefined;
  const gps = directory(start + long(pointer));
  /** Degrees, minutes, seconds as fractions. @param {number} tag @param {number} ref @param {string} negative */
  const degrees = (tag, ref, negative) => {
    const [value, sign] = [gps.get(tag), gps.get(ref)];
    if (value === undefined || sign === undefined) return NaN;
    const parts = [0, 1, 2].map((n) => long(start + long(value) + 8 * n) / long(start + long(value) + 8 * n + 4));
    const sum = (parts[0] ?? 0) + (parts[1] ?? 0) / 60 + (parts[2] ?? 0) / 3600;
    return String.fromCharCode(view.getUint8(sign)) === negative ? -sum : sum;
  };
  const found = { lat: degrees(LAT, LAT_REF, "S"), long: degrees(LONG, LONG_REF, "W") };
  const sound = Math.abs(found.lat) <= 90 && Math.abs(found.long) <= 180 && (found.lat !== 0 || found.long !== 0);
  return sound ? found : undefined;
}
