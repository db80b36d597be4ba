#!/bin/sh
# Install the Debian packages that the tests call and this machine lacks.
set -eu

missing=""
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
command -v pdftotext >/dev/null 2>&1 || missing="$missing poppler-utils"
command -v qpdf >/dev/null 2>&1 || missing="$missing qpdf"
{ command -v nginx || command -v /usr/sbin/nginx; } >/dev/null 2>&1 || missing="$missing nginx-light"
command -v redis-server >/dev/null 2>&1 || missing="$missing redis-server"
command -v zbarimg >/dev/null 2>&1 || missing="$missing zbar-tools"
[ -n "$missing" ] || exit 0

as_root=""
[ "$(id -u)" = 0 ] || as_root="sudo"
echo "Installing Debian packages:$missing"
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086
install_them() {
    $as_root apt-get install --yes --quiet --no-install-recommends $missing >/dev/null
}
install_them 2>/dev/null || { $as_root apt-get update --quiet >/dev/null; install_them; }
