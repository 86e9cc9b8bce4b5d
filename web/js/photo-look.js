/**
 * What a photo looks like, in 16 hexadecimal digits: the difference hash of crates/nhip/src/media/phash.rs, so that
 * the same photo is known again without being sent.
 */

const [ACROSS, DOWN] = [9, 8];

/** Empty for what is no picture. @param {File} file @returns {Promise<string>} */
export async function lookOf(file) {
  try {
    const bitmap = await createImageBitmap(file, { resizeWidth: ACROSS, resizeHeight: DOWN, resizeQuality: "high" });
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [ACROSS, DOWN];
    const context = canvas.getContext("2d");
    if (!context) return "";
    context.drawImage(bitmap, 0, 0);
    bitmap.close();
    const { data } = context.getImageData(0, 0, ACROSS, DOWN);
    /** @param {number} n */
    const grey = (n) => 0.2126 * (data[4 * n] ?? 0) + 0.7152 * (data[4 * n + 1] ?? 0) + 0.0722 * (data[4 * n + 2] ?? 0);
    let bits = "";
    for (let y = 0; y < DOWN; y += 1) {
      for (let x = 0; x + 1 < ACROSS; x += 1) {
        const at = y * ACROSS + x;
        bits += Math.floor(grey(at)) > Math.floor(grey(at + 1)) ? "1" : "0";
      }
    }
    return (bits.match(/..../g) ?? []).map((four) => parseInt(four, 2).toString(16)).join("");
  } catch {
    return "";
  }
}
