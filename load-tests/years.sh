#!/usr/bin/env bash
# What a till's receipt costs with every mechanic of a programme and with none, over HTTP, and what becomes of that as the shop grows older.
#
#   load-tests/years.sh [years 6] [programme silo/Programmes/supermarket/programme.json]
#
# Starts two engines on SQLite, one under the programme and one under the same without its documents (a point a whole unit), and posts the demo's eleven months of real receipts
# to each in turn over 64 connections, one request each, 48 weeks later every time, so that the same members have ever more behind them and no month is missing: a replay's clock
# does not follow a jump of more than 31 days. Prints processor time a receipt of client and
# server; in the first years the server still compiles itself. NO_BUILD=1 takes what is built.
set -uo pipefail
cd "$(dirname "$0")/.."

years=${1:-6} programme=${2:-silo/Programmes/supermarket/programme.json}
folder=$(mktemp -d /tmp/gamification-years-XXXXXX)
load="dotnet artifacts/embedded/bin/Gamification.LoadTests/release/Gamification.LoadTests.dll"
api="dotnet artifacts/embedded/bin/Gamification.Api/release/Gamification.Api.dll"

if [ -z "${NO_BUILD:-}" ]; then
    dotnet build load-tests -c Release --nologo -v quiet && dotnet build api -c Release --nologo -v quiet -p:SkipWeb=true || exit 1
fi

declare -A engine url
finish() {
    trap '' INT TERM
    for one in "${engine[@]}"; do kill -TERM "$one" 2>/dev/null && wait "$one"; done
    rm -rf "$folder"
}
trap finish EXIT
trap 'exit 1' INT TERM

# The same stores, goods and factors; a point a whole unit, no ledger, nothing recognised.
cp -r "$(dirname "$programme")" "$folder/programme"
full=$folder/programme/$(basename "$programme") plain=$folder/programme/plain.json
sed -E '/^  "(ledger|earning|recognition|rewards|leagues)":/d' "$full" >"$plain"

start() { # name, port, programme
    url[$1]=http://127.0.0.1:$2
    mkdir "$folder/$1"
    $api all --urls "${url[$1]}" --data "$folder/$1" --programme "$3" >"$folder/$1/engine.log" 2>&1 &
    engine[$1]=$!
    until curl -fs "${url[$1]}/health/ready" >/dev/null; do kill -0 "${engine[$1]}" || { cat "$folder/$1/engine.log"; exit 1; }; sleep 0.2; done
    local token
    token=$($api admin-token --data "$folder/$1" --programme "$3") || exit 1
    for store in $(sed -nE 's/^ *\{ "id": "([A-Z]+)".*/\1/p' "$3"); do
        echo "$store=$(curl -fs "${url[$1]}/v1/keys" -H "Authorization: Bearer $token" -H 'Content-Type: application/json' -d "{\"store\":\"$store\",\"name\":\"$store\"}" | grep -oE '"key": ?"[^"]+"' | cut -d '"' -f 4)"
    done >"$folder/$1/keys"
}

post() { # name, year
    $load checkout --url "${url[$1]}" --keys "$folder/$1/keys" --history api/Demo/Data/receipts.ndjson.gz --run "$2" --at "$(date -d "2010-11-29 + $((336 * ($2 - 1))) days" +%F)T00:00:00+01:00" --check 500 --cpu server="${engine[$1]}" >"$folder/$1/year$2" || { cat "$folder/$1/year$2"; exit 1; }
    sed -nE 's/^ *CPU each *(.*)/\1/p' "$folder/$1/year$2"
}

start plain "${PORT:-5978}" "$plain"
start full "$((${PORT:-5978} + 1))" "$full"
for ((year = 1; year <= years; year++)); do
    echo "year $year"
    echo "  a point a unit    $(post plain "$year")"
    echo "  every mechanic    $(post full "$year")"
done
