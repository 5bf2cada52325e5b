// SPDX-License-Identifier: Apache-2.0
/** What was dropped or chosen, as a flat list; folders are walked. */

export interface NamedFile {
  /** Path below what was dropped ("street/0001.jpg"), or the plain name. */
  readonly path: string;
  readonly file: File;
}

/** Files that systems leave in folders and nobody means to add. */
const stray = /^(?:\.|Thumbs\.db$|desktop\.ini$|__MACOSX$)/i;

const image = /\.(?:jpe?g|png|webp|tiff?|bmp|gif|avif|heic|heif|jp2|pgm|ppm|dcm)$/i;

export const isZip = (file: NamedFile): boolean => /\.zip$/i.test(file.path);

/** By its ending; the server looks at the bytes and has the last word. */
export const looksLikeImage = (file: NamedFile): boolean =>
  image.test(file.path) || file.file.type.startsWith("image/");

export const isStray = (path: string): boolean => path.split("/").some((part) => stray.test(part));

const byPath = (a: NamedFile, b: NamedFile): number => a.path.localeCompare(b.path, "en", { numeric: true });

export function fromList(list: FileList | readonly File[]): readonly NamedFile[] {
  const files = Array.from(list, (file) => ({ path: file.webkitRelativePath || file.name, file }));
  return files.filter((entry) => !isStray(entry.path)).sort(byPath);
}

/** `readEntries` gives at most 100 at a time and must be asked until it gives none. */
async function readFolder(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader();
  const found: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return found;
    found.push(...some);
  }
}

async function walk(entry: FileSystemEntry, into: NamedFile[]): Promise<void> {
  const path = entry.fullPath.replace(/^\//, "");
  if (isStray(path)) return;
  if (entry.isDirectory) {
    for (const child of await readFolder(entry as FileSystemDirectoryEntry)) await walk(child, into);
  } else if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    into.push({ path, file });
  }
}

/** Must be called while the drop event is being handled: its items are gone afterwards. */
export async function fromDrop(transfer: DataTransfer): Promise<readonly NamedFile[]> {
  const entries = Array.from(transfer.items, (item) => item.webkitGetAsEntry?.() ?? null);
  const plain = Array.from(transfer.files);
  if (entries.every((entry) => entry === null)) return fromList(plain);
  const found: NamedFile[] = [];
  for (const entry of entries) if (entry !== null) await walk(entry, found);
  return found.sort(byPath);
}
