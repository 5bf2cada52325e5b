// SPDX-License-Identifier: Apache-2.0
// Times decode and encode of one pack in a page: gzip off, pack to label map, and back. Durations in ms.
import { LabelMap } from "./core/labelMap.ts";

const through = async (bytes, stream) =>
  new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer());

window.measureCodec = async (packUrl, sizeHw, repeats) => {
  const zipped = new Uint8Array(await (await fetch(packUrl)).arrayBuffer());
  const found = { decode: [], encode: [], gunzip: [], gzip: [], checksum: "" };
  for (let i = 0; i < repeats; i++) {
    const t0 = performance.now();
    const pack = await through(zipped, new DecompressionStream("gzip"));
    const t1 = performance.now();
    const map = LabelMap.fromPack(pack, sizeHw);
    const t2 = performance.now();
    const again = map.toPack();
    const t3 = performance.now();
    await through(again, new CompressionStream("gzip"));
    const t4 = performance.now();
    found.gunzip.push(t1 - t0);
    found.decode.push(t2 - t0);
    found.gzip.push(t4 - t3);
    found.encode.push(t4 - t2);
    found.checksum = map.checksum("main");
  }
  return found;
};
