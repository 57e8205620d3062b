#!/bin/sh
# Runs the requests of requests/ and writes report.xml, or the file that REPORT names. Needs Node 20.19 or later.
# With SHOP_URL, SHOP_USER and MAHO_SOAP_KEY they run on that shop, otherwise on a demo store that this script starts.
# MAHO_SOAP is the command to run instead of npx.
set -eu

maho_soap() { ${MAHO_SOAP:-npx --yes maho-soap@0.1.0} "$@"; }

if [ -z "${SHOP_URL:-}" ]; then
  folder=$(mktemp -d)
  ${MAHO_SOAP:-npx --yes maho-soap@0.1.0} demo-store --port 0 --wsi-port 0 --json > "$folder/store.json" &
  store=$!
  trap 'kill "$store" 2>/dev/null || true; wait "$store" 2>/dev/null || true; rm -rf "$folder"' EXIT
  waited=0
  until [ -s "$folder/store.json" ]; do
    waited=$((waited + 1))
    if [ "$waited" -gt 60 ] || ! kill -0 "$store" 2>/dev/null; then
      echo "The demo store did not start." >&2
      exit 2
    fi
    sleep 1
  done
  of_store() { node -p "const store = JSON.parse(require('fs').readFileSync(process.argv[1], 'utf8')); $1" "$folder/store.json"; }
  SHOP_URL=$(of_store 'new URL(store.urls.v2).origin')
  SHOP_USER=$(of_store 'store.users[0].user')
  MAHO_SOAP_KEY=$(of_store 'store.users[0].key')
  export MAHO_SOAP_KEY
fi

maho_soap run requests/ --env requests/base.env.json --url "$SHOP_URL" --user "$SHOP_USER" \
  --reporter pretty --reporter "junit=${REPORT:-report.xml}" "$@"
