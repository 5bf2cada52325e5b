#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Server and web editor with reload on change: the web on port 5173, which hands /api to the server.
set -eu
port="${1:-8420}"
intarsia demo --port "$port" &
server=$!
trap 'kill "$server" 2>/dev/null' EXIT INT TERM
cd web && npm run dev
