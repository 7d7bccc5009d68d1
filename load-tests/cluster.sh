#!/usr/bin/env bash
# What the README says of the cluster, measured again.
#
#   load-tests/cluster.sh kill [minutes 3] [connections 64]                  three nodes under load, one killed with -9 and started again every 20 s
#   load-tests/cluster.sh compare [rounds 4] [seconds 15] [connections 64]   one node on Orleans against the embedded host, in turns, on one PostgreSQL
#
# `kill` fails unless every acknowledged receipt counts once, the board equals a sort of the journal on both hosts, and the journal proves
# sound. FOLDER (default: one under /tmp that goes afterwards) keeps databases and logs; NO_BUILD=1 takes what is built.
set -uo pipefail
cd "$(dirname "$0")/.."

every=20 members=2000
folder=${FOLDER:-$(mktemp -d /tmp/gamification-cluster-XXXXXX)}
load="dotnet artifacts/embedded/bin/Gamification.LoadTests/release/Gamification.LoadTests.dll"
embedded=artifacts/embedded/bin/Gamification.Api/release/Gamification.Api.dll
orleans=artifacts/orleans/bin/Gamification.Api/release/Gamification.Api.dll

if [ -z "${NO_BUILD:-}" ]; then
    dotnet build load-tests -c Release --nologo -v quiet && dotnet build api -c Release --nologo -v quiet -p:SkipWeb=true || exit 1
fi

finish() {
    trap '' INT TERM
    [ -n "${cluster:-}" ] && kill -TERM "$cluster" 2>/dev/null && wait "$cluster"
    [ -n "${FOLDER:-}" ] || rm -rf "$folder"
}
trap finish EXIT
trap 'exit 1' INT TERM

start_cluster() {
    silo/Deploy/cluster.sh --folder "$folder" --verify ${NO_BUILD:+--no-build} "$@" >"$folder/cluster.log" 2>&1 &
    cluster=$!
    until [ -e "$folder/ready" ]; do
        kill -0 "$cluster" 2>/dev/null || { cat "$folder/cluster.log"; exit 1; }
        sleep 0.2
    done
    urls=$(sed -n 's/^urls=//p' "$folder/ready") token=$(sed -n 's/^token=//p' "$folder/ready") postgres=$(sed -n 's/^postgres=//p' "$folder/ready")
}

each() { local url; for url in $urls; do printf -- '--url %s ' "$url"; done; }

# Seconds of processor time that a process and its children have used so far.
cpu() {
    awk -v hz="$(getconf CLK_TCK)" '{ ticks += $14 + $15 + $16 + $17 } END { print ticks / hz }' "/proc/$1/stat" $(pgrep -P "$1" | sed 's|.*|/proc/&/stat|') 2>/dev/null
}

kill_nodes() {
    local minutes=${1:-3} connections=${2:-64} ended=0
    start_cluster --programme silo/Programmes/shop.json
    # Silos 2 and 3 in turn.
    local victim="n=\$(cat $folder/next 2>/dev/null || echo 2); kill -9 \$(cat $folder/silo\$n.pid); echo \$((5 - n)) >$folder/next"
    $load checkout $(each) --keys "$folder/keys" --staff "$token" --connections "$connections" --members "$members" --seconds $((minutes * 60)) \
        --tries 30 --check 40000 --disturb "$victim" --disturb-every "$every" || ended=1
    $load boards $(each) --bearer "$token" --postgres "$postgres" --programme shop || ended=1
    database_figures
    kill -TERM "$cluster"
    wait "$cluster" || ended=1
    cluster=
    grep 'The journal' "$folder/cluster.log"
    return $ended
}

# What the database holds and holds open: a journal entry's bytes, table and indexes apart.
database_figures() {
    local port
    port=$(grep -oE 'Port=[0-9]+' <<<"$postgres" | cut -d = -f 2)
    PGOPTIONS='--client-min-messages=warning' psql -q -h 127.0.0.1 -p "$port" -U postgres -At <<'SQL'
select format('  database   %s connections, %s MB of log written', (select count(*) - 1 from pg_stat_activity where backend_type = 'client backend'), pg_wal_lsn_diff(pg_current_wal_lsn(), '0/1800000')::bigint / 1000000);
vacuum analyze journal_entry;
select format('  journal    %s entries: %s B each in the table, of which %s B payload; primary key %s B, actor %s B, key %s B; a snapshot %s B of %s; the roll-up %s B a row of %s',
    n, pg_table_size('journal_entry') / n, payload, pg_relation_size('journal_entry_pkey') / n, pg_relation_size('journal_entry_actor') / n, pg_relation_size('journal_entry_key') / n,
    pg_total_relation_size('journal_snapshot') / greatest(1, (select count(*) from journal_snapshot)), (select count(*) from journal_snapshot),
    pg_total_relation_size('rollup') / greatest(1, (select count(*) from rollup)), (select count(*) from rollup))
from (select count(*) n, avg(octet_length(payload))::int payload from journal_entry) entries;
vacuum full rollup;
select format('             the roll-up packed %s B a row; a member of the vault with its card %s B', pg_total_relation_size('rollup') / greatest(1, (select count(*) from rollup)),
    (pg_total_relation_size('vault.member') + pg_total_relation_size('vault.card')) / greatest(1, (select count(*) from vault.member)));
SQL
}

