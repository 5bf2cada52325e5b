#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# One browser test drives Debian's Firefox. Install it where that is possible; else say what to do.
set -eu
for name in firefox-esr firefox; do
  if command -v "$name" >/dev/null 2>&1; then exit 0; fi
done
if command -v apt-get >/dev/null 2>&1; then
  sudo=""
  [ "$(id -u)" = 0 ] || sudo="sudo"
  echo "Installing the firefox-esr package for the browser tests"
  $sudo apt-get update -q
  $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -q firefox-esr
else
  echo "This test needs Firefox. Install it with your system's package manager and run again." >&2
  exit 1
fi
