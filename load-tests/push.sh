#!/usr/bin/env bash
# How long a receipt takes to a screen that watches a very large board while receipts come, measured again as the README has it.
#
#   load-tests/push.sh [members 1000000] [receipts a second 10000] [seconds 30] [screens 20] [programme silo/Programmes/shop.json]
#
# Fills a folder's roll-up with so many members, starts one engine on SQLite over it, posts receipts in batches of 100 over HTTP at that rate (open arrivals), and lets
# screens watch the week's board over SignalR: each probe counts from the first byte of its own receipt, posted alone, to its row on a screen. Fails when a receipt is lost
# or counted twice. FOLDER (default: one under /tmp that goes afterwards) keeps the databases; NO_BUILD=1 takes what is built.
set -uo pipefail
cd "$(dirname "$0")/.."

members=${1:-1000000} rate=${2:-10000} seconds=${3:-30} screens=${4:-20} programme=${5:-silo/Programmes/shop.json}
board=programme/week/points port=${PORT:-5977}
url=http://127.0.0.1:$port
folder=${FOLDER:-$(mktemp -d /tmp/gamification-push-XXXXXX)}
load="dotnet artifacts/embedded/bin/Gamification.LoadTests/release/Gamification.LoadTests.dll"
api="dotnet artifacts/embedded/bin/Gamification.Api/release/Gamification.Api.dll"

if [ -z "${NO_BUILD:-}" ]; then
    dotnet build load-tests -c Release --nologo -v quiet && dotnet build api -c Release --nologo -v quiet -p:SkipWeb=true || exit 1
fi

finish() {
    trap '' INT TERM
    [ -n "${engine:-}" ] && kill -TERM "$engine" 2>/dev/null && wait "$engine"
    [ -n "${FOLDER:-}" ] || rm -rf "$folder"
}
trap finish EXIT
trap 'exit 1' INT TERM

[ -e "$folder/projections.db" ] || $load bench boards seed "$folder" "$members" "$(sed -n 's/^ *"id": *"\([^"]*\)".*/\1/p' "$programme" | head -n 1)" || exit 1
$api all --urls "$url" --data "$folder" --programme "$programme" >"$folder/engine.log" 2>&1 &
engine=$!
until curl -fs "$url/health/ready" >/dev/null; do kill -0 "$engine" || { cat "$folder/engine.log"; exit 1; }; sleep 0.2; done
token=$($api admin-token --data "$folder" --programme "$programme") || exit 1
for store in BRU ANR GNT; do
    echo "$store=$(curl -fs "$url/v1/keys" -H "Authorization: Bearer $token" -H 'Content-Type: application/json' -d "{\"store\":\"$store\",\"name\":\"$store\"}" | grep -oE '"key": ?"[^"]+"' | cut -d '"' -f 4)"
done >"$folder/keys"

# The board materialises when somebody first asks.
began=$(date +%s.%N)
until top=$(curl -fs "$url/v1/boards/$board?limit=1" -H "Authorization: Bearer $token"); do kill -0 "$engine" || exit 1; sleep 0.5; done
awk -v b="$began" -v e="$(date +%s.%N)" -v n="$(grep -oE '"size": ?[0-9]+' <<<"$top" | grep -oE '[0-9]+')" 'BEGIN { printf "a board of %d members, loaded in %.1f s\n", n, e - b }'

$load checkout --url "$url" --keys "$folder/keys" --staff "$token" --mode batch --rate "$rate" --connections 8 --seconds "$seconds" --warmup 3 --check 20000 \
    --viewers "$screens" --topic "board/$board" --probe-every 0.25 --cpu engine="$engine"
ended=$?
awk '/VmHWM/ { printf "  engine     %d MB at most\n", $2 / 1024 }' "/proc/$engine/status"
exit $ended
