/** Build servers that have a recipe. */
export const recipes = ['github', 'gitlab', 'none'] as const;

export type Recipe = (typeof recipes)[number];

/** The first request file. */
export const FIRST_REQUESTS = `{
  // Requests to a store, and the expected responses. Run them with: maho-soap run requests/
  "requests": [
    {
      "name": "Customer groups",
      "method": "customer_group.list",
      "tags": ["smoke"],
      "expect": { "result": { "$contains": { "customer_group_code": "General" } } }
    },
    {
      "name": "First customers",
      "method": "customer.list",
      "args": { "filters": { "customer_id": { "from": 1, "to": "{{lastCustomer}}" } } },
      "expect": { "result": { "$each": { "email": { "$regex": "@" } } } }
    },
    {
      "name": "A customer that does not exist",
      "method": "customer.info",
      "args": { "customerId": 999999999 },
      "expect": { "fault": 102 }
    }
  ]
}
`;

/** The environment file: values that differ from store to store. */
export const FIRST_ENVIRONMENT = `{
  "lastCustomer": 20
}
`;

/**
 * The steps of every recipe, in a script that runs anywhere.
 * @param version version of maho-soap that npx installs
 */
export function stepsScript(version: string): string {
  return `#!/bin/sh
# Runs the requests of requests/ and writes report.xml, or the file that REPORT names. Needs Node 20.19 or later.
# With SHOP_URL, SHOP_USER and MAHO_SOAP_KEY they run on that shop, otherwise on a demo store that this script starts.
# MAHO_SOAP is the command to run instead of npx.
set -eu

maho_soap() { \${MAHO_SOAP:-npx --yes maho-soap@${version}} "$@"; }

if [ -z "\${SHOP_URL:-}" ]; then
  folder=$(mktemp -d)
  \${MAHO_SOAP:-npx --yes maho-soap@${version}} demo-store --port 0 --wsi-port 0 --json > "$folder/store.json" &
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

maho_soap run requests/ --env requests/base.env.json --url "$SHOP_URL" --user "$SHOP_USER" \\
  --reporter pretty --reporter "junit=\${REPORT:-report.xml}" "$@"
`;
}

/** The workflow for GitHub Actions. */
export const GITHUB_WORKFLOW = `# Runs the requests on each push. To run them on your own shop, set the variables SHOP_URL and SHOP_USER and the secret MAHO_SOAP_KEY.
# Otherwise they run on a demo store, also for pull requests from forks, which get no secrets.
name: Requests
on: [push, pull_request]
permissions:
  contents: read
jobs:
  requests:
    runs-on: ubuntu-latest
    timeout-minutes: 15
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      - run: sh ci/maho-soap.sh --reporter github
        env:
          SHOP_URL: \${{ vars.SHOP_URL }}
          SHOP_USER: \${{ vars.SHOP_USER }}
          MAHO_SOAP_KEY: \${{ secrets.MAHO_SOAP_KEY }}
      - uses: actions/upload-artifact@v4
        if: always()
        with:
          name: report
          path: report.xml
`;

/** The job for GitLab. */
export const GITLAB_JOB = `# Runs the requests in each pipeline. To run them on your own shop, set the variables SHOP_URL, SHOP_USER and MAHO_SOAP_KEY (masked and
# protected). Otherwise they run on a demo store.
requests:
  image: node:22-slim
  timeout: 15 minutes
  script:
    - sh ci/maho-soap.sh
  artifacts:
    when: always
    reports:
      junit: report.xml
`;

/** An image that runs the requests of a project. */
export const DOCKERFILE = `# Runs the requests of this project: docker build -t requests . && docker run --rm requests
# On your own shop: docker run --rm -e SHOP_URL -e SHOP_USER -e MAHO_SOAP_KEY requests
FROM node:22-slim
WORKDIR /project
COPY requests requests
COPY ci ci
USER node
# This user can write here.
ENV REPORT=/tmp/report.xml
ENTRYPOINT ["sh", "ci/maho-soap.sh"]
`;
