#!/usr/bin/env bash
# A whole cluster on this machine, for trying and for tests: three nodes, two hosts of the API, PostgreSQL and Redis, all on loopback.
#
#   silo/Deploy/cluster.sh [--folder data/cluster] [--silos 3] [--apis 2] [--programme FILE] [--postgres CONNECTION] [--redis HOST:PORT]
#                          [--role api|all] [--no-build] [--verify]
#
# Databases, logs, keys and process ids lie in the folder, and the next start goes on with them. A node that ends unasked is started again
# after a second, as systemd would. Ctrl-C stops the API, the nodes, and then the databases that were started here; --verify proves the
# journal in between. Needs the .NET SDK and a package source with Microsoft.Orleans (see the README), and PostgreSQL 15 or newer unless one is named.
set -uo pipefail
cd "$(dirname "$0")/../.."

role= # what a host of the API is: `api`, outside the cluster, where there is Redis; `all`, a node with an edge, where there is none
folder=data/cluster silos=3 apis=2 programme=silo/Programmes/shop.json postgres= redis= build=yes verify=no
stores=(BRU ANR GNT)

say() { printf '%s\n' "$*"; }
give_up() { printf '%s\n' "$*" >&2; exit 1; }

while [ $# -gt 0 ]; do
    case $1 in
        --no-build) build=no; shift ;;
        --verify) verify=yes; shift ;;
        --folder|--silos|--apis|--role|--programme|--postgres|--redis) [ $# -gt 1 ] || give_up "$1 needs a value."; printf -v "${1#--}" '%s' "$2"; shift 2 ;;
        *) sed -n '2,9s/^# \{0,1\}//p' "$0"; exit 2 ;;
    esac
done

bin=artifacts/orleans/bin
api=$bin/Gamification.Api/release/Gamification.Api.dll
silo=$bin/Gamification.Silo/release/Gamification.Silo.dll

build_cluster() {
    [ "$build" = yes ] || return 0
    say "Building for Orleans ..."
    local log said
    log=$(dotnet build api -c Release -p:ActorRuntime=Orleans --nologo -v quiet 2>&1) && return 0
    said=$(grep -m 1 -oE 'Microsoft\.Orleans [^:]* here: .*' <<<"$log") && give_up "${said%% [*}"
    give_up "$log"
}