compare() {
    local rounds=${1:-4} seconds=${2:-15} connections=${3:-64}
    # The one node of this cluster has the edge as well, as the embedded host has.
    start_cluster --silos 0 --apis 1 --role all --programme silo/Programmes/shop.json
    local port ended=0 round name before before_database database
    port=$(grep -oE 'Port=[0-9]+' <<<"$postgres" | cut -d = -f 2)
    psql -q -h 127.0.0.1 -p "$port" -U postgres -c 'create database embedded' || return 1
    mkdir -p "$folder/embedded"
    declare -A url=([orleans]=${urls% } [embedded]=http://127.0.0.1:$((port + 500))) bearer=([orleans]=$token) keys=([orleans]=$folder/keys [embedded]=$folder/embedded/keys) pid median
    dotnet "$embedded" all --urls "${url[embedded]}" --postgres "${postgres/Database=postgres/Database=embedded}" --data "$folder/embedded" --programme silo/Programmes/shop.json >"$folder/embedded.log" 2>&1 &
    pid=([embedded]=$! [orleans]=$(cat "$folder/api1.pid"))
    until curl -fs "${url[embedded]}/health/ready" >/dev/null; do kill -0 "${pid[embedded]}" || { cat "$folder/embedded.log"; return 1; }; sleep 0.2; done
    database=$(head -n 1 "$folder/postgres/postmaster.pid")
    bearer[embedded]=$(dotnet "$embedded" admin-token --data "$folder/embedded" --programme silo/Programmes/shop.json)
    for store in BRU ANR GNT; do
        echo "$store=$(curl -fs "${url[embedded]}/v1/keys" -H "Authorization: Bearer ${bearer[embedded]}" -H 'Content-Type: application/json' -d "{\"store\":\"$store\",\"name\":\"$store\"}" | grep -oE '"key": ?"[^"]+"' | cut -d '"' -f 4)"
    done >"${keys[embedded]}"

    for round in $(seq "$rounds"); do
        for name in embedded orleans; do
            before=$(cpu "${pid[$name]}") before_database=$(cpu "$database")
            $load checkout --url "${url[$name]}" --keys "${keys[$name]}" --staff "${bearer[$name]}" --connections "$connections" --members "$members" --seconds "$seconds" \
                --warmup 3 --check 100 >"$folder/$name.$round" || { ended=1; cat "$folder/$name.$round"; }
            # Of everything that was posted: the warm-up, and what the check posted again.
            awk -v round="$round" -v name="$name" -v s="$before" -v e="$(cpu "${pid[$name]}")" -v ds="$before_database" -v de="$(cpu "$database")" '
                / achieved / { rate = $2 } / answers / { for (i = 2; i < NF; i++) if ($i == "201:" || $i == "200:") { gsub(",", "", $(i + 1)); posted += $(i + 1) } }
                / latency / { latency = $0 } /loss check/ { loss = $0 }
                END { sub(/ *latency */, "", latency); sub(/ *loss check /, "", loss)
                      printf "round %s  %-8s  %s  %s\n                   %.0f µs of processor a receipt, and %.0f µs of the database; %s\n", round, name, rate, latency, (e - s) / posted * 1e6, (de - ds) / posted * 1e6, loss }' "$folder/$name.$round"
        done
    done
    kill -TERM "${pid[embedded]}" && wait "${pid[embedded]}"
    for name in embedded orleans; do
        median[$name]=$(sed -n 's/^ *achieved *\([0-9,]*\).*/\1/p' "$folder/$name".[0-9]* | tr -d , | sort -n | awk '{ a[NR] = $1 } END { print (a[int((NR + 1) / 2)] + a[int(NR / 2) + 1]) / 2 }')
    done
    awk -v e="${median[embedded]}" -v o="${median[orleans]}" 'BEGIN { printf "median: embedded %d/s, one node on Orleans %d/s, ratio %.2f\n", e, o, o / e }'
    return $ended
}

case ${1:-} in
    kill) shift; kill_nodes "$@" ;;
    compare) shift; compare "$@" ;;
    *) sed -n '2,8s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac
