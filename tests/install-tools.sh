#!/bin/sh
# Install the programs that some tests run, where Debian's packages are at hand: a Chromium for the
# browser tests, and raptor, a Turtle parser that shares no code with ours. Elsewhere those tests skip and say so.
set -u

missing=""
for pair in chromium:chromium chromedriver:chromium-driver rapper:raptor2-utils; do
    command -v "${pair%%:*}" >/dev/null 2>&1 || missing="$missing ${pair##*:}"
done
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null 2>&1; then
    echo "Not found, and no apt-get to install it:$missing. The tests that need it will be skipped." >&2
    exit 0
fi
sudo=""
if [ "$(id -u)" -ne 0 ]; then
    sudo="sudo -n"
    if ! $sudo true 2>/dev/null; then
        echo "Not found:$missing. To run the tests that need it: sudo apt-get install$missing" >&2
        exit 0
    fi
fi
echo "Installing$missing ..."
export DEBIAN_FRONTEND=noninteractive
$sudo apt-get update -qq && $sudo apt-get install -y -qq --no-install-recommends $missing >/dev/null ||
    echo "Could not install:$missing. The tests that need it will be skipped." >&2