# A port from 20000 on that nobody answers on.
port=$((20000 + RANDOM % 20000))
next_port() {
    while port=$((port + 1)); (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
}

start_postgres() {
    [ -z "$postgres" ] || return 0
    local binaries
    binaries=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
    [ -n "$binaries" ] || binaries=$(dirname "$(command -v postgres 2>/dev/null)" 2>/dev/null)
    [ -x "$binaries/postgres" ] || give_up "PostgreSQL is not here: install it, or name one with --postgres CONNECTION."
    pg_ctl=("$binaries/pg_ctl" -D "$folder/postgres" -w -s)
    if [ "$(id -u)" = 0 ]; then
        # PostgreSQL refuses to run as root.
        chmod go+x "$folder"
        install -d -o postgres "$folder/postgres"
        pg_ctl=(runuser -u postgres -- "${pg_ctl[@]}")
    fi
    [ -s "$folder/postgres/PG_VERSION" ] || "${pg_ctl[@]}" init -o "-A trust -E UTF8 --no-locale -U postgres" >/dev/null || give_up "PostgreSQL's folder cannot be made in $folder/postgres."
    next_port
    "${pg_ctl[@]}" start -l "$folder/postgres/server.log" -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200" \
        || give_up "PostgreSQL did not start: see $folder/postgres/server.log."
    postgres="Host=127.0.0.1;Port=$port;Username=postgres;Database=postgres"
    owns_postgres=yes
}

start_redis() {
    [ -z "$redis" ] || return 0
    command -v redis-server >/dev/null || { say "Redis is not here: the hosts of the API are nodes themselves."; return 0; }
    next_port
    redis-server --bind 127.0.0.1 --port "$port" --save '' --dir "$folder" --daemonize yes --pidfile "$folder/redis.pid" --logfile "$folder/redis.log" >/dev/null \
        && redis=127.0.0.1:$port owns_redis=yes
}

# Runs one process and starts it again when it ends unasked. In a session of its own, so that Ctrl-C reaches this script alone, which stops
# them in order.
keep() {
    local name=$1
    shift
    while [ ! -e "$folder/stopping" ]; do
        setsid dotnet "$@" >>"$folder/$name.log" 2>&1 &
        echo $! >"$folder/$name.pid"
        wait $!
        [ -e "$folder/stopping" ] || sleep 1
    done
}

start_node() {
    local name=$1 program=$2
    shift 2
    next_port
    local silo_port=$port
    next_port
    : >"$folder/$name.log"
    keep "$name" "$program" "$@" --postgres "$postgres" --data "$folder" --programme "$programme" --silo-port "$silo_port" --gateway-port "$port" &
    keepers+=($!)
    names+=("$name")
}

await() {
    local what=$1 tries=600
    shift
    until "$@" >/dev/null 2>&1; do
        [ $((tries--)) -gt 0 ] || give_up "$what is not ready after a minute: see $folder/$what.log."
        sleep 0.1
    done
}

is_ready() { curl -fs "http://127.0.0.1:$1/health/ready"; }

alive() { [ -s "$folder/$1.pid" ] && kill -0 "$(cat "$folder/$1.pid")" 2>/dev/null; }

# The API first, so that nothing new comes while the nodes drain.
stop_all() {
    trap '' INT TERM
    trap - EXIT
    touch "$folder/stopping"
    say "" "Stopping ..."
    local group name
    for group in api silo; do
        for name in ${names[@]+"${names[@]}"}; do [[ $name == "$group"* ]] && alive "$name" && kill -TERM "$(cat "$folder/$name.pid")"; done
        for name in ${names[@]+"${names[@]}"}; do
            local tries=400
            while [[ $name == "$group"* ]] && alive "$name" && [ $((tries--)) -gt 0 ]; do sleep 0.1; done
            [[ $name == "$group"* ]] && alive "$name" && kill -KILL "$(cat "$folder/$name.pid")" && say "$name did not end in 40 s and was killed."
        done
    done
    wait ${keepers[@]+"${keepers[@]}"} 2>/dev/null
    local sound=0
    if [ "$verify" = yes ]; then dotnet "$api" verify --postgres "$postgres" --data "$folder" --programme "$programme" || sound=1; fi
    [ "${owns_redis:-}" = yes ] && kill "$(cat "$folder/redis.pid")"
    [ "${owns_postgres:-}" = yes ] && "${pg_ctl[@]}" stop -m fast
    rm -f "$folder"/*.pid "$folder/stopping" "$folder/ready"
    exit $((${failed:-0} | sound))
}

# Keys are told once and kept as hashes, so this folder keeps them for the next start.
make_keys() {
    [ -s "$folder/keys" ] && return 0
    local store key
    for store in "${stores[@]}"; do
        key=$(curl -fs "http://127.0.0.1:${ports[0]}/v1/keys" -H "Authorization: Bearer $token" -H 'Content-Type: application/json' \
            -d "{\"store\":\"$store\",\"name\":\"Cluster, $store\"}" | grep -oE '"key": ?"[^"]+"' | cut -d '"' -f 4)
        [ -n "$key" ] || give_up "The API gave no key for $store."
        (umask 077; echo "$store=$key" >>"$folder/keys")
    done
}

mkdir -p "$folder"
folder=$(cd "$folder" && pwd) names=() keepers=() ports=() failed=1
[ ! -e "$folder/ready" ] || give_up "A cluster runs in $folder already (or was killed: then remove $folder/ready)."
rm -f "$folder/stopping"
build_cluster
[ -f "$api" ] && [ -f "$silo" ] || give_up "The cluster is not built: leave out --no-build."
trap stop_all EXIT
trap 'exit' INT TERM
start_postgres
start_redis
[ -z "$redis" ] || export Gamification__Redis=$redis
[ -n "$role" ] || role=$([ -n "$redis" ] && echo api || echo all)
token=$(dotnet "$api" admin-token --data "$folder" --programme "$programme") || exit 1
for number in $(seq "$silos"); do start_node "silo$number" "$silo"; done
for number in $(seq "$silos"); do await "silo$number" grep -q 'in the cluster' "$folder/silo$number.log"; done
for number in $(seq "$apis"); do
    next_port
    ports+=("$port")
    start_node "api$number" "$api" "$role" --urls "http://127.0.0.1:$port"
done
for number in $(seq "$apis"); do await "api$number" is_ready "${ports[$((number - 1))]}"; done
make_keys
till=$(grep "^${stores[0]}=" "$folder/keys" | cut -d = -f 2-)
url=http://127.0.0.1:${ports[0]}
(umask 077; printf 'urls=%s\ntoken=%s\npostgres=%s\n' "$(printf 'http://127.0.0.1:%s ' "${ports[@]}")" "$token" "$postgres" >"$folder/ready")
failed=0
cat <<END

$silos nodes and $apis hosts of the API run. Logs, process ids and keys lie in $folder.
PostgreSQL  $postgres
Redis       ${redis:-none}
API         $(printf 'http://127.0.0.1:%s  ' "${ports[@]}")

Watch a board:    $url/board?period=day#token=$token
Post a receipt, to either host, as often as you like; it counts once:
  curl -s $url/v1/receipts -H 'Content-Type: application/json' -H 'Authorization: Bearer $till' -d '{"type":"sale","store":"${stores[0]}","till":"1","businessDate":"$(date +%F)","number":"by-hand-1","occurredAt":"$(date +%FT%T%:z)","card":"12346","currency":"EUR","total":12.00,"lines":[{"sku":"A","quantity":1,"unitPrice":12.00,"amount":12.00}]}'
See the board:
  curl -s $url/v1/boards/programme/day/points -H 'Authorization: Bearer $token'
Kill a node without warning; it comes back by itself:
  kill -9 \$(cat $folder/silo2.pid)
Keys of the tills (STORE=key): $folder/keys.  Ctrl-C stops everything.
END
while :; do sleep 1; done
