// SPDX-License-Identifier: Apache-2.0
import { type ReactNode, useEffect } from "react";
import { useUploads } from "../uploads.tsx";
import * as words from "../words.ts";
import { ProgressBar } from "./progressBar.tsx";

const shownAtOnce = 200;
const shownMs = 6000;

/** Images on their way: one bar for all, a bar per file under way, and every file that failed with its reason. */
export function UploadTray(): ReactNode {
  const { state, stop, retry, dismiss } = useUploads();
  const clean = state.rows.length > 0 && !state.running && state.failed === 0;
  useEffect(() => {
    if (!clean) return;
    const timer = window.setTimeout(dismiss, shownMs);
    return () => window.clearTimeout(timer);
  }, [clean, dismiss]);
  if (state.rows.length === 0) return null;
  const sending = state.rows.filter((row) => row.state === "sending");
  const failed = state.rows.filter((row) => row.state === "failed" || row.state === "stopped");
  return (
    <section className="tray card" aria-label={words.uploads.region}>
      <div className="tray-head">
        {state.running ? (
          <ProgressBar
            label={words.uploads.title(state.done + state.failed, state.rows.length)}
            value={state.done + state.failed}
            max={state.rows.length}
          />
        ) : (
          <p role="status">{words.uploads.finished(state.done)}</p>
        )}
        {state.running ? (
          <button type="button" className="button small" onClick={stop}>
            {words.uploads.stop}
          </button>
        ) : (
          <button type="button" className="button small" onClick={dismiss}>
            {words.uploads.dismiss}
          </button>
        )}
      </div>
      {sending.length > 0 && (
        <ul className="tray-rows">
          {sending.map((row) => (
            <li key={row.id}>
              <span className="clip" title={row.path}>
                {row.path}
              </span>
              <progress value={row.fraction} max={1} aria-label={words.uploads.progressOf(row.path)} />
            </li>
          ))}
        </ul>
      )}
      {failed.length > 0 && (
        <>
          <div className="tray-head">
            <h2 className="error-text">{words.uploads.failed(failed.length)}</h2>
            {state.retryable > 0 && (
              <button type="button" className="button small" onClick={retry}>
                {words.uploads.retry}
              </button>
            )}
          </div>
          <ul className="tray-rows">
            {failed.slice(0, shownAtOnce).map((row) => (
              <li key={row.id}>
                <strong className="clip" title={row.path}>
                  {row.path}
                </strong>
                <span>{row.reason ?? words.uploads.stopped}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
