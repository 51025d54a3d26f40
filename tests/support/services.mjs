// What the open libraries of signing services make of a letter: for each line of JSON on standard input, a file.
//
// usage: node services.mjs FOLDER_WITH_NODE_MODULES

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const modules = join(process.argv[2], "node_modules");
const { PDF, P12Signer } = await import(pathToFileURL(join(modules, "@libpdf/core/dist/index.mjs")));
const { PDFDocument } = (await import(pathToFileURL(join(modules, "pdf-lib/cjs/index.js")))).default;

// Documenso 2.17: normalizePdf, then what it adds when all have signed.
async function libpdf(content, { image, page, key, passphrase }) {
  let file = await PDF.load(content);
  file.flattenLayers();
  const form = file.getForm();
  if (form) {
    form.flatten();
    file.flattenAnnotations();
  }
  file = await PDF.load(await file.save());
  if (image) {
    const at = { x: image.left, y: image.bottom, width: 100, height: 30 };
    file.getPage(image.page - 1).drawImage(file.embedPng(readFileSync(image.path)), at);
  }
  if (page) file.addPage({ width: 595, height: 842 }).drawText("Signing certificate", { x: 60, y: 700, size: 14 });
  if (!key) return file.save();
  file = await PDF.load(await file.save());
  return (await file.sign({ signer: await P12Signer.create(readFileSync(key), passphrase) })).bytes;
}

async function pdflib(content, { page }) {
  const file = await PDFDocument.load(content);
  file.getForm().flatten();
  if (page) file.addPage();
  return file.save();
}

for await (const line of createInterface({ input: process.stdin })) {
  const { by, source, target, ...how } = JSON.parse(line);
  writeFileSync(target, await { libpdf, pdflib }[by](readFileSync(source), how));
}
