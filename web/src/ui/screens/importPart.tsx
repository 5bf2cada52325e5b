// SPDX-License-Identifier: Apache-2.0
import { type ReactNode, useState } from "react";
import type { FormatInfo } from "../../api/types.ts";
import { uploadImport } from "../../api/upload.ts";
import { packZip, ZipTooLargeError } from "../../api/zip.ts";
import { isZip, type NamedFile } from "../files.ts";
import { DropField } from "../parts/dropField.tsx";
import { FormatSelect } from "../parts/formatSelect.tsx";
import * as words from "../words.ts";

interface Chosen {
  readonly name: string;
  readonly files: readonly NamedFile[];
}

/** A single zip goes as it is; anything else is packed first, below the name of its folder. */
function chosenFrom(files: readonly NamedFile[]): Chosen | null {
  if (files.length === 0) return null;
  if (files.length === 1) return { name: files[0].path, files };
  const top = new Set(files.map((entry) => entry.path.split("/")[0]));
  const folder = top.size === 1 ? [...top][0] : "images";
  return { name: folder, files };
}

export function ImportPart(props: {
  readonly project: string;
  /** Files dropped on the page before; may be none. */
  readonly dropped: readonly NamedFile[];
  readonly formats: readonly FormatInfo[];
  readonly onStarted: () => void;
}): ReactNode {
  const [slug, setSlug] = useState(props.formats[0]?.slug ?? "");
  const [chosen, setChosen] = useState<Chosen | null>(() => chosenFrom(props.dropped));
  const [progress, setProgress] = useState<string | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const start = async (): Promise<void> => {
    if (progress !== null) return;
    if (chosen === null) return setFailure(words.data.chooseFirst);
    setFailure(null);
    setProgress(words.data.packing(chosen.name));
    try {
      const single = chosen.files.length === 1 && isZip(chosen.files[0]);
      const zip = single
        ? chosen.files[0].file
        : await packZip(chosen.files.map((entry) => ({ path: entry.path, blob: entry.file })));
      const name = single ? chosen.name : `${chosen.name}.zip`;
      await uploadImport(
        props.project,
        { format: slug, name, zip },
        { onProgress: (sent) => setProgress(words.data.importing(name, words.fraction(sent))) },
      );
      setChosen(null);
      props.onStarted();
    } catch (error) {
      setFailure(
        error instanceof ZipTooLargeError
          ? words.data.tooLarge
          : error instanceof Error
            ? error.message
            : String(error),
      );
    }
    setProgress(null);
  };
  return (
    <section className="card stack" aria-labelledby="in-title">
      <h2 id="in-title">{words.data.in}</h2>
      <p className="quiet-text">{words.data.inLead}</p>
      {props.formats.length === 0 ? (
        <p>{words.data.needsFormat}</p>
      ) : (
        <>
          <FormatSelect formats={props.formats} value={slug} onChange={setSlug} />
          <DropField
            text={chosen === null ? words.data.drop : words.data.chosen(chosen.name, chosen.files.length)}
            choosers={[
              { label: words.data.chooseZip, accept: ".zip" },
              { label: words.data.chooseFolder, folder: true },
            ]}
            onFiles={(files) => {
              setChosen(chosenFrom(files));
              setFailure(null);
            }}
          />
          {failure !== null && (
            <p className="error-text" role="alert">
              {failure}
            </p>
          )}
          <div className="card-actions">
            <button
              type="button"
              className="button"
              aria-disabled={progress !== null || undefined}
              onClick={() => void start()}
            >
              {words.data.import}
            </button>
            {progress !== null && <span role="status">{progress}</span>}
          </div>
        </>
      )}
    </section>
  );
}
