// SPDX-License-Identifier: Apache-2.0
import { type ChangeEvent, type ReactNode, useCallback, useMemo, useRef, useState } from "react";
import { COMMAND_INFOS } from "../../editor/commands/index.ts";
import { type KeySettings, SHIPPED_KEYS } from "../../editor/keyBindings.ts";
import { KEYS_PREFERENCE, keyFileText, parseKeyFile } from "../../editor/keyFile.ts";
import { PRESETS, type PresetId, presetSettings, saveKeyFile } from "../keys/keyFiles.ts";
import { KeyTable } from "../keys/keyTable.tsx";
import { keyWords as words } from "../keyWords.ts";
import { store, useStored } from "../stored.ts";
import { Shell } from "./shell.tsx";
import "../styles/settings.css";

const any = (text: string): string => text;

/** The keys as they are stored; the editor reads them when it opens an image. */
function useKeySettings(): readonly [KeySettings, (settings: KeySettings) => void] {
  const [text] = useStored<string>(KEYS_PREFERENCE, "", any);
  const settings = useMemo(() => {
    try {
      return text === "" ? SHIPPED_KEYS : parseKeyFile(text, COMMAND_INFOS);
    } catch {
      return SHIPPED_KEYS;
    }
  }, [text]);
  const set = useCallback((next: KeySettings) => store(KEYS_PREFERENCE, keyFileText(next)), []);
  return [settings, set];
}

function Tools(props: {
  readonly settings: KeySettings;
  readonly onChange: (settings: KeySettings, said: string) => void;
  readonly onSay: (text: string) => void;
}): ReactNode {
  const file = useRef<HTMLInputElement>(null);
  const { settings, onChange, onSay } = props;
  const take = async (event: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const chosen = event.target.files?.[0];
    event.target.value = "";
    if (chosen === undefined) return;
    try {
      onChange(parseKeyFile(await chosen.text(), COMMAND_INFOS), words.imported(chosen.name));
    } catch (error) {
      onSay(words.notImported(error instanceof Error ? error.message : String(error)));
    }
  };
  return (
    <div className="key-answers">
      {(Object.keys(PRESETS) as PresetId[]).map((id) => (
        <button
          key={id}
          type="button"
          className="button"
          aria-label={`${words.preset} ${words.presets[id]}`}
          onClick={() => onChange(presetSettings(id), words.presetUsed(words.presets[id]))}
        >
          {words.preset} {words.presets[id]}
        </button>
      ))}
      <button type="button" className="button" onClick={() => saveKeyFile(settings)}>
        {words.exportFile}
      </button>
      <button type="button" className="button" onClick={() => file.current?.click()}>
        {words.importFile}
      </button>
      <input
        ref={file}
        type="file"
        accept=".json,application/json"
        aria-label={words.importFile}
        hidden
        onChange={(event) => void take(event)}
      />
    </div>
  );
}

/** `/me/keys`: what each key does, and what it should do. */
export default function KeysScreen(): ReactNode {
  const [settings, setSettings] = useKeySettings();
  const [query, setQuery] = useState("");
  const [said, setSaid] = useState("");
  const change = (next: KeySettings, text: string): void => {
    setSettings(next);
    setSaid(text);
  };
  return (
    <Shell place="keys" title={words.title}>
      <div className="settings">
        <p className="lead-text">{words.lead}</p>
        <Tools settings={settings} onChange={change} onSay={setSaid} />
        <output className="quiet-text">{said}</output>
        <label className="check">
          <input
            type="checkbox"
            checked={settings.singleKeys}
            onChange={() => change({ ...settings, singleKeys: !settings.singleKeys }, "")}
          />
          <span>
            {words.single} <small className="quiet-text">{words.singleHint}</small>
          </span>
        </label>
        <input
          className="input"
          type="search"
          aria-label={words.search}
          placeholder={words.search}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
        <KeyTable settings={settings} query={query} onChange={setSettings} />
      </div>
    </Shell>
  );
}
