// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from "react";
import { Link } from "../navigation.tsx";
import { paths } from "../router.ts";
import { app } from "../words.ts";

export function NotFound(): ReactNode {
  return (
    <main className="root notice">
      <h1>{app.notFoundTitle}</h1>
      <p>{app.notFound}</p>
      <Link className="button primary" to={paths.home()}>
        {app.toHome}
      </Link>
    </main>
  );
}
