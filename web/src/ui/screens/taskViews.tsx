// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from "react";
import { thumbnailUrl } from "../../api/endpoints.ts";
import type { TaskSummary } from "../../api/types.ts";
import { shortenMiddle } from "../middle.ts";
import { Link } from "../navigation.tsx";
import { Icon } from "../parts/icon.tsx";
import { paths } from "../router.ts";
import * as words from "../words.ts";

interface Props {
  readonly project: string;
  readonly tasks: readonly TaskSummary[];
}

const gridNameChars = 20;
const tableNameChars = 48;

const share = (task: TaskSummary): string =>
  task.labelled_fraction === null ? "–" : words.fraction(task.labelled_fraction);

function StateChip(props: { readonly task: TaskSummary }): ReactNode {
  const done = props.task.state === "submitted";
  return (
    <span className={done ? "chip done" : "chip"}>
      {done && <Icon name="check" />}
      {done ? words.overview.submitted : words.overview.open}
    </span>
  );
}

export function TaskGrid(props: Props): ReactNode {
  return (
    <ul className="task-grid">
      {props.tasks.map((task) => (
        <li key={task.id} className="card task-card">
          <Link to={paths.editor(props.project, task.id)} className="card-main">
            <span className="cover">
              <img src={thumbnailUrl(task.asset_id)} alt="" loading="lazy" />
            </span>
            <span className="task-name" title={task.asset_name}>
              {shortenMiddle(task.asset_name, gridNameChars)}
            </span>
          </Link>
          <span className="task-foot">
            <StateChip task={task} />
            <span className="quiet-text">{words.overview.labelledShare(share(task))}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

export function TaskTable(props: Props): ReactNode {
  return (
    <div className="table-wrap card">
      <table>
        <thead>
          <tr>
            <th scope="col">{words.overview.colImage}</th>
            <th scope="col">{words.overview.colState}</th>
            <th scope="col" className="figure">
              {words.overview.colLabelled}
            </th>
            <th scope="col" className="figure">
              {words.overview.colSize}
            </th>
            <th scope="col">{words.overview.colChanged}</th>
          </tr>
        </thead>
        <tbody>
          {props.tasks.map((task) => (
            <tr key={task.id}>
              <th scope="row">
                <Link to={paths.editor(props.project, task.id)} className="table-link">
                  <img src={thumbnailUrl(task.asset_id)} alt="" loading="lazy" />
                  <span title={task.asset_name}>{shortenMiddle(task.asset_name, tableNameChars)}</span>
                </Link>
              </th>
              <td>
                <StateChip task={task} />
              </td>
              <td className="figure">{share(task)}</td>
              <td className="figure">{words.overview.size(task.width, task.height)}</td>
              <td>{words.dayAndTime(task.updated_at)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
