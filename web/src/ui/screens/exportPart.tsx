// SPDX-License-Identifier: Apache-2.0
import { type ReactNode, useState } from "react";
import { startExport } from "../../api/endpoints.ts";
import type { FormatInfo } from "../../api/types.ts";
import { FormatSelect } from "../parts/formatSelect.tsx";
import { data as words } from "../words.ts";

export function ExportPart(props: {
  readonly project: string;
  readonly empty: boolean;
  readonly formats: readonly FormatInfo[];
  readonly onStarted: () => void;
}): ReactNode {
  const [slug, setSlug] = useState(props.formats[0]?.slug ?? "");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const chosen = props.formats.find((format) => format.slug === slug);
  const reason = props.empty ? words.noImages : null;
  const start = async (): Promise<void> => {
    if (busy || reason !== null) return;
    setBusy(true);
    setFailure(null);
    try {
      await startExport(props.project, slug);
      props.onStarted();
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    }
    setBusy(false);
  };
  return (
    <section className="card stack" aria-labelledby="out-title">
      <h2 id="out-title">{words.out}</h2>
      <p className="quiet-text">{words.outLead}</p>
      {chosen === undefined ? (
        <p>{words.needsFormat}</p>
      ) : (
        <>
          <FormatSelect formats={props.formats} value={slug} onChange={setSlug} />
          <div className="losses">
            <h3>{chosen.losses.length === 0 ? words.lossless : words.losses}</h3>
            <ul>
              {chosen.losses.map((loss) => (
                <li key={loss}>{loss}</li>
              ))}
            </ul>
          </div>
          {failure !== null && (
            <p className="error-text" role="alert">
              {failure}
            </p>
          )}
          <div className="card-actions">
            <button
              type="button"
              className="button primary"
              aria-disabled={busy || reason !== null || undefined}
              title={reason ?? undefined}
              aria-describedby={reason === null ? undefined : "export-why"}
              onClick={() => void start()}
            >
              {words.export}
            </button>
            {reason !== null && (
              <span id="export-why" className="quiet-text">
                {reason}
              </span>
            )}
          </div>
        </>
      )}
    </section>
  );
}
