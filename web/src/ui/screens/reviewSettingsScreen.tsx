// SPDX-License-Identifier: Apache-2.0
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { getOntology, getProject } from "../../api/endpoints.ts";
import { getReviewSettings, listReviewRules, putReviewSettings } from "../../api/reviewEndpoints.ts";
import type { Ontology, ReviewRule, ReviewSettings, RuleSettings } from "../../api/types.ts";
import { RuleCard } from "../parts/ruleCard.tsx";
import { reviewWords as words } from "../reviewWords.ts";
import { app } from "../words.ts";
import { NotFound } from "./notFound.tsx";
import { Shell } from "./shell.tsx";
import { isNotFound, Trouble } from "./trouble.tsx";

function Rules(props: {
  readonly project: string;
  readonly rules: readonly ReviewRule[];
  readonly settings: ReviewSettings;
  readonly ontology: Ontology;
}): ReactNode {
  const { project, rules, ontology } = props;
  // What was chosen shows at once, before the server has it.
  const [chosen, setChosen] = useState<ReviewSettings | null>(null);
  const settings = chosen ?? props.settings;
  const queries = useQueryClient();
  const [failure, setFailure] = useState<string | null>(null);
  const [saved, setSaved] = useState(false);
  const change = async (code: string, next: RuleSettings): Promise<void> => {
    setFailure(null);
    setSaved(false);
    const wanted: ReviewSettings = { rules: { ...settings.rules, [code]: next } };
    setChosen(wanted);
    try {
      queries.setQueryData(["review-settings", project], await putReviewSettings(project, wanted));
      setSaved(true);
    } catch (error) {
      // What the server has is shown again, with the reason.
      await queries.invalidateQueries({ queryKey: ["review-settings", project] });
      setChosen(null);
      setFailure(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <>
      <p className="lead">{words.lead}</p>
      <p className="quiet-text" role="status">
        {saved ? words.saved : ""}
      </p>
      {failure !== null && (
        <p className="error-text" role="alert">
          {failure}
        </p>
      )}
      {rules.map((rule) => (
        <RuleCard
          key={rule.code}
          rule={rule}
          settings={settings.rules[rule.code]}
          classes={ontology.classes}
          onChange={(next) => void change(rule.code, next)}
        />
      ))}
    </>
  );
}

/** Which review rules the project asks, with which limits, and which of them stop a submission. */
export default function ReviewSettingsScreen(props: { readonly project: string }): ReactNode {
  const id = props.project;
  const project = useQuery({ queryKey: ["project", id], queryFn: () => getProject(id) });
  const rules = useQuery({ queryKey: ["review-rules"], queryFn: listReviewRules, staleTime: Number.POSITIVE_INFINITY });
  const settings = useQuery({ queryKey: ["review-settings", id], queryFn: () => getReviewSettings(id) });
  const ontology = useQuery({ queryKey: ["ontology", id], queryFn: () => getOntology(id) });
  useEffect(() => {
    if (project.data !== undefined) document.title = app.pageTitle(project.data.name);
  }, [project.data]);
  if (isNotFound(project.error)) return <NotFound />;
  const all = [project, rules, settings, ontology];
  const trouble = all.find((query) => query.error)?.error;
  return (
    <Shell place="review-settings" title={words.title} project={project.data}>
      {trouble && <Trouble error={trouble} onRetry={() => void Promise.all(all.map((query) => query.refetch()))} />}
      {rules.data !== undefined && settings.data !== undefined && ontology.data !== undefined && (
        <Rules project={id} rules={rules.data} settings={settings.data} ontology={ontology.data} />
      )}
    </Shell>
  );
}
