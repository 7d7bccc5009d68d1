#!/usr/bin/env bash
# Passes every test: the pages', the engine's, and where Microsoft.Orleans restores, the cluster's. On Debian as root it installs what is
# missing (PostgreSQL, Redis, Chromium); elsewhere it uses what it finds and names at the end what it could not run. With CI=true anything
# that did not run is a failure, but for the cluster, which is said in a line of its own. Arguments select among the engine's tests: they go to
# `dotnet test`, e.g. ./test.sh --filter FullyQualifiedName~Ranking
set -uo pipefail
cd "$(dirname "$0")"
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
passed=0 failed=0 missing=() cluster=

have() { command -v "$1" >/dev/null 2>&1; }
postgres_here() { have postgres || ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1; }

install_what_is_missing() {
    [ -f /etc/debian_version ] && [ "$(id -u)" = 0 ] && have apt-get || return 0
    local packages=()
    postgres_here || packages+=(postgresql)
    have redis-server || packages+=(redis-server)
    have chromium || packages+=(chromium)
    [ ${#packages[@]} = 0 ] && return 0
    echo "Installing ${packages[*]} ..."
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
}

test_pages() {
    if ! have node || ! have npm; then
        missing+=("the pages' tests: Node.js 20.19 or newer is not here")
        return
    fi
    (cd web && npm ci --no-audit --no-fund --loglevel=error && npm test) 2>&1 | tee "$results/web.log"
    local ended=${PIPESTATUS[0]}
    local summary
    summary=$(sed 's/\x1b\[[0-9;]*m//g' "$results/web.log" | grep -E '^ +Tests ' | tail -n 1)
    passed=$((passed + $(echo "$summary" | grep -oE '[0-9]+ passed' | grep -oE '[0-9]+' || echo 0)))
    local broken
    broken=$(echo "$summary" | grep -oE '[0-9]+ failed' | grep -oE '[0-9]+' || echo 0)
    [ "$ended" != 0 ] && [ "$broken" = 0 ] && broken=1
    failed=$((failed + broken))
}

test_engine() {
    dotnet build Gamification.sln --nologo -v quiet || { failed=$((failed + 1)); return; }
    run_tests engine "$@"
}

# The same engine on Orleans, and what only a cluster has. The packages are not to be had everywhere, and nothing else needs them.
test_cluster() {
    if dotnet build tests --nologo -v quiet -p:ActorRuntime=Orleans -p:SkipWeb=true >"$results/cluster.log" 2>&1; then
        run_tests cluster -p:ActorRuntime=Orleans
    elif grep -q 'error ORLEANS' "$results/cluster.log"; then
        cluster="The cluster was NOT tested: $(grep -oE 'Microsoft\.Orleans [^:]*here' "$results/cluster.log" | head -n 1)."
    else
        cat "$results/cluster.log"
        failed=$((failed + 1))
    fi
}

run_tests() {
    local name=$1 counters
    shift
    dotnet test tests --no-build --nologo --logger "trx;LogFileName=$name.trx" --results-directory "$results" "$@"
    local ended=$?
    counters=$(grep -oE '<Counters [^>]*>' "$results/$name.trx" 2>/dev/null)
    count() { echo "$counters" | grep -oE " $1=\"[0-9]+\"" | grep -oE '[0-9]+' || echo 0; }
    passed=$((passed + $(count passed)))
    local broken
    broken=$(($(count failed) + $(count error) + $(count timeout) + $(count aborted)))
    [ "$ended" != 0 ] && [ "$broken" = 0 ] && broken=1
    failed=$((failed + broken))
    while IFS= read -r one; do missing+=("$one"); done < <(
        grep -oE '<UnitTestResult [^>]*outcome="NotExecuted"[^>]*>' "$results/$name.trx" 2>/dev/null | grep -oE 'testName="[^"]*"' | sed 's/testName="\(.*\)"/\1/')
}

install_what_is_missing
test_pages
test_engine "$@"
[ $# = 0 ] && test_cluster

if [ ${#missing[@]} -gt 0 ]; then
    printf '\nNot run here:\n'
    printf ' - %s\n' "${missing[@]}"
    [ "${CI:-}" = true ] && failed=$((failed + ${#missing[@]}))
fi
[ -n "$cluster" ] && printf '\n%s\n' "$cluster"
printf '\n%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
