// How pdf.js, the viewer of Firefox, draws PDFs: for each path on standard input a line of JSON, the digests
// of its pages' pictures, annotations included, or null if it cannot.
//
// usage: node pdfjs.mjs FOLDER_WITH_NODE_MODULES

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const modules = join(process.argv[2], "node_modules");
const { createCanvas } = createRequire(join(modules, "x.js"))("@napi-rs/canvas");
const pdfjs = await import(pathToFileURL(join(modules, "pdfjs-dist/legacy/build/pdf.mjs")));
const SCALE = 100 / 72;

async function pictures(path) {
  const document = await pdfjs.getDocument({ data: new Uint8Array(readFileSync(path)), verbosity: 0 }).promise;
  const digests = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const viewport = page.getViewport({ scale: SCALE });
    const canvas = createCanvas(Math.ceil(viewport.width), Math.ceil(viewport.height));
    await page.render({ canvas, canvasContext: canvas.getContext("2d"), viewport }).promise;
    const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
    digests.push(createHash("sha256").update(pixels).digest("hex"));
  }
  await document.destroy();
  return digests;
}

for await (const path of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await pictures(path).catch(() => null)));
}
